"""What a party still owes in the assessments that somebody sees, as querysets that My desk reads in one statement."""

from typing import Any

from django.db.models import Exists, OuterRef

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Contribution, Judgement, Position, Signature

S = Assessment.State


def contributions(actor: Actor) -> Any:
    """Open calls to which the actor's party has not contributed."""
    party = actor.party_code
    given = Contribution.objects.filter(assessment=OuterRef("pk"), party=party, withdrawn_at=None)
    seen = Assessment.objects.visible_to(actor)
    return seen.filter(~Exists(given), accepted__contains=[party], state=S.CALL_OPEN)


def _to_sign(actor: Actor) -> Any:
    rows = Assessment.objects.visible_to(actor).filter(accepted__contains=[actor.party_code])
    return rows.exclude(lead_id=actor.user_id)


def positions(actor: Actor) -> Any:
    """Assessments with a judgement on which the actor's party has no position."""
    said = Position.objects.filter(judgement=OuterRef("pk"), party=actor.party_code, void_at=None)
    silent = Judgement.objects.filter(~Exists(said), assessment=OuterRef("pk"), dropped_at=None)
    return _to_sign(actor).filter(Exists(silent), state=S.POSITIONS)


def signatures(actor: Actor) -> Any:
    """Assessments that the actor's party has neither signed nor refused to."""
    signed = Signature.objects.filter(assessment=OuterRef("pk"), party=actor.party_code, void_at=None)
    return _to_sign(actor).filter(~Exists(signed), state=S.SIGN_OFF)
