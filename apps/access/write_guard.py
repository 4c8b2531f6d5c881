"""The wall behind declared actions: nothing changes a record past a declared action without a word.

Installed on each connection to the database (apps.people.apps). Before an INSERT, UPDATE or DELETE leaves for the table
of a record, a part, a grant or another thing that has actions, it asks whether an action is under way. Where writing
without one is right, the code says so by name: `with writing("reference data"):`. What a name is for stands in
REASONS, so that a new one is a decision and no habit. With REFUSE_STRAY_WRITES, as in the tests, a stray write raises;
without, it is a line of the security log (docs/decisions/057).

It is a net for mistakes of ours; the wall behind it is PostgreSQL's (apps.access.wall), which `writing` opens too.
Cost: less than a microsecond for a statement that reads, three for one that writes. A COPY of rows passes no wrapper
of Django's: who opens one asks by `ask_for_copy`, and tests/test_doors.py knows who may.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings

from apps.access.database_context import written_context

log = logging.getLogger("portal.security")
WRITES = re.compile(
    r'\A\s*(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO)\s+"?(\w+)"?', re.I
)
COPIES = r'COPY\s+"?(\w+)"?(?:\s*\([^)]*\))?\s+FROM\b'
WITHIN = re.compile(rf'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+"?(\w+)"?|\b{COPIES}', re.I)
READS = ("SELECT", "SAVEPO", "RELEAS", "ROLLBA", "SET CO", "FETCH ", "CLOSE ", "DECLAR", "NOTIFY")
"""First six letters of what writes nothing and is asked most."""
REASONS: dict[str, str] = {
    "action": "a declared action is under way (apps.access.declared_actions)",
    "migration": "the schema changes, by the owner of the tables",
    "sign-in": "a person's password, devices, guesses at a code; each is in the audit (apps.entrance.actions.journal)",
    "use of a key": "when a key, a link or an address was last used; it is nobody's act",
    "a new key": "the same texts under a new FIELD_KEY, by whoever may start a command (encrypt_anew)",
    "a clock": "when a hit is looked at next; nothing about the hit changes by it",
    "preferences": "how a person wants pages to look; it is nobody's record",
    "measurement": "figures from a database of their own (bench)",
    "reference data": "what comes with the portal: parties, laws, kinds (load_reference)",
    "demonstration": "fictional people and what they would have done (load_demo)",
}
"""Each name under which records may be written, and why without an action."""

_open: ContextVar[str] = ContextVar("open", default="")
EXEMPT: list[Callable[[], bool]] = []
"""Asked last, before a write is refused: whether whoever writes is let. Tests let themselves arrange what they need."""
OF_SIGNING_IN = re.compile(r'UPDATE "people_user" SET "(?:last_login|password)" = %s WHERE')
"""What Django itself writes when somebody signs in: the time, and the password hashed anew where the cost has grown."""


class StrayWrite(RuntimeError):
    """Something would have changed a record past its actions."""


@contextmanager
def writing(reason: str) -> Iterator[None]:
    """Let the block write records without an action; `reason` is one of REASONS."""
    if reason not in REASONS:
        raise LookupError(f"{reason!r} is no declared reason to write past the actions")
    token = _open.set(reason)
    try:
        with nullcontext() if reason == "action" else written_context(reason):  # an action has the context of its seat
            yield
    finally:
        _open.reset(token)


@cache
def guarded_tables() -> frozenset[str]:
    """Tables of records, parts, grants, and of everything else that an action is declared for."""
    from apps.access.declared_actions import REGISTRY
    from apps.access.models import DeskGrant, Part, Record

    # of other packages' tables with actions (sessions of allauth) the packages are the writers
    acted_on = {spec.model for spec in REGISTRY.values() if spec.model.__module__.startswith("apps.")}
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Record | Part | DeskGrant) or model in acted_on
    )


def ask(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """The wrapper around each statement (Django, "Database instrumentation")."""
    if not _open.get():
        text = sql if isinstance(sql, str) else str(sql)
        if text[:6].upper() not in READS:
            look(text)
    return execute(sql, params, many, context)


def ask_for_copy(sql: str) -> None:
    """Ask of a COPY into a table what `ask` asks of each other statement; before the cursor is given it."""
    if not _open.get():
        look(sql)


def look(text: str) -> None:
    """StrayWrite, or a line in the log, for a statement that changes a guarded table."""
    start = WRITES.match(text)
    named = [start.group(1)] if start else [one or other for one, other in WITHIN.findall(text)]
    stray = next((table for table in named if table in guarded_tables()), "")
    if not stray or OF_SIGNING_IN.match(text) or any(exempt() for exempt in EXEMPT):
        return
    if settings.REFUSE_STRAY_WRITES:
        raise StrayWrite(f"{stray} is changed outside of any action: {text[:80]}")
    log.error("stray write", extra={"error": stray})


def install(connection: Any, **_about: Any) -> None:
    """Stand at a connection; for django.db.backends.signals.connection_created."""
    if ask not in connection.execute_wrappers:
        connection.execute_wrappers.append(ask)


def migrating(**_about: Any) -> None:
    """For pre_migrate: what follows is a migration's, unless whoever migrates has a reason already (bench)."""
    if not _open.get():
        _open.set("migration")


def migrated(**_about: Any) -> None:
    """For post_migrate: no longer."""
    if _open.get() == "migration":
        _open.set("")
