"""From the submission of the proofs to the verified action, and back again."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, change_also, emit
from apps.access.refused import Refused
from apps.council.actions.drafting import DayField
from apps.impacs import policy
from apps.impacs.actions.evidence import bring, not_sent_by, open_to_readers
from apps.impacs.actions.fields import TermChoice, evidence_fields, text_field, today
from apps.impacs.actions.working import begin
from apps.impacs.models import Evidence, StateAction, Turn
from apps.impacs.queries import held, lists

S, E, K = StateAction.State, Evidence.State, Turn.Kind


def turn(actor: Actor, row: StateAction, kind: str, text: str = "", **more: Any) -> Turn:
    """Put a turn of an action on record; part of an act on it."""
    more.setdefault("day", today(actor))
    made: Turn = Turn.objects.create(action=row, kind=kind, text=text.strip(), seat_id=actor.seat_id, **more)
    return made


@action(
    "state_action.submit_evidence",
    model=StateAction,
    label=_("Submit the evidence"),
    policy=policy.may_bind_for_state,
    starts=StateAction.WORKED,
    ends=S.SUBMITTED,
    takes={
        "completed_on": DayField(label=_("Done on"), required=False, help_text=_("empty: today")),
        **evidence_fields(required=False),
    },
)
def submit_evidence(
    actor: Actor, row: StateAction, *, completed_on: datetime.date | None = None, **fields: Any
) -> StateAction:
    """Say that the work is done, and hand the proofs to the verifier. A last proof may come along."""
    day = today(actor)
    done = completed_on or day
    if not row.starts_on <= done <= day:
        raise ValidationError({"completed_on": _now("Give a day from the beginning of the action until today.")})
    if any(fields.get(name) for name in ("title", "file", "citation")):
        _with_a_proof(actor, row, fields)
    proofs = held.evidence_of(row, *Evidence.HELD, lock=True)
    absent = held.missing(row.clause.evidence_required, proofs)
    if absent:
        sentence = _now("The clause still asks for: %(demands)s. Add evidence that answers it, then submit.")
        raise ValidationError({"evidence": sentence % {"demands": "; ".join(absent)}})
    drafts = [proof for proof in proofs if proof.state == E.DRAFT]
    _four_eyes(actor, row, drafts)
    for proof in drafts:
        proof.state, proof.submitted_on = E.SUBMITTED, day
        change_also("evidence.submit", proof, "state", "submitted_on", before=E.DRAFT)
        open_to_readers(actor, proof, row)
    begin(actor, row)
    turn(actor, row, K.SUBMITTED, completed_on=done)
    emit("evidence.submitted", row)
    return row


def _with_a_proof(actor: Actor, row: StateAction, fields: dict[str, Any]) -> None:
    needed = {"kind": _now("Choose the kind of evidence."), "title": _now("Give the proof a title.")}
    needed |= {"issued_on": _now("Say when it was issued."), "authority": _now("Say who issued it.")}
    absent = {name: sentence for name, sentence in needed.items() if not fields.get(name)}
    if absent:
        raise ValidationError(absent)
    bring(actor, row, fields)


def _four_eyes(actor: Actor, row: StateAction, drafts: list[Evidence]) -> None:
    """Who submits is not who wrote, wherever the ministry has a second person; a desk's program stands for the desk."""
    own = [proof for proof in drafts if proof.author_id == actor.user_id]
    if own and actor.seat_kind != "service" and lists.workers_at(row.owner_id) > 1:
        raise Refused("may-not", "four-eyes")


@action(
    "state_action.take_back",
    model=StateAction,
    label=_("Take the evidence back"),
    policy=policy.may_bind_for_state,
    starts={S.SUBMITTED},
    ends=S.IN_PROGRESS,
)
def take_back(actor: Actor, row: StateAction) -> StateAction:
    """Take a submission back before it is judged; its proofs are drafts again."""
    for proof in held.evidence_of(row, E.SUBMITTED, lock=True):
        proof.state, proof.submitted_on = E.DRAFT, None
        change_also("evidence.take_back", proof, "state", "submitted_on", before=E.SUBMITTED)
    turn(actor, row, K.TAKEN_BACK)
    emit("evidence.taken_back", row)
    return row


@action(
    "state_action.verify",
    model=StateAction,
    label=_("Verify"),
    policy=policy.may_verify,
    starts={S.SUBMITTED},
    ends=S.VERIFIED,
)
def verify(actor: Actor, row: StateAction) -> StateAction:
    """Confirm that the clause is fulfilled: proofs not judged yet are accepted with it."""
    not_sent_by(actor, row.party_id)
    day = today(actor)
    proofs = held.evidence_of(row, E.SUBMITTED, E.ACCEPTED, lock=True)
    absent = held.missing(row.clause.evidence_required, proofs)
    if absent:
        sentence = _now("Not every demand of the clause has an accepted proof: %(demands)s. Return the submission.")
        raise ValidationError({"evidence": sentence % {"demands": "; ".join(absent)}})
    for proof in proofs:
        if proof.state == E.SUBMITTED:
            proof.state, proof.judged_on = E.ACCEPTED, day
            change_also("evidence.accept", proof, "state", "judged_on", before=E.SUBMITTED)
    turn(actor, row, K.VERIFIED)
    emit("state_action.verified", row)
    return row


@action(
    "state_action.return",
    model=StateAction,
    label=_("Return"),
    policy=policy.may_verify,
    starts={S.SUBMITTED},
    ends=S.RETURNED,
    takes={
        "reason": text_field(
            _("Why it is returned"), missing=_("Say what is missing, so that the State can mend it."), max_length=2000
        ),
        "code": TermChoice(
            lists.REJECT,
            label=_("For proofs that were not judged one by one"),
            required=False,
            help_text=_("empty: something is missing"),
        ),
    },
)
def return_(actor: Actor, row: StateAction, *, reason: str, code: str = "") -> StateAction:
    """Give a submission back to the State; proofs that were not accepted carry a reason each."""
    not_sent_by(actor, row.party_id)
    for proof in held.evidence_of(row, E.SUBMITTED, lock=True):
        proof.state, proof.judged_on = E.REJECTED, today(actor)
        proof.reject_code, proof.reject_text = code or "INCOMPLETE", reason.strip()[:500]
        change_also("evidence.reject", proof, "state", "judged_on", "reject_code", "reject_text", before=E.SUBMITTED)
    turn(actor, row, K.RETURNED, reason)
    emit("evidence.rejected", row)
    return row


@action(
    "state_action.reopen",
    model=StateAction,
    label=_("Reopen"),
    policy=policy.may_direct,
    starts={S.VERIFIED},
    ends=S.IN_PROGRESS,
    takes={
        "reason": text_field(_("What was found"), missing=_("Say what was found to be wrong."), max_length=2000),
        "heard": forms.BooleanField(
            label=_("The State was heard"),
            error_messages={"required": _("Hear the State first; then tick that it was heard.")},
        ),
    },
)
def reopen(actor: Actor, row: StateAction, *, reason: str, heard: bool) -> StateAction:
    """Take a verification back because the evidence was wrong; the history stays."""
    turn(actor, row, K.REOPENED, reason)
    emit("state_action.reopened", row)
    return row


@action(
    "state_action.ask_renewal",
    model=StateAction,
    label=_("Ask for renewed evidence"),
    policy=policy.is_clock,
    starts={S.VERIFIED},
    ends=S.IN_PROGRESS,
    automatic=True,
)
def ask_renewal(actor: Actor, row: StateAction, *, day: datetime.date) -> StateAction:
    """Evidence that has to be renewed has run out: the State brings it anew."""
    turn(actor, row, K.EXPIRED, day=day)
    emit("state_action.reopened", row)
    return row
