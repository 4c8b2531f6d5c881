"""The rule by which a person signs in, their devices, and what has happened with their account."""

import datetime
import hashlib
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.conf import settings

from apps.access.encryption import mark_of
from apps.access.short_cache import forget, remembered
from apps.audit.models import AuditRecord
from apps.entrance.models import AccountChange, Device, Directory, DirectoryLink, KeyLimit, SignInRule
from apps.people.models import DeskToken, Seat, User
from apps.people.queries import administrators, desk_ids

RULE_CACHED_S = DIRECTORIES_CACHED_S = 60
SHOWN = 20
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
BOTH = frozenset(SignInRule.Factor.values)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a party asks of a session: second factors, seconds in all and without use, networks, its directory."""

    factors: frozenset[str]
    session_s: int
    idle_s: int
    networks: tuple[Network, ...]
    directory_only: bool = False

    def admits(self, address: str | None) -> bool:
        """Whether people may come from this address; an unknown one is inside no network."""
        if not self.networks:
            return True
        try:
            place = ipaddress.ip_address(address or "")
        except ValueError:
            return False
        if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped:
            place = place.ipv4_mapped
        return any(place in network for network in self.networks)

    def over(self, address: str | None, *, idle: float, whole: float) -> str:
        """Why a session is over at this address after so many seconds, so many without use; "" while it is not."""
        if not self.admits(address):
            return "outside-networks"
        if idle > self.idle_s:
            return "idle"
        return "too-long" if whole > self.session_s else ""

    def holds(self, session: Mapping[str, Any], address: str | None, now: float) -> bool:
        """Whether a session with these data may be used from this address at `now`: streams and sockets ask it."""
        idle, whole = now - session.get("seen", now), now - session.get("started", now)
        if self.over(address, idle=idle, whole=whole):
            return False
        factor = factor_in(session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()))
        return not self.restricts_factors or factor in self.factors

    @property
    def restricts_factors(self) -> bool:
        """Whether not every kind is good enough."""
        return self.factors != BOTH


def factor_in(records: Sequence[Mapping[str, Any]]) -> str:
    """The kind of second factor in what a session keeps of how it was opened; "none" without one."""
    return next((record["type"] for record in reversed(records) if record["method"] == "mfa"), "none")


def rule_for(party: str | None) -> Rule:
    """The rule of a party now; the portal's own without one. Kept in the cache for a minute, one query without it."""
    return _rule(remembered(f"sign_in:{party}", RULE_CACHED_S, lambda: _columns(party)))


def forget_rule(party: str) -> None:
    """Let the next request read the rule anew."""
    forget(f"sign_in:{party}")


def _columns(party: str | None) -> dict[str, Any] | None:
    names = ("factors", "session_minutes", "idle_minutes", "networks", "directory_only")
    found = SignInRule.objects.filter(party_id=party, valid_to=None).values(*names).first() if party else None
    return dict(found) if found else None


def _rule(columns: dict[str, Any] | None) -> Rule:
    whole, idle = int(settings.SESSION_ABSOLUTE.total_seconds()), int(settings.SESSION_IDLE.total_seconds())
    if columns is None:
        return Rule(BOTH, whole, idle, ())
    return Rule(
        frozenset(columns["factors"]),
        min(whole, columns["session_minutes"] * 60),
        min(idle, columns["idle_minutes"] * 60),
        tuple(ipaddress.ip_network(network) for network in columns["networks"]),
        columns["directory_only"],
    )


def limit_of(token: Any) -> Any:
    """The limit of a key with its desk, or None. One query."""
    return KeyLimit.objects.filter(token=token).select_related("token__seat__desk").first()


def limits_of(tokens: list[Any]) -> dict[Any, Any]:
    """{key's id: its limit} of those that have one. One query."""
    return {limit.token_id: limit for limit in KeyLimit.objects.filter(token__in=[token.pk for token in tokens])}


def keys_ending(now: datetime.datetime, days: int, *, newer: int) -> list[Any]:
    """Live keys that end within `days` but not within `newer`, and were not warned of at that number."""
    within = {
        "expires_at__gt": now + datetime.timedelta(days=newer),
        "expires_at__lte": now + datetime.timedelta(days=days),
    }
    rows = DeskToken.objects.filter(state="live", **within).exclude(told_days=days)
    return list(rows.select_related("seat__desk").order_by("expires_at")[:500])


def administration_of(party: str) -> list[str]:
    """The administration and oversight desks of a party, by code."""
    return [f"{party}.administration", f"{party}.oversight"]


def digest(mark: str) -> str:
    """How a device's mark is kept. It has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(mark.encode()).hexdigest()


def known_device(username: str, mark: str) -> Any:
    """The device with this mark in which the person of this name has signed in before, or None. One query."""
    if not mark:
        return None
    rows = Device.objects.filter(user__username__iexact=username, mark_sha256=digest(mark), state="known")
    return rows.first()


def has_devices(user: Any) -> bool:
    """Whether the person has signed in from anywhere before."""
    return Device.objects.filter(user=user).exists()


def kinds_of(user: Any) -> frozenset[str]:
    """Kinds of second factor that the person has set up."""
    return frozenset(Authenticator.objects.filter(user=user).values_list("type", flat=True)) & BOTH


def sessions_of(user: Any) -> list[Any]:
    """The person's live sessions, the newest first."""
    live = UserSession.objects.purge_and_list(user)
    return sorted(live, key=lambda session: session.created_at, reverse=True)


def session_of(user: Any, pk: int) -> Any:
    """One of the person's own sessions, or None."""
    return UserSession.objects.filter(user=user, pk=pk).first()


def person_named(username: str) -> Any:
    """The account of this name, or None."""
    return User.objects.filter(username__iexact=username).first()


def desk_of(user_id: int) -> tuple[int, int] | None:
    """(desk, seat) at which a person is told of what concerns their account; None for somebody without a seat."""
    seat = Seat.objects.current().filter(user=user_id).order_by("pk").first()
    return (seat.desk_id, seat.pk) if seat else None


def told_of_code(user_id: int, *, since: datetime.datetime) -> Any:
    """The newest note of a code that was tried a second time, not older than `since`; or None. One query."""
    rows = AccountChange.objects.filter(user=user_id, what=AccountChange.What.CODE_AGAIN, at__gt=since)
    return rows.order_by("-at").first()


def administrators_of(party: str | None) -> list[str]:
    """Names of those who administer a party's accounts. Two queries."""
    desks = desk_ids(f"{party}.administration")
    seats = [seat for desk in desks for seat in administrators(desk).select_related("user").order_by("pk")]
    return [seat.user.full_name for seat in seats]


def seats_beside(desk: str, user_id: int) -> list[int]:
    """Seats of all who decide at the desk of this code but one person. Two queries."""
    return [seat.pk for key in desk_ids(desk) for seat in administrators(key).exclude(user=user_id).order_by("pk")]


def administering_ids(party: str | None) -> frozenset[int]:
    """Those who administer a party's accounts. Two queries."""
    desks = desk_ids(f"{party}.administration")
    return frozenset(user for desk in desks for user in administrators(desk).values_list("user", flat=True))


def factor_taking(user: Any, code: str) -> Any:
    """The person's factor that takes this code, which is used up by it; None if none does. One query."""
    for row in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if row.wrap().validate_code(code):
            row.user = user
            return row
    return None


def was_right(user: Any, code: str) -> bool:
    """Whether a refused code is one that the person's factors made and that has been used. Asks the same tables."""
    for row in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        factor = row.wrap()
        if row.type == Authenticator.Type.TOTP and validate_totp_code(decrypt(row.data["secret"]), code):
            return True
        if row.type == Authenticator.Type.RECOVERY_CODES and code in factor.generate_codes():
            return True
    return False


def events_of(user: Any) -> list[AuditRecord]:
    """The newest signings-in, refusals and changes of the account, by whomever. One query."""
    rows = AuditRecord.objects.filter(object_type="people.user", object_id=str(user.pk))
    verbs = [
        *("session.sign_in", "session.sign_out", "session.end", "session.confirm", "password.change"),
        *(
            "factor.add",
            "factor.remove",
            "factor.renew_codes",
            "account.renew",
            "account.suspend",
            "account.reactivate",
        ),
    ]
    return list(rows.filter(verb__in=verbs).order_by("-pk")[:SHOWN])


def directory_of(party: str | None) -> Any:
    """The directory of a party that is in force, with the party, or None. One query."""
    if not party:
        return None
    return Directory.objects.filter(party_id=party, state="in_force").select_related("party").first()


def directories_in_force() -> list[Any]:
    """All directories by which people sign in now, by the name of their party. One query."""
    rows = Directory.objects.filter(state="in_force").select_related("party")
    return sorted(rows, key=lambda row: str(row.party))


def any_directory() -> bool:
    """Whether a party has a directory in force; up to a minute old."""
    return remembered("directories", DIRECTORIES_CACHED_S, Directory.objects.filter(state="in_force").exists)


def forget_directories() -> None:
    """Let the next sign-in page ask anew."""
    forget("directories")


def subject_mark(directory: Any, subject: str) -> str:
    """How a subject of a directory is kept and found again: it means something for this issuer and client alone."""
    return mark_of("\0".join((directory.issuer, directory.client_id, subject)))


def link_of_subject(directory: Any, subject: str) -> Any:
    """The live link of a subject of this directory with its person, or None. One query."""
    rows = DirectoryLink.objects.filter(directory=directory, state="live")
    return rows.filter(subject_mark=subject_mark(directory, subject)).select_related("user").first()


def directory_of_link(link_id: str) -> Any:
    """The directory of a link, live or not, with its party. One query."""
    links = DirectoryLink.objects.filter(pk=link_id)
    return Directory.objects.select_related("party").get(pk__in=links.values("directory"))


def link_of(user: Any) -> Any:
    """The live link of a person with its directory, or None. One query."""
    return DirectoryLink.objects.filter(user=user, state="live").select_related("directory__party").first()
