"""Who sits where, and in which of his seats a person acts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import DECIDES, Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.people import policy
from apps.people.models import Desk, Function, Seat, User
from apps.people.queries import administrators


@action(
    "seat.appoint",
    model=Seat,
    label=_("Appoint"),
    policy=policy.may_appoint,
    ends="current",
    takes={
        "user": forms.CharField(label=_("User name"), max_length=150),
        "desk": forms.CharField(label=_("Desk"), max_length=40),
        "role": forms.CharField(label=_("Role"), max_length=30),
    },
)
def appoint(actor: Actor, _row: None, *, user: str, desk: str, role: str) -> Seat:
    """Give a person a seat at a desk of the administrator's own party."""
    at = Desk.objects.visible_to(actor).filter(code=desk).first()
    person = User.objects.visible_to(actor).filter(username=user).first()
    if at is None or person is None or (actor.function != "platform" and at.party_id != actor.party_code):
        raise ValidationError({"desk": _("Choose a desk of your own party and a person of your own register.")})
    roles = Function.objects.get(pk=at.function_id).roles
    if role not in roles:
        raise ValidationError({"role": _("Roles at this desk are: %(roles)s.") % {"roles": ", ".join(roles)}})
    if person.pk == actor.user_id:
        raise Refused("may-not", "own-seat")
    return Seat.objects.create(user=person, desk=at, role=role, rank=roles.index(role) + 1)


@action(
    "seat.end",
    model=Seat,
    label=_("End this seat"),
    policy=policy.may_end_seat,
    starts={"current"},
    ends="ended",
    takes={"reason": forms.CharField(label=_("Reason"), max_length=200)},
)
def end_seat(actor: Actor, seat: Seat, *, reason: str) -> Seat:
    """End a person's seat now; his open pages and streams close within a second."""
    if seat.desk.function_id == "administration" and seat.rank == DECIDES:
        keep_an_administrator(seat.desk_id, leaving=seat.user_id)
    seat.reason, seat.valid_to = reason, timezone.now()
    return seat


@action(
    "seat.switch", model=Seat, label=_("Act in this seat"), policy=policy.may_switch, starts={"current"}, ends="current"
)
def switch_seat(actor: Actor, seat: Seat) -> Seat:
    """Say in which of his seats the person acts from now on."""
    User.objects.filter(pk=actor.user_id).update(last_seat_id=seat.pk)
    return seat


def keep_an_administrator(desk_id: int, *, leaving: int) -> None:
    """Refuse when nobody but this person administers at the desk.

    Locks the desk, so that of two administrators who remove each other at the same time one stays.
    """
    Desk.objects.select_for_update().get(pk=desk_id)
    if not administrators(desk_id).exclude(user_id=leaving).exists():
        raise Refused("may-not", "last-administrator")


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
