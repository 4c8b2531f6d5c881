"""For whom PostgreSQL is asked: a seat, the portal itself for a named reason, the entrance, or nobody.

Row-level security (apps.access.wall) reads it from settings of the session. They are not set where a context begins
but before the first statement that needs them, by a wrapper around each statement (Django, "Database
instrumentation"): where nothing has changed since the last statement nothing is sent, and no statement ever runs in
what another request left on a connection of the pool. A page costs two round trips, before it is known who asks and
after.

    with seat_context(actor):            what a page, a program, a socket asks
    with portal_context("worker"):       what is done for nobody: reasons stand in REASONS
    with act_context(actor, "hit.refer"):   the door of actions alone (apps.access.declared_actions)
    with entrance_context():             until it is known who asks: people, keys and sessions, no record
    with wider_reading("gate"):          what a seat's page has to read beyond its seat: reasons stand in WIDER;
                                         `beyond(queryset, "gate")` for a queryset that somebody else reads

Requests begin at the entrance (apps.access.middleware) and get their seat where it is found (`enter`).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import astuple, dataclass, replace
from typing import Any, cast

from apps.access.actor import Actor

REASONS: dict[str, str] = {
    "worker": "clocks, listeners, the intake lane: work of the portal's own desks (caricom_portal.celery)",
    "command": "a management command, by whoever may start one on the server (manage.py)",
    "published": "what anybody reads without an account: the register of decisions, whether a document is true",
    "told of a record": "which desks were told of a record and have said so, for the app that has read it by its door",
    "retention board": "how many records of each kind are due to be removed: numbers alone",
    "who could have seen": "from which seats a record could be read, for its oversight, which does not read it",
    "what a seat would add": "how many records of each kind a seat would show, before it is given: numbers alone",
    "live channels": "whose text is open, whose right has ended, in which order changes are told: for all who listen",
}
"""Each reason for which the portal asks in its own name, and why that is nobody's page."""

WIDER: dict[str, tuple[tuple[str, ...], str]] = {
    "assessment": (("assessments", "rifc"), "readers of a report are told of the joint assessment that it came from"),
    "gate": (("jrcc",), "whether a flight may be let through counts hits that its State does not see"),
    "interpol": (("gateway",), "whether INTERPOL was asked counts at the gate, whoever sees the source"),
    "operations": (("notices",), "how many programs are told of changes: numbers alone"),
    "routes": (("exchange",), "a line's watch reads numbers, desks and moments of requests, no text"),
    "sealed texts": (("rifc",), "holders of keys are told of which report a text is that they need not be cleared for"),
    "sharing": (("rifc",), "what a report rests on and who had it follows from versions of all parties"),
    "thresholds": (("screening",), "thresholds and rules in force, and who was cleared, count for every State"),
    "holds": (("jrcc",), "how many holds by order a party has, by ground: numbers alone"),
    "scores": (("jrcc",), "figures of a carrier or a State count lists of others; nobody else is shown them"),
    "second factors": (("mfa",), "who administers accounts is told whether somebody has a second factor"),
}
"""Each reason for which a seat's page reads beyond its seat: the apps whose tables it opens, and what for."""


@dataclass(frozen=True, slots=True)
class Context:
    """The settings of a session, as PostgreSQL keeps them: texts; "" is none."""

    portal: str = ""
    act: str = ""
    groups: str = "{}"
    clearance: str = ""
    desk: str = ""
    party: str = ""
    user: str = ""
    seat: str = ""
    entrance: str = ""
    wide: str = ""
    behalf: str = ""
    removal: str = ""


REMOVALS: dict[str, str] = {
    "retention": "what a dated rule lets nobody keep any longer",
    "a newer message": "what a carrier said about a booking before is replaced by what it says now",
    "files": "bytes and names that nothing holds any longer, or whose record was removed",
}
"""Each reason for which rows are removed of tables from which nothing else removes any."""

NOBODY = Context()
ENTRANCE = Context(entrance="request")
SET = "SELECT {}; DISCARD PLANS".format(
    ", ".join(f"set_config('app.{name}', %s, false)" for name in (*Context.__slots__, "context"))
)
"""Gives a context, and a name for it; what functions of PostgreSQL have planned for another is planned anew."""
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION")
"""What reads nothing, and is said in a transaction that has failed, or before anything is read in it."""

_wanted: ContextVar[Context | None] = ContextVar("database context", default=None)
_process = [NOBODY]


def current() -> Context:
    """For whom the next statement is asked."""
    return _wanted.get() or _process[0]


@contextmanager
def _context(wanted: Context) -> Iterator[None]:
    before = _wanted.get()
    _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.set(before)  # no token: a coroutine may end in another copy of the context than it began in


def entrance_context() -> Any:
    """Until a seat is known: what says who somebody is, no row of a record. Accounts and sessions are kept here."""
    return _context(ENTRANCE)


def wider_reading(reason: str) -> Any:
    """Beside what the seat sees, all rows of the apps that the reason opens; to read. LookupError for another reason.

    It holds while statements run: a queryset is to be read within, or made with `beyond`.
    """
    areas, _why = WIDER[reason]
    now = current()
    if now.portal or now.act:  # all is open: nothing has to be said to PostgreSQL
        return nullcontext()
    return _context(replace(now, wide=",".join(sorted({*filter(None, now.wide.split(",")), *areas}))))


def removing(reason: str) -> Any:
    """Whoever asks, removing rows of records, of files and of work done. LookupError for a reason not in REMOVALS."""
    if reason not in REMOVALS:
        raise LookupError(f"{reason!r} is no declared reason to remove rows")
    return _context(replace(current(), removal=reason))


def beyond[Rows](rows: Rows, reason: str) -> Rows:
    """A queryset that is read with `wider_reading(reason)`, whenever that is; what comes of it, too, but not the whole
    of a query of which it is made a part. LookupError for an unknown reason."""
    if reason not in WIDER:
        raise LookupError(f"{reason!r} is no declared reason to read beyond a seat")
    read: Any = rows
    wider = read.all()
    wider.query.beyond = reason
    return cast("Rows", wider)


def written_context(reason: str) -> Any:
    """Whoever asks, writing for a reason of apps.access.write_guard, which alone enters it."""
    return _context(replace(current(), act=current().act or reason))


def seat_context(actor: Actor | None) -> Any:
    """What this seat sees; without one nobody's: no row but of reference data."""
    return _context(_of_seat(actor))


def portal_context(reason: str, *, desk: int | None = None) -> Any:
    """Everything, for a reason in REASONS; LookupError for another. `desk`: with the rows that are its own alone."""
    return _context(_of_portal(reason, desk))


def act_context(actor: Actor, verb: str, behalf: Iterable[int] = ()) -> Any:
    """What a declared action of this seat has to touch; entered by the door of actions alone.

    `behalf` are seats in whose names it writes into the audit besides its own: whose wish it approves.
    """
    return _context(replace(_of_seat(actor, verb), behalf=",".join(map(str, sorted(behalf)))))


def enter(actor: Actor | None) -> None:
    """Who asks is known now: to the end of the context in which the request began. Where none began nothing changes."""
    if _wanted.get() is not None:  # else it would stay with the thread
        _wanted.set(ENTRANCE if actor is None else _of_seat(actor))


def work_for_portal(reason: str) -> None:
    """This process works for nobody, in all of its threads: a worker, a command. LookupError for an unknown reason."""
    _process[0] = _of_portal(reason)


def _of_portal(reason: str, desk: int | None = None) -> Context:
    if reason not in REASONS:
        raise LookupError(f"{reason!r} is no declared reason for the portal to ask in its own name")
    return Context(portal=reason, desk="" if desk is None else str(desk))


def _of_seat(actor: Actor | None, verb: str = "") -> Context:
    if actor is None:
        return NOBODY
    groups = "{" + ",".join(map(str, actor.groups)) + "}"
    ids = str(actor.desk_id), actor.party_code, str(actor.user_id), str(actor.seat_id)
    return Context("", verb, groups, str(actor.clearance), *ids)


def follow(execute: Any, sql: Any, params: Any, many: bool, about: Any) -> Any:
    """The wrapper around each statement: first the context in which it is asked, where the connection has another."""
    connection, wanted = about["connection"], current()
    if connection.portal_context is not wanted and connection.portal_context != wanted:
        _give(connection, wanted, sql)
    return execute(sql, params, many, about)


def _give(connection: Any, wanted: Context, sql: Any) -> None:
    if connection.needs_rollback or (isinstance(sql, str) and sql.startswith(OF_TRANSACTIONS)):
        return
    with connection.wrap_database_errors:
        said = astuple(wanted)
        connection.connection.execute(SET, (*said, json.dumps(said)))
    connection.portal_context = wanted


def install(connection: Any, **_about: Any) -> None:
    """Stand at a connection; for django.db.backends.signals.connection_created."""
    if follow not in connection.execute_wrappers:
        connection.execute_wrappers.append(follow)
