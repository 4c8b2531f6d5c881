"""Changes of an account after it was given: another name, and leaving for good; waivers of conflicts."""

import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.people import policy
from apps.people.actions.accounts import end_sessions, written
from apps.people.actions.seats import call_back, keep_administered
from apps.people.models import AccountProposal, Party, Seat, SeatConflict, SeatWaiver, User
from apps.people.queries import rule


@action(
    "account.rename",
    model=User,
    label=_("Change the name"),
    done=_("Changed the name of a person"),
    policy=policy.may_clear,
    starts={"invited", "active", "suspended"},
    ends={"invited", "active", "suspended"},
    takes={"name": forms.CharField(label=pgettext_lazy("field, people", "Full name"), max_length=150)},
)
def rename_account(actor: Actor, user: User, *, name: str) -> User:
    """Correct or change a person's name; the user name stays, and the audit keeps to it."""
    user.full_name = written(name)
    return user


@action(
    "account.leave",
    model=User,
    label=pgettext_lazy("button, people", "Close permanently"),
    done=_("Closed an account for good"),
    policy=policy.may_change_account,
    starts={"active", "suspended"},
    ends="left",
    takes={"reason": forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200)},
    danger=True,
)
def close_leaver_account(actor: Actor, user: User, *, reason: str) -> User:
    """Close the account of a person who leaves: all seats and sessions end, what waits about them is void.

    Refused for the last administrator of a party. Nothing of it comes back; the row stays for the audit.
    """
    keep_administered(user)
    call_back(user)
    for seat in Seat.objects.visible_to(actor).filter(user=user, state="current").order_by("pk"):
        do_also("seat.end", seat, reason=reason)
    void_proposals(user)
    user.reason = reason
    end_sessions(user)
    emit("account.left", user)
    return user


def void_proposals(user: User) -> None:
    """What waits about a person is void: there is nobody any more to do it to."""
    waiting = AccountProposal.objects.select_for_update().filter(subject=user, state__in=AccountProposal.WAITING)
    for proposal in waiting:
        AccountProposal.objects.filter(pk=proposal.pk).update(state="void", decided_at=timezone.now())
        also("proposal.void", proposal, before=proposal.state, after="void")
        if proposal.home_id is not None:
            emit("secondment.answered", proposal)


@action(
    "waiver.record",
    model=SeatWaiver,
    label=_("Record a waiver"),
    done=_("Recorded a waiver of conflicting functions"),
    policy=policy.may_open_account,
    ends="current",
    takes={
        "user": forms.CharField(label=pgettext_lazy("field, people", "Username"), max_length=150),
        "conflict": forms.CharField(label=pgettext_lazy("field, people", "Functions"), max_length=41),
        "last_day": forms.DateField(
            label=pgettext_lazy("field, people", "Last day"), widget=forms.DateInput(attrs={"type": "date"})
        ),
        "reason": forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200),
    },
)
def record_people_waiver(
    actor: Actor, _row: None, *, user: str, conflict: str, last_day: datetime.date, reason: str
) -> SeatWaiver:
    """Let one person hold two functions that conflict, for a year at most; their party's oversight sees it.

    `conflict` names the two functions, `oversight+border`.
    """
    person = User.objects.visible_to(actor).filter(username=user, home_party_id=actor.party_code).first()
    one, _plus, other = conflict.partition("+")
    row = SeatConflict.objects.on(timezone.now().date()).filter(one=one, other=other).first()
    if person is None or row is None or person.pk == actor.user_id:
        raise ValidationError({"conflict": _("Choose another person in your register and two conflicting functions.")})
    zone = ZoneInfo(Party.objects.get(pk=actor.party_code).time_zone)
    today = timezone.now().astimezone(zone).date()
    if not today <= last_day <= today + datetime.timedelta(days=rule("waiver_longest")):
        raise ValidationError({"last_day": _("A waiver lasts at most one year from today. Choose an earlier date.")})
    end = datetime.datetime.combine(last_day + datetime.timedelta(days=1), datetime.time(), zone)
    columns = {"one": one, "other": other, "reason": reason, "by_seat_id": actor.seat_id, "valid_to": end}
    return SeatWaiver.objects.create(user=person, **columns)


@action(
    "seat_waiver.end",
    model=SeatWaiver,
    label=_("End the waiver"),
    done=_("Ended a waiver of conflicting functions"),
    policy=policy.may_end_waiver,
    starts={"current"},
    ends="ended",
)
def end_people_waiver(actor: Actor, waiver: SeatWaiver) -> SeatWaiver:
    """End a waiver before its time; the seats stay until somebody ends one of them."""
    waiver.valid_to = timezone.now()
    return waiver
