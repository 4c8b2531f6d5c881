"""What takes two people: one administrator asks, another person approves, and it is carried out at once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, action, also, do_also, emit, record_refusal, wants_proof
from apps.access.forms import form_for_verb
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.people import policy
from apps.people.actions.seats import place
from apps.people.models import AccountProposal, Desk, User
from apps.people.queries import approval_for, asker_of, colleague_ids, rule, second_desk, standing_of, takes_two
from apps.people.refusals import Refusals

USED_BY_ASKER = frozenset({"account.renew"})
"""Verbs that the asker carries out themselves once they are approved: what they show is for them alone."""

GOVERNED = frozenset({"seat.appoint", "seat.delegate", "account.clear", "account.reactivate", "account.renew"})

S = AccountProposal.State
WAITING = AccountProposal.WAITING
SECONDS = "seat.second"
ANSWER = forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200)


@action(
    "proposal.make",
    model=AccountProposal,
    label=_("Request second approval"),
    done=_("Asked a second person to approve a change"),
    policy=policy.may_propose,
    ends="open",
)
def propose_account(
    actor: Actor, _row: None, *, asks_for: str, subject: User, payload: dict[str, Any]
) -> AccountProposal:
    """Ask a second person to approve a change; the same is not asked for twice at a time.

    `asks_for` is the verb and `payload` its input; the seat or level in it is checked now, and again on approval.
    """
    if subject.pk == actor.user_id:
        raise Refused(Refusals.OWN_ACCOUNT)
    if asks_for != "seat.delegate" and actor.function != "administration":
        raise Refused(Refusals.NOT_ADMINISTRATOR)
    desk = place(actor, **payload)[1] if asks_for.startswith("seat.") else None
    proposal = made(actor, asks_for, subject, desk, payload, hours=rule("proposal"))
    emit("proposal.made", proposal, {"desk": second_desk(actor)})
    return proposal


def made(
    actor: Actor, verb: str, subject: User, desk: Desk | None, payload: dict[str, Any], *, hours: int
) -> AccountProposal:
    """An open proposal of `verb`, whose input is `payload`; refused while the same waits."""
    payload_hash = AccountProposal.hash_of(verb, subject.pk, payload)
    now = timezone.now()
    for known in AccountProposal.objects.select_for_update().filter(payload_hash=payload_hash, state__in=WAITING):
        if known.expires_at > now:
            raise Refused("wrong-state", Refusals.PROPOSED_ALREADY)
        AccountProposal.objects.filter(pk=known.pk).update(state=S.LAPSED)
        also("proposal.lapse", known, before=known.state, after=S.LAPSED)
    proposal: AccountProposal = AccountProposal.objects.create(
        party_id=actor.party_code,
        verb=verb,
        subject=subject,
        desk=desk,
        payload=payload,
        payload_hash=payload_hash,
        mark=standing_of(subject, verb, actor.party_code if verb == SECONDS else ""),
        proposer_id=actor.user_id,
        proposer_seat_id=actor.seat_id,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    return proposal


def changed_since(proposal: AccountProposal, subject: User) -> bool:
    """Whether the person, their seats or what was asked for are not what they were when it was."""
    party = proposal.party_id if proposal.verb == SECONDS else ""
    hashed = AccountProposal.hash_of(proposal.verb, proposal.subject_id, proposal.payload)
    return standing_of(subject, proposal.verb, party) != proposal.mark or hashed != proposal.payload_hash


@action(
    "proposal.approve",
    model=AccountProposal,
    label=pgettext_lazy("button, people", "Approve"),
    done=_("Approved a change as the second person"),
    policy=policy.may_decide,
    starts={S.OPEN},
    ends={S.APPROVED, S.AWAITED, S.DONE, S.VOID, S.LAPSED},
    step_up=True,
)
def approve_proposal(actor: Actor, proposal: AccountProposal) -> AccountProposal:
    """Approve as the second person: it is carried out at once, in the name of who asked, with the rights of both.

    A secondment goes on to the person's own party. Too late, it lapses. If the person's account or seats, or the
    asker's own seat, have changed since, it is void.
    """
    now = timezone.now()
    proposal.approver_seat_id, proposal.decided_at = actor.seat_id, now
    subject = User.objects.select_for_update().get(pk=proposal.subject_id)
    # who asked gave their second factor then; now it is the approver who gives it
    asker = asker_of(proposal, request_id=actor.request_id, via=actor.via, proven=actor.proven)
    if proposal.expires_at <= now:
        proposal.state = S.LAPSED
    elif asker is None:
        proposal.state, proposal.answer = (
            S.VOID,
            _now("The person who made the request no longer has that appointment."),
        )
    elif changed_since(proposal, subject):
        proposal.state, proposal.answer = (
            S.VOID,
            _now("The account or its appointments have changed since the request."),
        )
    elif proposal.verb == SECONDS:
        ask_home(proposal)
    elif proposal.verb in USED_BY_ASKER:
        proposal.state, proposal.expires_at = S.APPROVED, now + timedelta(hours=rule("proposal"))
    else:
        target = None if REGISTRY[proposal.verb].creates else subject
        fields = form_for_verb(proposal.verb)(proposal.payload)
        fields.full_clean()  # days are texts in the payload
        given = {name: fields.cleaned_data[name] for name in proposal.payload}
        do_also(proposal.verb, target, in_name_of=asker, approval=proposal, **given)
        proposal.state = S.DONE
    return proposal


def ask_home(proposal: AccountProposal) -> None:
    """Turn to the person's own party: from now on its administrators see what is asked for."""
    proposal.state, proposal.home_id = S.AWAITED, proposal.subject.home_party_id
    proposal.expires_at = timezone.now() + timedelta(days=rule("secondment_answer"))
    emit("secondment.asked", proposal)


@action(
    "proposal.refuse",
    model=AccountProposal,
    label=pgettext_lazy("button, people", "Refuse"),
    done=_("Refused a change as the second person"),
    policy=policy.may_decide,
    starts={S.OPEN},
    ends=S.REFUSED,
    takes={"answer": ANSWER},
    danger=True,
)
def refuse_proposal(actor: Actor, proposal: AccountProposal, *, answer: str) -> AccountProposal:
    """Say no as the second person; nothing changes."""
    proposal.approver_seat_id, proposal.decided_at, proposal.answer = actor.seat_id, timezone.now(), answer
    return proposal


@action(
    "proposal.withdraw",
    model=AccountProposal,
    label=_("Withdraw the request"),
    done=_("Withdrew a request to a second person"),
    policy=policy.may_withdraw,
    starts=WAITING,
    ends=S.WITHDRAWN,
)
def withdraw_proposal(actor: Actor, proposal: AccountProposal) -> AccountProposal:
    """Take back what one has asked for and nobody has carried out."""
    proposal.decided_at = timezone.now()
    _answered(proposal)
    return proposal


@action(
    "proposal.lapse",
    model=AccountProposal,
    label=_("Close the expired request"),
    done=_("Closed an expired request for second approval"),
    policy=policy.may_lapse,
    starts=WAITING,
    ends=S.LAPSED,
    automatic=True,
)
def lapse_proposal(actor: Actor, proposal: AccountProposal) -> AccountProposal:
    """End what nobody has approved, or used, in time."""
    proposal.decided_at = timezone.now()
    _answered(proposal)
    return proposal


def _answered(proposal: AccountProposal) -> None:
    if proposal.home_id is not None:
        emit("secondment.answered", proposal)


def waits(actor: Actor, verb: str, target: Any, fields: dict[str, Any]) -> bool:
    """Whether this act of the actor has to wait for a second person."""
    if verb not in GOVERNED or not takes_two(verb, target, fields, actor.user_id):
        return False
    return verb not in USED_BY_ASKER or approval_for(actor, verb, target) is None


def do_or_ask(actor: Actor, verb: str, target: Any = None, *, version: int | None = None, **fields: Any) -> Any:
    """Carry out a verb on accounts, or ask a second person where it takes two; what was changed, or the proposal.

    Raises what the verb raises. Who asks for a verb of weight gives their second factor as if they did it.
    """
    subject, spec = target, REGISTRY[verb]
    if verb.startswith("seat."):
        subject = User.objects.visible_to(actor).filter(username=fields["user"]).first() or (
            User.objects.filter(username=fields["user"], pk__in=colleague_ids(actor)).first()
        )
    if subject is None or not spec.policy(actor, target) or not waits(actor, verb, target, fields):
        return spec.run(actor, target, version=version, **fields)
    if wants_proof(actor, spec):
        refusal = Refused(AccessRefusals.STEP_UP)
        record_refusal(actor, verb, subject, refusal)
        raise refusal
    return propose_account(actor, None, asks_for=verb, subject=subject, payload=fields)
