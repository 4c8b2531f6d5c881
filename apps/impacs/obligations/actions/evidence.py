"""Proofs of a State's action: brought and corrected by the State, judged one by one by IMPACS."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import groups_that_see, share, unshare
from apps.access.refusal import Refused
from apps.council.queries import audience as who
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.impacs import policy
from apps.impacs.models import Evidence, StateAction
from apps.impacs.obligations.actions.fields import (
    StatesField,
    TermChoice,
    checked_evidence,
    evidence_fields,
    text_field,
    today,
)
from apps.impacs.obligations.actions.state_work import WORKED_ENDS, begin
from apps.impacs.obligations.queries import action_parts
from apps.impacs.queries import lists
from apps.impacs.refusals import Refusals
from apps.people.queries import desk_ids

E = Evidence.State
AGENCY = ("IMPACS.secretariat", "IMPACS.automation")


@action(
    "state_action.add_evidence",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Add evidence"),
    done=pgettext_lazy("words, audit", "Added evidence"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes=evidence_fields(),
)
def add_evidence(actor: Actor, row: StateAction, **fields: Any) -> StateAction:
    """Bring a proof. It is the State's own draft until the ministry submits it."""
    bring(actor, row, fields)
    begin(actor, row)
    return row


def bring(actor: Actor, row: StateAction, fields: dict[str, Any]) -> Evidence:
    """Make a draft of a proof with its file; part of an act on the action."""
    told = {"requirement": "", "citation": "", **fields}
    columns = checked_evidence(told, today(actor))
    proof: Evidence = Evidence.objects.create(
        action=row,
        party_id=row.party_id,
        desk_id=actor.desk_id,
        author_id=actor.user_id,
        owner_id=row.owner_id,
        originator_id=row.party_id,
        level=row.level,
        changed_by_seat_id=actor.seat_id,
        **columns,
    )
    desks = {actor.desk_id, row.owner_id, *([row.desk_id] if row.desk_id else []), *desk_ids("IMPACS.automation")}
    share(actor, proof, desks)
    file = fields.get("file")
    if file is not None:
        attach(actor, proof, file)
    also("evidence.add", proof, after=proof.state)
    return proof


def open_to_readers(actor: Actor, proof: Evidence, row: StateAction) -> None:
    """Let the agency read a submitted proof, and those States that its own State chose; nobody else any more."""
    kept = {proof.owner_id, proof.desk_id, *([row.desk_id] if row.desk_id else []), *desk_ids(*AGENCY)}
    kept |= set(_chosen(proof, row))
    gone = set(groups_that_see(proof)) - kept
    if gone:
        unshare(proof, gone)
    share(actor, proof, kept, basis=proof.audience)


def _chosen(proof: Evidence, row: StateAction) -> Iterable[int]:
    if proof.audience == Evidence.Audience.ALL_STATES:
        return set(who.members(timezone.now().date())) & set(groups_that_see(row))
    return who.ministries(proof.named) if proof.audience == Evidence.Audience.NAMED else ()


def _own_open(proof: Evidence) -> StateAction:
    row: StateAction = StateAction.objects.select_related("clause").get(pk=proof.action_id)
    if row.state not in StateAction.WORKED:
        raise Refused("wrong-state", Refusals.ACTION_NOT_WORKED)
    return row


@action(
    "evidence.correct",
    model=Evidence,
    label=pgettext_lazy("button, impacs", "Correct"),
    done=pgettext_lazy("words, audit", "Corrected evidence"),
    policy=policy.may_act_for_state,
    starts={E.DRAFT, E.REJECTED},
    ends=E.DRAFT,
    takes=evidence_fields(),
)
def correct_evidence(actor: Actor, proof: Evidence, *, file: Stored | None = None, **fields: Any) -> Evidence:
    """Change a draft, or bring a proof that was not accepted anew: what is left out stays as it was."""
    _own_open(proof)
    kept = ("requirement", "citation", "valid_until", "audience", "named")
    before = {name: getattr(proof, name) for name in kept}
    columns = checked_evidence({**before, **fields, "file": file}, today(actor), has_file=action_parts.has_file(proof))
    for name, value in columns.items():
        setattr(proof, name, value)
    proof.author_id = actor.user_id
    if file is not None:
        attach(actor, proof, file)
    return proof


@action(
    "evidence.withdraw",
    model=Evidence,
    label=pgettext_lazy("button, impacs", "Withdraw"),
    done=pgettext_lazy("past, audit", "Withdrew evidence"),
    policy=policy.may_act_for_state,
    starts={E.DRAFT, E.REJECTED},
    ends=E.WITHDRAWN,
)
def withdraw_evidence(actor: Actor, proof: Evidence) -> Evidence:
    """Take a proof off the list; what was submitted is taken back with the whole submission first."""
    return proof


@action(
    "evidence.share",
    model=Evidence,
    label=_("Choose who may read it"),
    done=_("Chose who may read evidence"),
    policy=policy.may_bind_for_state,
    starts={E.DRAFT, E.SUBMITTED, E.ACCEPTED},
    ends={E.DRAFT, E.SUBMITTED, E.ACCEPTED},
    takes={
        "audience": forms.ChoiceField(label=_("Who may read it"), choices=Evidence.Audience.choices),
        "named": StatesField(label=_("States we choose"), required=False),
    },
)
def share_evidence(actor: Actor, proof: Evidence, *, audience: str, named: Any = ()) -> Evidence:
    """Let other States read a proof, or no longer; what they have read they have read."""
    if audience == Evidence.Audience.NAMED and not named:
        raise ValidationError({"named": _now("Tick at least one State, or choose other readers.")})
    proof.audience = audience
    proof.named = list(named) if audience == Evidence.Audience.NAMED else []
    if proof.state != E.DRAFT:
        open_to_readers(actor, proof, StateAction.objects.get(pk=proof.action_id))
    return proof


def not_sent_by(actor: Actor, party: str) -> None:
    """Refused for a person whom the State to be verified had sent to the agency (governance notes, 3)."""
    if actor.seconded_from == party or lists.seconded_by(actor.user_id, party, today(actor)):
        raise Refused(Refusals.SECONDED_BY_STATE)


def _under_verification(actor: Actor, proof: Evidence) -> None:
    not_sent_by(actor, proof.party_id)
    state = StateAction.objects.values_list("state", flat=True).get(pk=proof.action_id)
    if state != StateAction.State.SUBMITTED:
        raise Refused("wrong-state", Refusals.NOT_SUBMITTED)


@action(
    "evidence.accept",
    model=Evidence,
    label=pgettext_lazy("button, impacs", "Accept"),
    done=pgettext_lazy("words, audit", "Accepted evidence"),
    policy=policy.may_verify,
    starts={E.SUBMITTED},
    ends=E.ACCEPTED,
)
def accept_evidence(actor: Actor, proof: Evidence) -> Evidence:
    """Say that a proof is authentic and covers the demand."""
    _under_verification(actor, proof)
    proof.judged_on = today(actor)
    return proof


@action(
    "evidence.reject",
    model=Evidence,
    label=_("Do not accept"),
    done=pgettext_lazy("words, audit", "Rejected evidence"),
    policy=policy.may_verify,
    starts={E.SUBMITTED},
    ends=E.REJECTED,
    takes={
        "code": TermChoice(lists.REJECT, label=pgettext_lazy("field, impacs", "Reason")),
        "text": text_field(_("What is missing and what would be enough"), required=False, rows=3, max_length=500),
    },
)
def reject_evidence(actor: Actor, proof: Evidence, *, code: str, text: str = "") -> Evidence:
    """Say why a proof does not do. The State is told when the submission is returned."""
    _under_verification(actor, proof)
    proof.judged_on, proof.reject_code, proof.reject_text = today(actor), code, text.strip()
    return proof


@action(
    "evidence.expire",
    model=Evidence,
    label=pgettext_lazy("button, impacs", "Expire"),
    done=_("Noted that evidence ran out"),
    policy=policy.is_clock,
    starts={E.ACCEPTED},
    ends=E.EXPIRED,
    automatic=True,
)
def expire_evidence(actor: Actor, proof: Evidence, *, day: datetime.date) -> Evidence:
    """A proof has run out; whether the work begins again is the action's matter."""
    if proof.valid_until is None or proof.valid_until >= day:
        raise Refused("wrong-state")
    emit("evidence.expired", proof, {"day": day.isoformat()})
    return proof
