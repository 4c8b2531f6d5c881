"""To whom a report can go: desks by code, parties by their point of contact, groups, and persons by name."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from apps.people.models import Desk, Seat
from apps.rifc import policy
from apps.rifc.queries import vocabulary
from apps.rifc.queries.rule import kinds_of_parties, members


def receiving_desks(kind: str = "") -> Any:
    """Active desks that a report of a kind can be sent to, by code: none that runs the portal, none of a carrier."""
    functions = policy.CISNET | (policy.READERS if kind in {"", "product"} else frozenset())
    rows = Desk.objects.filter(active=True, function_id__in=functions).select_related("party", "function")
    return rows.order_by("party__short_name", "code")


def expanded(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """(codes of desks, words that mean nobody) of desk codes, party codes (their point of contact) and groups."""
    desks: list[str] = []
    unknown: list[str] = []
    known = set(receiving_desks().values_list("code", flat=True))
    groups = vocabulary.terms("group", vocabulary.today())
    kinds: dict[str, str] = kinds_of_parties() if any(word in groups for word in words) else {}
    mou = members() if kinds else {}
    for word in words:
        if word in groups:
            about = groups[word].extra
            parties = sorted(p for p, kind in kinds.items() if kind in about["kinds"] and p in mou)
            desks += [f"{party}.contact" for party in parties if f"{party}.contact" in known] + about["desks"]
        elif word in known:
            desks.append(word)
        elif f"{word}.contact" in known:
            desks.append(f"{word}.contact")
        else:
            unknown.append(word)
    return list(dict.fromkeys(desks)), unknown


def seats_of(usernames: Collection[str]) -> list[Any]:
    """All seats in force of these people at desks of the community, the highest first. One query."""
    rows = Seat.objects.current().filter(user__username__in=usernames, desk__function_id__in=policy.CISNET)
    rows = rows.exclude(kind=Seat.Kind.SERVICE).select_related("user", "desk__party", "desk__function")
    return list(rows.order_by("-rank", "pk"))


def people(usernames: Iterable[str]) -> tuple[list[Any], list[str]]:
    """(the highest seat of each person at desks of the community, by user name; names that are nobody's).

    Of two as high the older one counts: whoever is seconded as well is reached at home.
    """
    wanted = list(dict.fromkeys(usernames))
    seats = {seat.user.username: seat for seat in reversed(seats_of(wanted))}
    return [seats[name] for name in wanted if name in seats], [name for name in wanted if name not in seats]


def audience(codes: Iterable[str]) -> dict[str, int]:
    """{desk code: people in force there} for those named, desks without people included. One query."""
    wanted = list(codes)
    found = dict.fromkeys(wanted, 0)
    rows = Seat.objects.current().filter(Q(desk__code__in=wanted)).exclude(kind=Seat.Kind.SERVICE)
    for code in rows.values_list("desk__code", flat=True):
        found[code] += 1
    return found
