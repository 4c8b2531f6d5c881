"""What became of judgements whose date has come: said by somebody who did not write them, confirmed by another."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import emit_assessment_event
from apps.assessments.models import Assessment, Judgement, Outcome
from apps.assessments.queries import released_judgements
from apps.assessments.refusals import Refusals

S, Kind, State = Assessment.State, Outcome.Kind, Outcome.State
WHERE = frozenset(released_judgements.RELEASED)


@action(
    "jta_outcome.propose",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Record outcome"),
    done=_("Proposed the outcome of a judgement"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={
        "judgement": fields.key_field(pgettext_lazy("field, assessments", "Judgement")),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Outcome"), choices=Kind.choices, widget=forms.RadioSelect
        ),
        "text": fields.words(
            _("Evidence for the outcome"),
            2000,
            help_text=_("or why it cannot be determined; a second person checks it"),
        ),
    },
)
def propose_outcome(actor: Actor, row: Assessment, *, judgement: uuid.UUID, kind: str, text: str) -> Assessment:
    """Say whether what was judged came about, once its date has come; a second person confirms it."""
    found: Judgement = fields.judgement_of(row, judgement)
    if actor.user_id in found.writers:
        raise Refused(Refusals.JTA_OWN_JUDGEMENT)
    if found.timeframe_to is None and kind != Kind.UNTESTABLE:
        raise ValidationError({"kind": _now("The judgement has no date, so its outcome cannot be recorded.")})
    if found.timeframe_to is not None and found.timeframe_to >= released_judgements.today():
        raise Refused("wrong-state", Refusals.JTA_NOT_DUE, record=row)
    if Outcome.objects.filter(judgement=found, state__in=Outcome.COUNTS).exists():
        raise Refused("wrong-state", Refusals.JTA_OUTCOME_KNOWN, record=row)
    row.made = Outcome.objects.create(
        assessment=row,
        judgement=found,
        kind=kind,
        text=text,
        user_id=actor.user_id,
        party_id=actor.party_code,
        at=timezone.now(),
    )
    emit_assessment_event("jta.outcome", row, [row.owner_id], step=str(row.made.pk))
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
        raise Refused(Refusals.JTA_OWN_OUTCOME)
    if actor.user_id in found.judgement.writers:
        raise Refused(Refusals.JTA_OWN_JUDGEMENT)
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
    label=_("Confirm the outcome"),
    done=_("Confirmed the outcome of a judgement"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={"outcome": fields.key_field(pgettext_lazy("field, assessments", "Outcome"))},
)
def agree_outcome(actor: Actor, row: Assessment, *, outcome: uuid.UUID) -> Assessment:
    """Confirm as a second person what another said became of a judgement; it is scored then."""
    return _second(actor, row, outcome, State.CONFIRMED)


@action(
    "jta_outcome.disagree",
    model=Assessment,
    label=_("Disagree with the outcome"),
    done=_("Disputed the outcome of a judgement"),
    policy=policy.may_tell_outcome,
    starts=WHERE,
    ends=WHERE,
    takes={
        "outcome": fields.key_field(pgettext_lazy("field, assessments", "Outcome")),
        "reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason")),
    },
)
def dispute_outcome(actor: Actor, row: Assessment, *, outcome: uuid.UUID, reason: str) -> Assessment:
    """Say as a second person why it was not so; it is then said anew."""
    return _second(actor, row, outcome, State.REJECTED, reason)


@action(
    "jta_outcome.reopen",
    model=Assessment,
    label=_("Reopen the outcome"),
    done=_("Reopened the outcome of a judgement"),
    policy=policy.may_direct,
    starts=WHERE,
    ends=WHERE,
    takes={
        "outcome": fields.key_field(pgettext_lazy("field, assessments", "Outcome")),
        "reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason")),
    },
)
def reopen_outcome(actor: Actor, row: Assessment, *, outcome: uuid.UUID, reason: str) -> Assessment:
    """Let it be said anew what became of a judgement, for what is known by now."""
    return _decided(actor, row, _open(row, outcome, State.CONFIRMED), State.REJECTED, reason)
