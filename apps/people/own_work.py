"""What of accounts and seats waits for a seat, for My desk: approvals, rounds of access, emergency seats to judge."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.managers import REGISTERS
from apps.people.models import AccountProposal, EmergencyUse, ReviewItem
from apps.people.waiting import Ask, Facts, WorkRow, moment, register_as


@register_as("approvals", gettext_lazy("Second person"))
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
    detail = _("A change of accounts waits for a second person")
    if facts["state"] == AccountProposal.State.AWAITED:
        detail = _("Another party asks for this person")
    yield WorkRow(facts["name"], page, moment(facts["due"]), detail, "users", _("Look at it"))


@register_as("reviews", gettext_lazy("Access reviews"))
def seats_waiting(actor: Actor) -> Iterator[Ask]:
    """Seats of the round that runs for which this seat has to answer: one's own desk's, for administrators all."""
    administers = actor.function == "administration"
    if actor.rank < DECIDES or actor.seat_kind != "standing" or (actor.function in REGISTERS and not administers):
        return
    rows = ReviewItem.objects.visible_to(actor).filter(state="open", review__state="running")
    rows = rows.exclude(seat__user_id=actor.user_id)
    facts = {"uid": "review__uid", "name": "seat__user__full_name", "desk": "seat__desk__code", "due": "review__due_at"}
    yield Ask(rows, ["review__due_at", "pk"], facts, _seat)


def _seat(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("people:review", args=[facts["uid"]])
    detail = _("%(desk)s: is this seat still needed?") % {"desk": facts["desk"]}
    yield WorkRow(facts["name"], page, moment(facts["due"]), detail, "list-checks", _("Answer"))


@register_as("emergencies", gettext_lazy("Emergency seats"))
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
    detail = _("%(desk)s: was the emergency seat justified?") % {"desk": facts["desk"]}
    yield WorkRow(facts["name"], page, moment(facts["due"]), detail, "life-buoy", _("Judge it"))
