"""What a party still owes in the assessments that somebody sees, as querysets that My work reads in one statement."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.access.actor import DECIDES, Actor
from apps.assessments.models import Assessment, Contribution, Judgement, Outcome, Position, Signature
from apps.assessments.queries import released_judgements
from apps.assessments.rules import yardsticks

S = Assessment.State


def find_calls_to_answer(actor: Actor) -> Any:
    """Open calls to which the actor's party has not contributed."""
    party = actor.party_code
    given = Contribution.objects.filter(assessment=OuterRef("pk"), party=party, withdrawn_at=None)
    seen = Assessment.objects.visible_to(actor)
    return seen.filter(~Exists(given), accepted__contains=[party], state=S.CALL_OPEN)


def _to_sign(actor: Actor) -> Any:
    rows = Assessment.objects.visible_to(actor).filter(accepted__contains=[actor.party_code])
    return rows.exclude(lead_id=actor.user_id)


def find_positions_due(actor: Actor) -> Any:
    """Assessments with a judgement on which the actor's party has no position."""
    said = Position.objects.filter(judgement=OuterRef("pk"), party=actor.party_code, void_at=None)
    silent = Judgement.objects.filter(~Exists(said), assessment=OuterRef("pk"), dropped_at=None)
    return _to_sign(actor).filter(Exists(silent), state=S.POSITIONS)


def signatures(actor: Actor) -> Any:
    """Assessments that the actor's party has neither signed nor refused to."""
    signed = Signature.objects.filter(assessment=OuterRef("pk"), party=actor.party_code, void_at=None)
    return _to_sign(actor).filter(~Exists(signed), state=S.SIGN_OFF)


def _to_tell(actor: Actor) -> Any:
    """Released assessments of whose judgements the actor may say what became (policy.may_tell_outcome)."""
    rows = Assessment.objects.visible_to(actor).filter(state__in=released_judgements.RELEASED)
    rows = rows.exclude(lead_id=actor.user_id).exclude(drafters__contains=[actor.user_id])
    mine = Q(owner_id=actor.desk_id)
    return rows.filter(mine | Q(accepted__contains=[actor.party_code]) if actor.rank >= DECIDES else mine)


def find_outcomes_due(actor: Actor) -> Any:
    """Assessments with a judgement whose date has come and of which nobody has said what became."""
    said = Outcome.objects.filter(judgement=OuterRef("pk"), state__in=Outcome.COUNTS)
    over = Judgement.objects.filter(~Exists(said), dropped_at=None, timeframe_to__lt=released_judgements.today())
    over = over.exclude(likelihood=yardsticks.NOT_GIVEN).exclude(writers__contains=[actor.user_id])
    return _to_tell(actor).filter(Exists(over.filter(assessment=OuterRef("pk"))))


def confirmations(actor: Actor) -> Any:
    """Assessments with an outcome that another person said, to be confirmed."""
    rows = Outcome.objects.filter(assessment=OuterRef("pk"), state=Outcome.State.PROPOSED)
    rows = rows.exclude(user_id=actor.user_id).exclude(judgement__writers__contains=[actor.user_id])
    return _to_tell(actor).filter(Exists(rows))
