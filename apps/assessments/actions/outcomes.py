"""What became of judgements whose date has come: said by somebody who did not write them, confirmed by another."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.told import tell
from apps.assessments.models import Assessment, Judgement, Outcome
from apps.assessments.queries import released

S, Kind, State = Assessment.State, Outcome.Kind, Outcome.State
WHERE = frozenset(released.RELEASED)


@action(
    "jta_outcome.propose",
    model=Assessment,
    label=_("Say what became of it"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={
        "judgement": fields.key_field(_("Judgement")),
        "kind": forms.ChoiceField(label=_("What was judged"), choices=Kind.choices, widget=forms.RadioSelect),
        "text": fields.words(_("What shows it"), 2000, help_text=_("or why nobody can tell; a second person reads it")),
    },
)
def propose(actor: Actor, row: Assessment, *, judgement: uuid.UUID, kind: str, text: str) -> Assessment:
    """Say whether what was judged came about, once its date has come; a second person confirms it."""
    found: Judgement = fields.judgement_of(row, judgement)
    if actor.user_id in found.writers:
        raise Refused("may-not", "jta-own-judgement")
    if found.timeframe_to is None and kind != Kind.UNTESTABLE:
        raise ValidationError({"kind": _now("It has no date, so nobody can say when it was to come about.")})
    if found.timeframe_to is not None and found.timeframe_to >= released.today():
        raise Refused("wrong-state", "jta-not-due", record=row)
    if Outcome.objects.filter(judgement=found, state__in=Outcome.COUNTS).exists():
        raise Refused("wrong-state", "jta-outcome-known", record=row)
    row.made = Outcome.objects.create(
        assessment=row,
        judgement=found,
        kind=kind,
        text=text,
        user_id=actor.user_id,
        party_id=actor.party_code,
        at=timezone.now(),
    )
    tell("jta.outcome", row, [row.owner_id], step=str(row.made.pk))
    return row


def _open(row: Assessment, key: uuid.UUID, state: str) -> Outcome:
    found = Outcome.objects.filter(assessment=row, pk=key).first()
    if found is None:
        raise Refused("not-visible")
    if found.state != state:
        raise Refused("wrong-state", record=row)
    return found


def _second(actor: Actor, row: Assessment, key: uuid.UUID, state: str, answer: str = "") -> Assessment:
    """Decide on what another person said, who did not word the judgement either."""
    found = _open(row, key, State.PROPOSED)
    if actor.user_id == found.user_id:
        raise Refused("may-not", "jta-own-outcome")
    if actor.user_id in found.judgement.writers:
        raise Refused("may-not", "jta-own-judgement")
    return _decided(actor, row, found, state, answer)


def _decided(actor: Actor, row: Assessment, found: Outcome, state: str, answer: str) -> Assessment:
    found.state, found.decided_at, found.answer = state, timezone.now(), answer
    found.second_id, found.second_party_id = actor.user_id, actor.party_code
    found.save(update_fields=["state", "second", "second_party", "decided_at", "answer"])
    row.made = found
    return row


@action(
    "jta_outcome.agree",
    model=Assessment,
    label=_("Confirm what became of it"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={"outcome": fields.key_field(_("Outcome"))},
)
def agree(actor: Actor, row: Assessment, *, outcome: uuid.UUID) -> Assessment:
    """Confirm as a second person what another said became of a judgement; it is scored then."""
    return _second(actor, row, outcome, State.CONFIRMED)


@action(
    "jta_outcome.disagree",
    model=Assessment,
    label=_("Do not agree with the outcome"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={"outcome": fields.key_field(_("Outcome")), "reason": fields.reason_field(_("Why"))},
)
def disagree(actor: Actor, row: Assessment, *, outcome: uuid.UUID, reason: str) -> Assessment:
    """Say as a second person why it was not so; it is then said anew."""
    return _second(actor, row, outcome, State.REJECTED, reason)


@action(
    "jta_outcome.reopen",
    model=Assessment,
    label=_("Open the outcome again"),
    policy=policy.may_direct,
    starts=WHERE,
    ends=WHERE,
    takes={"outcome": fields.key_field(_("Outcome")), "reason": fields.reason_field(_("Why"))},
)
def reopen(actor: Actor, row: Assessment, *, outcome: uuid.UUID, reason: str) -> Assessment:
    """Let it be said anew what became of a judgement, for what is known by now."""
    return _decided(actor, row, _open(row, outcome, State.CONFIRMED), State.REJECTED, reason)
