"""What happens at the entrance, written into the audit: codes, never passwords, never what was typed as a name."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.audit import actions as audit
from apps.entrance.queries.sign_in import person_named
from apps.entrance.refusals import Refusals
from apps.entrance.rules import browsers
from apps.people.models import User

SAID_AGAIN_S = 300


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the entrance, in no seat yet. Without a person: we do not know who it was."""

    user_id: int
    person: str
    party_code: str
    request_id: str
    address: str | None
    via: str = "web"
    seat_id: int = 0
    role: str = ""
    desk_id: int = 0
    desk_code: str = ""
    function: str = ""
    rank: int = 0


def done(request: Any, user: Any, verb: str, **detail: Any) -> None:
    """A person did something with their own access."""
    visitor = Visitor(user.pk, user.username, user.home_party_id or "", *_asked(request))
    audit.append([audit.entry(visitor, verb, user, outcome="done", detail=detail)])


def changed(request: Any, user: Any, what: str) -> None:
    """Have a person told of a change (AccountChange.What) made with their account from this browser."""
    request_id, address = _asked(request)
    device = browsers.in_words(request.headers.get("User-Agent", ""))
    payload = {"what": what, "at": timezone.now().isoformat(), "device": device, "address": address}
    outbox.write("account.touched", user, payload, request_id=request_id)


def beside(request: Any, user: Any) -> None:
    """Have others told that a person came in beside the directory by which their party lets its people in."""
    day = timezone.now().date().isoformat()
    outbox.write("directory.passed_by", user, {"day": day}, request_id=_asked(request)[0])


def refused(request: Any, user: Any, verb: str, refusal: Refused, **detail: Any) -> None:
    """Somebody was not let in: in the chain of the account's party, without a name for who tried.

    A name that is no account's is not written: it may be a password that was typed one field too early.
    """
    visitor = Visitor(0, "", user.home_party_id or "" if user else "", *_asked(request))
    audit.append([audit.entry(visitor, verb, user or User, outcome="refused", reason=refusal.code, detail=detail)])


def turned_away(request: Any, directory: Any, refusal: Refused, why: str) -> None:
    """Somebody came from a directory and was not let in, or not linked: `why` is the code of what was wrong with it."""
    inside = request.user.is_authenticated
    who = (request.user.pk, request.user.username) if inside else (0, "")
    visitor = Visitor(who[0], who[1], directory.party_id, *_asked(request))
    verb = "directory_link.make" if inside else "session.sign_in"
    detail = {"way": "directory", **({"why": why} if why else {})}
    audit.append([audit.entry(visitor, verb, directory, outcome="refused", reason=refusal.code, detail=detail)])


def hammered(request: Any, username: str, verb: str) -> None:
    """Tries beyond all counts, at most once in five minutes for a name and an address: who hammers fills no chain."""
    tried = f"{username}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(f"entrance:{hashlib.sha256(tried.encode()).hexdigest()}", 1, SAID_AGAIN_S):
        refused(request, person_named(username), verb, Refused(Refusals.TOO_MANY_TRIES))


def _asked(request: Any) -> tuple[str, str | None]:
    return getattr(request, "request_id", ""), request.META.get("REMOTE_ADDR") or None
