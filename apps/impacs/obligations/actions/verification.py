"""From the submission of the proofs to the verified action, and back again."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.council.actions.decision_fields import DayField
from apps.impacs import policy
from apps.impacs.models import Evidence, StateAction, Turn
from apps.impacs.obligations.actions.evidence import bring, not_sent_by, open_to_readers
from apps.impacs.obligations.actions.fields import TermChoice, evidence_fields, text_field, today, today_on
from apps.impacs.obligations.actions.state_work import begin
from apps.impacs.obligations.queries import action_parts
from apps.impacs.queries import lists
from apps.impacs.refusals import Refusals

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
    done=pgettext_lazy("words, audit", "Submitted evidence"),
    policy=policy.may_bind_for_state,
    starts=StateAction.WORKED,
    ends=S.SUBMITTED,
    takes={
        "completed_on": DayField(
            label=pgettext_lazy("field, impacs", "Done on"),
            required=False,
            help_text=pgettext_lazy("field, impacs", "Leave empty for today"),
        ),
        **evidence_fields(required=False),
    },
    undo="state_action.take_back",
)
def submit_evidence(
    actor: Actor, row: StateAction, *, completed_on: datetime.date | None = None, **fields: Any
) -> StateAction:
    """Say that the work is done, and hand the proofs to the verifier. A last proof may come along."""
    day = today_on(actor, row)
    done = completed_on or day
    if not row.starts_on <= done <= day:
        raise ValidationError({"completed_on": _now("Enter a day between the start of the obligation and today.")})
    if any(fields.get(name) for name in ("title", "file", "citation")):
        _with_a_proof(actor, row, fields)
    proofs = action_parts.evidence_of(row, *Evidence.HELD, lock=True)
    absent = action_parts.find_unmet_demands(row.clause.evidence_required, proofs)
    if absent:
        sentence = _now("The clause still requires: %(demands)s. Add evidence for it, then submit.")
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
    needed = {"kind": _now("Choose the kind of evidence."), "title": _now("Enter a title for the evidence.")}
    needed |= {"issued_on": _now("Enter when it was issued."), "authority": _now("Enter who issued it.")}
    absent = {name: sentence for name, sentence in needed.items() if not fields.get(name)}
    if absent:
        raise ValidationError(absent)
    bring(actor, row, fields)


def _four_eyes(actor: Actor, row: StateAction, drafts: list[Evidence]) -> None:
    """Who submits is not who wrote, wherever the ministry has a second person; a desk's program stands for the desk."""
    own = [proof for proof in drafts if proof.author_id == actor.user_id]
    if own and actor.seat_kind != "service" and lists.workers_at(row.owner_id) > 1:
        raise Refused(Refusals.FOUR_EYES)


@action(
    "state_action.take_back",
    model=StateAction,
    label=_("Withdraw the evidence"),
    done=pgettext_lazy("past, impacs", "Withdrew evidence"),
    policy=policy.may_bind_for_state,
    starts={S.SUBMITTED},
    ends=S.IN_PROGRESS,
)
def take_back_state_action(actor: Actor, row: StateAction) -> StateAction:
    """Take a submission back before it is judged; its proofs are drafts again."""
    for proof in action_parts.evidence_of(row, E.SUBMITTED, lock=True):
        proof.state, proof.submitted_on = E.DRAFT, None
        change_also("evidence.take_back", proof, "state", "submitted_on", before=E.SUBMITTED)
    turn(actor, row, K.TAKEN_BACK)
    emit("evidence.taken_back", row)
    return row


@action(
    "state_action.verify",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Verify"),
    done=_("Verified that a clause is fulfilled"),
    policy=policy.may_verify,
    starts={S.SUBMITTED},
    ends=S.VERIFIED,
)
def verify_state_action(actor: Actor, row: StateAction) -> StateAction:
    """Confirm that the clause is fulfilled: proofs not judged yet are accepted with it."""
    not_sent_by(actor, row.party_id)
    day = today(actor)
    proofs = action_parts.evidence_of(row, E.SUBMITTED, E.ACCEPTED, lock=True)
    absent = action_parts.find_unmet_demands(row.clause.evidence_required, proofs)
    if absent:
        sentence = _now(
            "These requirements of the clause have no accepted evidence: %(demands)s. Return the submission."
        )
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
    label=pgettext_lazy("button, impacs", "Return"),
    done=_("Returned a submission to the State"),
    policy=policy.may_verify,
    starts={S.SUBMITTED},
    ends=S.RETURNED,
    takes={
        "reason": text_field(
            _("Reason for returning it"),
            missing=_("Write what is missing, so that the State can correct it."),
            max_length=2000,
        ),
        "code": TermChoice(
            lists.REJECT,
            label=_("Reason for evidence not judged individually"),
            required=False,
            help_text=_("Leave empty for “something is missing”"),
        ),
    },
)
def return_state_action(actor: Actor, row: StateAction, *, reason: str, code: str = "") -> StateAction:
    """Give a submission back to the State; proofs that were not accepted carry a reason each."""
    not_sent_by(actor, row.party_id)
    for proof in action_parts.evidence_of(row, E.SUBMITTED, lock=True):
        proof.state, proof.judged_on = E.REJECTED, today(actor)
        proof.reject_code, proof.reject_text = code or "INCOMPLETE", reason.strip()[:500]
        change_also("evidence.reject", proof, "state", "judged_on", "reject_code", "reject_text", before=E.SUBMITTED)
    turn(actor, row, K.RETURNED, reason)
    emit("evidence.rejected", row)
    return row


@action(
    "state_action.reopen",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Reopen"),
    done=_("Took a verification back"),
    policy=policy.may_direct,
    starts={S.VERIFIED},
    ends=S.IN_PROGRESS,
    takes={
        "reason": text_field(_("What was found"), missing=_("Write what was found to be wrong."), max_length=2000),
        "heard": forms.BooleanField(
            label=_("The State was heard"),
            error_messages={"required": _("Hear the State first, then tick the box.")},
        ),
    },
)
def reopen_state_action(actor: Actor, row: StateAction, *, reason: str, heard: bool) -> StateAction:
    """Take a verification back because the evidence was wrong; the history stays."""
    turn(actor, row, K.REOPENED, reason)
    emit("state_action.reopened", row)
    return row


@action(
    "state_action.ask_renewal",
    model=StateAction,
    label=_("Ask for renewed evidence"),
    done=_("Asked for renewed evidence"),
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
