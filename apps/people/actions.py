"""Everything that changes accounts, seats and keys."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import DECIDES, Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.people import policy
from apps.people.models import Desk, DeskToken, Function, Seat, User

TOKEN_MARK = "ccp_"  # noqa: S105  (the public mark of a key, not a key)
TOKEN_BYTES = 32
LONGEST_TOKEN = timedelta(days=366)


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
    rest = (
        Seat.objects.current().filter(desk_id=seat.desk_id, rank=DECIDES).exclude(pk=seat.pk).filter(~Q(kind="service"))
    )
    if seat.desk.function_id == "administration" and seat.rank == DECIDES and not rest.exists():
        raise Refused("may-not", "last-administrator")
    seat.reason, seat.valid_to = reason, timezone.now()
    return seat


@action(
    "seat.switch", model=Seat, label=_("Act in this seat"), policy=policy.may_switch, starts={"current"}, ends="current"
)
def switch_seat(actor: Actor, seat: Seat) -> Seat:
    """Say in which of his seats the person acts from now on."""
    User.objects.filter(pk=actor.user_id).update(last_seat_id=seat.pk)
    return seat


@action(
    "token.create",
    model=DeskToken,
    label=_("Make a key"),
    policy=policy.may_create_token,
    ends="live",
    takes={
        "desk": forms.CharField(label=_("Desk"), max_length=40),
        "scope": forms.ChoiceField(label=_("Scope"), choices=DeskToken.Scope.choices),
        "days": forms.IntegerField(label=_("Days"), min_value=1, max_value=366),
        "label": forms.CharField(label=_("Label"), max_length=80, required=False),
    },
)
def create_token(actor: Actor, _row: None, *, desk: str, scope: str, days: int, label: str = "") -> DeskToken:
    """Make a key for a desk's programs. The key itself is on the returned row as `.secret`, this once."""
    at = Desk.objects.filter(code=desk, active=True).first()
    if at is None or (actor.function != "platform" and at.party_id != actor.party_code):
        raise ValidationError({"desk": _("There is no desk %(desk)s in your party.") % {"desk": desk}})
    if not 1 <= days <= LONGEST_TOKEN.days:
        raise ValidationError({"days": _("A key lives between 1 and 366 days.")})
    secret = TOKEN_MARK + secrets.token_urlsafe(TOKEN_BYTES)
    token = DeskToken.objects.create(
        seat=service_seat(at),
        prefix=secret[:12],
        sha256=digest(secret),
        label=label,
        scope=scope,
        expires_at=timezone.now() + timedelta(days=days),
    )
    token.secret = secret
    return token


@action(
    "token.revoke",
    model=DeskToken,
    label=_("Revoke this key"),
    policy=policy.may_revoke_token,
    starts={"live"},
    ends="revoked",
)
def revoke_token(actor: Actor, token: DeskToken) -> DeskToken:
    """Make a key useless from now on."""
    return token


def digest(secret: str) -> str:
    """How a key is stored: SHA-256, hexadecimal. The key has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


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


def used(token: Any) -> None:
    """Note that a key was used, at most once a minute; not an act of anybody, so not an action."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        DeskToken.objects.filter(pk=token.pk).update(last_used_at=now)


def prefer(user: User, *, theme: str | None = None, compact: bool | None = None) -> None:
    """Keep how a person wants his pages to look; nobody's record, so not an action."""
    wanted = {name: value for name, value in (("theme", theme), ("compact", compact)) if value is not None}
    if wanted:
        User.objects.filter(pk=user.pk).update(**wanted)


def session_moved(old_key: str, new_key: str) -> None:
    """Let the list "where you are signed in" follow a session to its new key."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)
