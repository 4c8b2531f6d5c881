"""The cast of the demonstration (contract: `manage.py demo_cast`). Everybody here is fictional."""

import base64
import datetime
import hashlib
import tomllib
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import transaction
from django.utils import timezone

from apps.access.actor import DECIDES, Actor
from apps.access.short_cache import kept
from apps.people import actions
from apps.people.actions import emergency, reviews, secondments
from apps.people.loaders import reference
from apps.people.models import AccessReview, Desk, Function, Invitation, Party, ReviewItem, Seat, User
from apps.people.queries import actor_at, seats_of, service_actor
from demo.scenes import Scene

LONG = datetime.timedelta(days=3650)
CAST: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cast.toml").read_text(encoding="utf-8"))


class PublicPassword(Argon2PasswordHasher):
    """The least that Argon2 can cost: these passwords are printed. Signing in hashes as everybody's are hashed."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def usernames() -> list[str]:
    """All user names of the cast, `party.function.role`."""
    names = [f"{state}.{seat}" for state in CAST["states"] for seat in CAST["state_seats"]]
    return [name.lower() for name in [*names, *CAST["others"]]]


def place(username: str) -> tuple[str, str]:
    """(desk code, role) of a user name: what it says, or what stands under `named`."""
    for row in CAST["named"]:
        if row["user"] == username:
            return row["desk"], row["role"]
    party, function, role = username.split(".")
    return f"{party.upper()}.{function}", role


def password(username: str) -> str:
    """The demonstration password of a user name."""
    return f"demo {username} 2008"


def totp_secret(username: str) -> str | None:
    """The demonstration secret of those who decide or administer (RFC 6238, SHA-1, 30 s); None for the others."""
    desk, role = place(username)
    function = desk.partition(".")[2]
    rank = Function.objects.get(pk=function).roles.index(role) + 1
    if rank < DECIDES:
        return None
    return base64.b32encode(hashlib.sha256(f"portal demo {username}".encode()).digest()[:20]).decode()


@transaction.atomic
def load_cast() -> int:
    """Make the fictional carriers and people that are not there yet; the number of people made."""
    for row in CAST["carrier"]:
        reference.load_party(
            **row,
            time_zone="America/Barbados",
            periods=[{"kind": "carrier", "valid_from": datetime.date(2007, 1, 1), "valid_to": None}],
        )
    reference.load_desks()
    have = set(User.objects.values_list("username", flat=True))
    wanted = [name for name in usernames() if name not in have]
    for name in wanted:
        _make_person(name)
    for extra in CAST["second_seat"]:
        _seat(User.objects.get(username=extra["user"]), extra["desk"], extra["role"])
    return len(wanted)


def _make_person(username: str) -> None:
    desk, role = place(username)
    party, _, function = desk.partition(".")
    user = User.objects.create(
        username=username,
        full_name=full_name(username),
        email=f"{username}@example.invalid",
        home_party=Party.objects.get(code__iexact=party),
        password=make_password(password(username), hasher=PublicPassword()),
        clearance=1 if function == "carrier" else 3 if function in {"intelligence", "analysis"} else 2,
        is_demo=True,
    )
    _seat(user, desk, role)
    secret = totp_secret(username)
    if secret:
        TOTP.activate(user, secret)
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
            RecoveryCodes.activate(user)


def full_name(username: str) -> str:
    """A fictional name, always the same for a user name."""
    number = int(hashlib.sha256(username.encode()).hexdigest(), 16)
    given, family = CAST["given"], CAST["family"]
    return f"{given[number % len(given)]} {family[number // 97 % len(family)]}"


def _seat(user: User, desk_code: str, role: str) -> None:
    desk = Desk.objects.select_related("function").get(code=desk_code)
    if not Seat.objects.current().filter(user=user, desk=desk).exists():
        Seat.objects.create(user=user, desk=desk, role=role, rank=desk.function.roles.index(role) + 1)


def cast() -> list[dict[str, Any]]:
    """The cast as CONTRACT.md prints it."""
    seats = Seat.objects.current().filter(user__is_demo=True).select_related("user", "desk").order_by("desk__code")
    by_user: dict[str, list[Seat]] = {}
    for seat in seats:
        by_user.setdefault(seat.user.username, []).append(seat)
    return [
        {
            "username": name,
            "password": password(name),
            "totp_secret": totp_secret(name),
            "name": by_user[name][0].user.full_name,
            "seats": [
                {"party": s.desk.party_id, "function": s.desk.function_id, "role": s.role, "desk": s.desk.code}
                for s in by_user[name]
            ],
        }
        for name in usernames()
        if name in by_user
    ]


def seated(username: str) -> Actor:
    """The person of the cast, at the desk of their user name; LookupError before the cast is loaded."""
    seat = kept(f"seat of {username}", lambda: _home_seat(username))
    return actor_at(seat, request_id="demo", via="demo")


def _home_seat(username: str) -> Seat:
    desk = username.rpartition(".")[0]
    user = User.objects.filter(username=username).first()
    seats = [seat for seat in seats_of(user) if seat.desk.code.lower() == desk] if user else []
    if not seats:
        raise LookupError(f"{username} has no seat: load the cast first")
    found: Seat = seats[0]
    return found


def load_governing() -> int:
    """Invitations, a proposal, a round and an emergency seat of the demonstration; how many, 0 when they are there."""
    if Invitation.objects.exists():
        return 0
    admin = seated("brb.administration.administrator")
    invited = [
        {"username": "brb.border.marchand", "name": "Odile Marchand-Pye", "desk": "BRB.border", "role": "officer"},
        {"username": "brb.customs.tull", "name": "Errol Tull-Baptiste", "desk": "BRB.customs", "role": "head"},
    ]
    for row in invited:
        actions.send_invitation(admin, None, **row, email=f"{row['username']}@example.invalid", clearance=1)
    User.objects.filter(username__in=[row["username"] for row in invited]).update(is_demo=True)
    week = timezone.now().date() + datetime.timedelta(days=7)
    stands_in = {"user": "brb.border.officer", "desk": "BRB.border", "role": "head", "reason": "annual leave"}
    actions.do_or_ask(seated("brb.border.head"), "seat.delegate", None, version=None, last_day=week, **stands_in)
    clock = service_actor("IMPACS.automation", request_id="demo")
    review = reviews.open_access_review(clock, None, party=Party.objects.get(pk="BRB"))
    # the cast keeps its seats, however long the demonstration runs
    AccessReview.objects.filter(pk=review.pk).update(due_at=review.opened_at + LONG)
    rows = ReviewItem.objects.filter(review=review).select_related("seat__user")
    items = {item.seat.user.username: item for item in rows}
    reviews.keep_reviewed_seat(seated("brb.border.head"), items["brb.border.officer"])
    reviews.change_reviewed_seat(admin, items["brb.ministry.reader"], note="Drafts papers now: make it drafter.")
    head = seated("brb.border.head")
    why = "A vessel with eleven people on board is overdue at Bridgetown and only this desk knows who is on it."
    use = emergency.take_emergency_seat(head, None, desk="BRB.intelligence", cause="life", why=why)
    emergency.give_back_emergency_seat(head, use)
    return len(invited) + len(items) + _second()


def _second() -> int:
    """A liaison whom Barbados has sent to the JRCC's watch, and a request that waits for Jamaica; how many."""
    asker = seated("jrcc.administration.administrator")
    day = timezone.now().date() + datetime.timedelta(days=330)
    wanted = {"desk": "JRCC.watch", "role": "officer", "last_day": day}
    liaison = secondments.ask_for_person(
        asker, None, user="brb.contact.officer", reason="liaison of Barbados", **wanted
    )
    secondments.agree_to_second_person(seated("brb.administration.administrator"), liaison)
    secondments.ask_for_person(asker, None, user="jam.contact.officer", reason="liaison of Jamaica", **wanted)
    return 2


SCENES = [Scene("people", load_cast), Scene("invitations and seats under review", load_governing, last=True)]
