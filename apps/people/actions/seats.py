"""Who sits where and how long, and in which of their seats a person acts."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES, Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.refusal import Refused
from apps.people import policy
from apps.people.models import Desk, Function, Seat, User
from apps.people.queries import administrators, colleague_ids, conflicts_of, rule, takes_two
from apps.people.refusals import Refusals


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day as it is written in forms of seats."""
    wrong = {"invalid": _("Enter the date as 2026-02-12.")}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, error_messages=wrong, widget=widget)


PLACE = {
    "user": forms.CharField(label=pgettext_lazy("field, people", "Username"), max_length=150),
    "desk": forms.CharField(label=pgettext_lazy("field, people", "Desk"), max_length=40),
    "role": forms.CharField(label=pgettext_lazy("field, people", "Role"), max_length=30),
}
FIRST_DAY, LAST_DAY = (
    day_field(pgettext_lazy("words, people", "First day"), required=False),
    day_field(pgettext_lazy("words, people", "Last day"), required=False),
)
WHY = forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200)


@action(
    "seat.appoint",
    model=Seat,
    label=pgettext_lazy("button, people", "Appoint"),
    done=_("Appointed a person to a desk"),
    policy=policy.may_appoint,
    ends="current",
    takes={**PLACE, "first_day": FIRST_DAY, "last_day": LAST_DAY},
)
def appoint_person(
    actor: Actor,
    _row: None,
    *,
    user: str,
    desk: str,
    role: str,
    first_day: datetime.date | None = None,
    last_day: datetime.date | None = None,
    approval: Any = None,
) -> Seat:
    """Give a person a seat at a desk of the administrator's own party, from now on or for some days.

    What takes two people is refused without the `approval` (AccountProposal) that carries it out.
    """
    person, at, rank = place(actor, user=user, desk=desk, role=role)
    if approval is None and takes_two("seat.appoint", None, _wanted(person, desk, role), actor.user_id):
        raise Refused(Refusals.NEEDS_APPROVAL)
    begin, end = term(at, first_day, last_day)
    if Seat.objects.standing_within(person, at, begin, end).exists():
        raise ValidationError({"desk": _("This person already has an appointment at this desk. End it first.")})
    return given(actor, Seat.objects.create(user=person, desk=at, role=role, rank=rank, valid_from=begin, valid_to=end))


@action(
    "seat.delegate",
    model=Seat,
    label=_("Appoint an acting officer"),
    done=_("Appointed an acting officer"),
    policy=policy.may_delegate,
    ends="current",
    takes={
        **PLACE,
        "first_day": FIRST_DAY,
        "last_day": day_field(pgettext_lazy("field, people", "Last day")),
        "reason": WHY,
    },
)
def delegate_stand_in(
    actor: Actor,
    _row: None,
    *,
    user: str,
    desk: str,
    role: str,
    last_day: datetime.date,
    reason: str,
    first_day: datetime.date | None = None,
    approval: Any = None,
) -> Seat:
    """Give a person an acting seat until a day, for somebody who is away.

    Account administrators for every desk of their party; who decides at a desk for that desk alone, to people who sit
    there. What takes two people is refused without the `approval` that carries it out.
    """
    person, at, rank = place(actor, user=user, desk=desk, role=role)
    if approval is None and takes_two("seat.delegate", None, _wanted(person, desk, role), actor.user_id):
        raise Refused(Refusals.NEEDS_APPROVAL)
    begin, end = term(at, first_day, last_day)
    if Seat.objects.standing_within(person, at, begin, end, kind=Seat.Kind.ACTING).exists():
        raise ValidationError({"user": _("This person already acts at this desk on these dates.")})
    columns = {"kind": Seat.Kind.ACTING, "reason": reason, "valid_from": begin, "valid_to": end}
    return given(actor, Seat.objects.create(user=person, desk=at, role=role, rank=rank, **columns))


def _wanted(person: User, desk: str, role: str) -> dict[str, str]:
    return {"user": person.username, "desk": desk, "role": role}


def given(actor: Actor, seat: Seat) -> Seat:
    """As a part of giving a seat: who decides at the desk hears of it, unless it was they who gave it."""
    emit("seat.given", seat, {"by": actor.user_id})
    return seat


def place(actor: Actor, *, user: str, desk: str, role: str, **_more: Any) -> tuple[User, Desk, int]:
    """(person, desk, rank) of a seat that the actor may give; ValidationError or Refused where they may not."""
    at = Desk.objects.visible_to(actor).filter(code=desk).first()
    person = User.objects.visible_to(actor).filter(username=user).first()
    if at is not None and at.pk == actor.desk_id and person is None:
        # who decides at a desk sees no register, but knows the people of their desk
        person = User.objects.filter(username=user, pk__in=colleague_ids(actor)).first()
    own = at is not None and (
        at.party_id == actor.party_code if actor.function == "administration" else at.pk == actor.desk_id
    )
    if at is None or person is None or not own:
        raise ValidationError({"desk": _("Choose a desk of your own party and a person in your own register.")})
    if person.state == User.State.LEFT:
        raise ValidationError({"user": _("This account is permanently closed.")})
    rank = rank_of(at, role)
    if person.seconded_to(at.party_id):
        raise ValidationError({"user": _("This person belongs to another party. Its administrators must agree first.")})
    if person.pk == actor.user_id:
        raise Refused(Refusals.OWN_SEAT)
    if conflict := next(iter(conflicts_of(person, at)), None):
        raise ValidationError({"desk": conflict.why})
    return person, at, rank


def rank_of(at: Desk, role: str) -> int:
    """The rank of a role at a desk; ValidationError for a role that it does not have."""
    roles = Function.objects.get(pk=at.function_id).roles
    if role not in roles:
        raise ValidationError({"role": _("Roles at this desk are: %(roles)s.") % {"roles": ", ".join(roles)}})
    return int(roles.index(role)) + 1


def term(
    at: Desk, first_day: datetime.date | None, last_day: datetime.date | None
) -> tuple[datetime.datetime, datetime.datetime | None]:
    """[from, to) of a seat, by the clocks of the desk's party: now without a first day, open without a last one."""
    now, zone = timezone.now(), ZoneInfo(at.party.time_zone)
    today = now.astimezone(zone).date()
    begin = now if first_day is None or first_day <= today else _midnight(first_day, zone)
    if first_day is not None and first_day < today:
        raise ValidationError(
            {"first_day": _("An appointment cannot start before today. Enter today or a later date.")}
        )
    if last_day is None:
        return begin, None
    end = _midnight(last_day + datetime.timedelta(days=1), zone)
    if end <= begin:
        raise ValidationError({"last_day": _("The last day is before the first day. Correct one of the two.")})
    if last_day > today + datetime.timedelta(days=rule("seat_longest")):
        raise ValidationError(
            {"last_day": _("An appointment with an end date lasts at most two years. You can renew it then.")}
        )
    return begin, end


def _midnight(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), zone)


@action(
    "seat.end",
    model=Seat,
    label=_("End this appointment"),
    done=_("Ended an appointment"),
    policy=policy.may_end_seat,
    starts={"current"},
    ends="ended",
    takes={"reason": WHY},
    danger=True,
)
def end_appointment(actor: Actor, seat: Seat, *, reason: str) -> Seat:
    """End a person's seat now; their open pages and streams close within a second."""
    leaves_an_administrator(actor, seat)
    close(seat, reason)
    gone_home(seat)
    return seat


def leaves_an_administrator(actor: Actor, seat: Seat) -> None:
    """Refuse to end the seat of a party's last administrator; a party calls its own people back all the same."""
    called_back = seat.seconded_from and actor.party_code != seat.desk.party_id
    if seat.desk.function_id == "administration" and seat.rank == DECIDES and not called_back:
        keep_an_administrator(seat.desk_id, leaving=seat.user_id)


def gone_home(seat: Seat) -> None:
    """As a part of ending a seat: if it was a secondment, both parties are told, and both chains tell of it."""
    if seat.seconded_from:
        also("account.return", seat.user)
        emit("secondment.ended", seat)


def call_back(user: User) -> None:
    """As a part of suspending an account or closing it: end the person's seats at desks of other parties."""
    for seat in Seat.objects.seconded().filter(user=user, state="current").order_by("pk"):
        do_also("seat.end", seat, reason=_now("recalled by the person's own party"))


def close(seat: Seat, reason: str) -> None:
    """End a loaded seat now; one that has not begun yet never begins."""
    now = timezone.now()
    seat.reason, seat.valid_to, seat.valid_from = reason, now, min(seat.valid_from, now)


@action(
    "seat.transfer",
    model=Seat,
    label=_("Move to another desk"),
    done=_("Moved a person to another desk"),
    policy=policy.may_transfer,
    starts={"current"},
    ends="ended",
    takes={"desk": PLACE["desk"], "role": PLACE["role"], "reason": WHY},
)
def transfer_appointment(actor: Actor, seat: Seat, *, desk: str, role: str, reason: str) -> Seat:
    """End a seat and give the same person one at another desk of the party, in one act.

    A new seat that takes two people is asked for first and the old one ended when it is there.
    """
    if takes_two("seat.appoint", None, _wanted(seat.user, desk, role), actor.user_id):
        raise Refused(Refusals.TRANSFER_TAKES_TWO)
    if seat.desk.function_id == "administration" and seat.rank == DECIDES:
        keep_an_administrator(seat.desk_id, leaving=seat.user_id)
    close(seat, reason)
    Seat.objects.filter(pk=seat.pk).update(state="ended", valid_to=seat.valid_to)  # before the conflicts are looked at
    do_also("seat.appoint", user=seat.user.username, desk=desk, role=role)
    return seat


@action(
    "seat.expire",
    model=Seat,
    label=pgettext_lazy("button, people", "End automatically"),
    done=_("Ended an appointment by rule"),
    policy=policy.may_lapse,
    starts={"current"},
    ends="ended",
    automatic=True,
)
def expire_appointment(actor: Actor, seat: Seat, *, reason: str = "") -> Seat:
    """End a seat whose last day is over, or that a rule ends; never that of a party's last administrator."""
    now = timezone.now()
    if seat.valid_to is None or seat.valid_to > now:
        leaves_an_administrator(actor, seat)
        close(seat, reason)
    gone_home(seat)
    return seat


@action(
    "seat.switch",
    model=Seat,
    label=_("Switch to this appointment"),
    done=_("Changed to another appointment"),
    policy=policy.may_switch,
    starts={"current"},
    ends="current",
    in_emergency=True,
)
def switch_desk(actor: Actor, seat: Seat) -> Seat:
    """Say in which of their seats the person acts from now on."""
    User.objects.filter(pk=actor.user_id).update(last_seat_id=seat.pk)
    return seat


def keep_an_administrator(desk_id: int, *, leaving: int) -> None:
    """Refuse when nobody but this person administers at the desk.

    Locks the desk, so that of two administrators who remove each other at the same time one stays.
    """
    Desk.objects.select_for_update().get(pk=desk_id)
    if not administrators(desk_id).exclude(user_id=leaving).exists():
        raise Refused(Refusals.LAST_ADMINISTRATOR)


def keep_administered(user: User) -> None:
    """Refuse to shut out a person without whom nobody would administer the accounts of their own party."""
    seats = Seat.objects.current().filter(user=user, desk__party=user.home_party_id, rank=DECIDES)
    for seat in seats.filter(desk__function_id="administration"):
        keep_an_administrator(seat.desk_id, leaving=user.pk)


def service_seat(desk: Desk) -> Seat:
    """The seat in which a desk's programs act: rank 2 at most, its account cannot sign in."""
    seat = Seat.objects.filter(desk=desk, kind="service", state="current").first()
    return seat or make_service_seat(desk)


def make_service_seat(desk: Desk) -> Seat:
    """Make the service seat of a desk, with an account without a password."""
    name = f"svc.{desk.code.lower()}"
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User(username=name, full_name=f"{desk.code}: programs", home_party_id=desk.party_id, clearance=3)
        user.set_unusable_password()
        user.save()
    role = desk.function.roles[1]
    return Seat.objects.create(user=user, desk=desk, role=role, rank=2, kind="service")
