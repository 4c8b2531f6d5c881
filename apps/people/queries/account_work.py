"""What of accounts and seats waits for a seat, for My work: approvals, rounds of access, emergency seats to judge."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people import titles
from apps.people.models import AccountProposal, DeskToken, EmergencyUse, Handover, Invitation, ReviewItem
from apps.people.policy import decides_on_keys, may_propose_key
from apps.people.queries.work import Ask, Facts, Together, WorkRow, moment, same_for_a_seat
from apps.people.rules.registers import REGISTERS


def approvals_waiting(actor: Actor) -> Iterator[Ask]:
    """What this seat may approve: asked for by somebody else, about somebody else."""
    if actor.rank < DECIDES or actor.function not in {"administration", "platform"}:
        return
    answered_here = Q(state="open") | Q(state="awaited", home_id=actor.party_code)
    rows = AccountProposal.objects.visible_to(actor).filter(answered_here).exclude(proposer_id=actor.user_id)
    rows = rows.exclude(subject_id=actor.user_id)
    facts = {"uid": "uid", "name": "subject__full_name", "due": "expires_at", "state": "state"}
    yield Ask(rows, ["expires_at", "pk"], facts, _approval)


def _approval(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:approval", args=[facts["uid"]])
    elsewhere = facts["state"] == AccountProposal.State.AWAITED
    title, detail = titles.account_proposal(facts["name"], elsewhere=elsewhere), _("Awaits second approval")
    yield WorkRow(title, page, moment(facts["due"]), detail, "users", pgettext("button, people", "View"))


def handovers_waiting(actor: Actor) -> Iterator[Ask]:
    """Codes and halves of passwords that this seat hands over: somebody else invited, or gave the first half."""
    if actor.rank < DECIDES or actor.seat_kind != "standing" or actor.function == "oversight":
        return
    rows = Handover.objects.visible_to(actor).filter(state="waits").exclude(user_id=actor.user_id)
    rows = rows.exclude(Q(first_id=actor.user_id) | Q(second_id=actor.user_id, second__isnull=False))
    yield Ask(rows, ["made_at", "pk"], {"uid": "uid", "name": "user__full_name", "what": "what"}, _handover)


def _handover(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:handover", args=[facts["uid"]])
    title = titles.handover(facts["name"], half=facts["what"] == Handover.What.HALF)
    yield WorkRow(title, page, None, "", "key", pgettext("button, people", "View"))


def newcomers_waiting(actor: Actor) -> Iterator[Ask]:
    """People who have opened their account by an invitation and whom this seat confirms."""
    if actor.rank < DECIDES or actor.seat_kind != "standing" or actor.function == "oversight":
        return
    rows = Invitation.objects.visible_to(actor).filter(state="awaits").exclude(user_id=actor.user_id)
    rows = rows.exclude(Q(inviter_id=actor.user_id, inviter__isnull=False))
    rows = rows.exclude(Q(addressed_by_id=actor.user_id, addressed_by__isnull=False))
    rows = rows.filter(Q(desk_id=actor.desk_id, heads__gte=1) | Q(heads__lt=1))
    facts = {"uid": "uid", "name": "user__full_name", "desk": "desk__code"}
    yield Ask(rows, ["decided_at", "pk"], facts, _newcomer)


def _newcomer(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:newcomer", args=[facts["uid"], "confirm"])
    detail = _("%(desk)s: is this the person who was invited?") % {"desk": facts["desk"]}
    title = titles.invitation(facts["name"])
    yield WorkRow(title, page, None, detail, "user-check", pgettext("button, people", "View"))


@same_for_a_seat
def keys_waiting(actor: Actor) -> Iterator[Ask]:
    """Keys of this desk to approve, asked for by somebody else; and approved ones that this seat may have shown."""
    if not (decides_on_keys(actor) or may_propose_key(actor, None)):
        return
    mine = Q(state="approved", clearance__lte=actor.clearance)
    mine &= Q(maker_seat=actor.seat_id) | Q(approver_seat=actor.seat_id)
    if decides_on_keys(actor):
        mine |= Q(state="proposed", seat__desk=actor.desk_id) & ~Q(maker_seat__user=actor.user_id)
    rows = DeskToken.objects.visible_to(actor).filter(mine)
    facts = {"uid": "uid", "desk": "seat__desk__code", "label": "label", "due": "lapses_at", "state": "state"}
    yield Ask(rows, ["lapses_at", "pk"], facts, _key)


def _key(facts: Facts) -> Iterator[WorkRow]:
    waits = facts["state"] == DeskToken.State.PROPOSED
    page = reverse("people:token_do", args=[facts["uid"], "approve" if waits else "show"])
    detail = _("A key of your desk waits for your approval") if waits else _("It is approved: show the key once")
    title = titles.desk_token(facts["desk"], facts["label"])
    yield WorkRow(title, page, moment(facts["due"]), detail, "key", pgettext("button, people", "View"))


@same_for_a_seat
def seats_waiting(actor: Actor) -> Iterator[Ask]:
    """Seats of the round that runs for which this seat has to answer: one's own desk's, for administrators all."""
    administers = actor.function == "administration"
    if actor.rank < DECIDES or actor.seat_kind != "standing" or (actor.function in REGISTERS and not administers):
        return
    rows = ReviewItem.objects.visible_to(actor).filter(state="open", review__state="running")
    rows = rows.exclude(seat__user_id=actor.user_id)
    facts = {
        "item": "pk",
        "uid": "review__uid",
        "name": "seat__user__full_name",
        "desk": "seat__desk__code",
        "due": "review__due_at",
    }
    yield Ask(rows, ["review__due_at", "pk"], facts, _seat)


def _seat(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:review", args=[facts["uid"]])
    detail = _("%(desk)s: is this appointment still needed?") % {"desk": facts["desk"]}
    act = pgettext("button, people", "Answer")
    title = titles.review_item(facts["name"])
    row = WorkRow(title, page, moment(facts["due"]), detail, "list-checks", act, step=str(facts["item"]))
    yield replace(row, together=Together(pgettext("words, people", "Access review"), page, _("Answer for all")))


@same_for_a_seat
def emergencies_waiting(actor: Actor) -> Iterator[Ask]:
    """Emergency seats that this seat judges: at one's own desk; for oversight the overdue ones."""
    oversees = actor.function == "oversight" and actor.rank >= WORKS
    if actor.seat_kind != "standing" or not (oversees or actor.rank >= DECIDES) or actor.function == "administration":
        return
    rows = EmergencyUse.objects.visible_to(actor).filter(state="due").exclude(seat__user_id=actor.user_id)
    rows = rows.filter(told_overdue=True) if oversees else rows.filter(seat__desk_id=actor.desk_id)
    facts = {"uid": "uid", "name": "seat__user__full_name", "desk": "seat__desk__code", "due": "due_at"}
    yield Ask(rows, ["due_at", "pk"], facts, _emergency)


def _emergency(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:emergency", args=[facts["uid"]])
    detail = _("%(desk)s: was the emergency access justified?") % {"desk": facts["desk"]}
    title, act = titles.emergency_use(facts["name"]), pgettext("button, people", "Review the access")
    yield WorkRow(title, page, moment(facts["due"]), detail, "life-buoy", act)
