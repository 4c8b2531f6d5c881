"""Worlds as templates: what a function of the tests makes by actions is made once a process, and then copied.

    @world
    def a_plan(cast): ...

The first test that asks for it has it made as ever. Where that took long, the second has it made in a database of its
own, a template, of which there is a copy: all tests of the process that ask for the same begin there, and what they did
is undone as ever, by rolling back. Worlds stand on each other: `an_item(cast, a_meeting(cast))` is a world, too, made
in a copy of the first. Other processes make their own, since what counts in Python (the next number of a list) would
not go on from a world of theirs.

The copy stands in only where nobody can tell: the test has written nothing besides, is rolled back at its end, changes
neither settings nor the clock, and what the function is given and gives can be pickled. Else the function is simply
called. Each test gets objects of its own. Mails that were sent at the making lie in `mail.outbox` again; what it left
in the cache is not there.
"""

import contextlib
import functools
import hashlib
import pickle
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import psycopg

from tests import clock

COPIES_KEPT = 12
"""Databases of a test process that hold a world; the one that was used longest ago goes first."""
LONG_S = 0.12
"""Processor time from which on a world is worth a template and its copies: these take about as long."""
HERE: list["Worlds"] = []
"""The worlds of this test process, once it has a database."""


def world[**P, R](build: Callable[P, R]) -> Callable[P, R]:
    """Decorator for a function `build(cast, …)` of the tests that makes records by actions."""

    @functools.wraps(build)
    def stand_in(*args: P.args, **kwargs: P.kwargs) -> R:
        if not HERE or not HERE[0].is_untouched():
            return build(*args, **kwargs)
        return HERE[0].give(_key(build, args, kwargs), lambda: build(*args, **kwargs))

    return stand_in


def _key(build: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """What tells a world from others that begin at the same place; "" where an argument cannot be told."""
    digest = hashlib.sha256(f"{build.__module__}.{build.__qualname__}".encode())
    for name, value in [*enumerate(args), *sorted(kwargs.items())]:
        if type(value).__name__ == "Cast":
            continue
        try:
            what = value.__qualname__.encode() if isinstance(value, FunctionType) else pickle.dumps(value)
        except Exception:  # a client, a fixture's closure: pickle names no error for these
            return ""
        digest.update(f"{name}=".encode() + what)
    return digest.hexdigest()[:12]


class Worlds:
    """The databases of worlds that this process has, and the connection to the one in which a test stands."""

    def __init__(self, database: Any) -> None:
        from django.conf import settings
        from django.utils import timezone

        self.database = database
        self.usual = settings._wrapped, timezone.now
        self.copies: OrderedDict[str, Any] = OrderedDict()
        self.plain: Any = None
        """The connection to the process's own database while a test stands in a world."""
        self.place = ""
        """The template of the world in which the running test stands; "" in none."""
        self.worth: dict[str, bool] = {}
        """Whether it pays to keep a world, by the name of its template, of those made here once."""
        self.kept: dict[str, bytes] = {}
        """What the makers gave and the mails they sent, pickled, by the name of the template."""
        self.building = False

    def is_untouched(self) -> bool:
        """Whether a copy may stand in: see the module's docstring."""
        from django.conf import settings
        from django.db import connection
        from django.utils import timezone

        if self.building or clock.is_moved() or self.database.standing != self.database.template:
            return False
        if self.usual != (settings._wrapped, timezone.now) or not connection.in_atomic_block:
            return False
        if not all(block._from_testcase for block in connection.atomic_blocks):
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned()")
            return cursor.fetchone() == (None,)

    def give(self, key: str, build: Callable[[], Any]) -> Any:
        """What the maker gives, where it pays from a world in which the running test stands afterwards."""
        if not key:
            return build()
        name = f"{self.database.name}_" + hashlib.sha256(f"{self.place}/{key}".encode()).hexdigest()[:10]
        if name not in self.worth:
            began = time.process_time()
            made = build()
            self.worth[name] = time.process_time() - began >= LONG_S
            return made
        if not self.worth[name]:
            return build()
        if name not in self.kept:
            try:
                self._make(name, build)
            except Exception:  # it is refused, or gives what cannot be kept: the test shall see it happen
                self.worth[name] = False
                return build()
        return self._enter(name)

    def _enter(self, name: str) -> Any:
        from django.core import mail

        from apps.access.managers import permission_id

        self._move_to(self._copy(name))
        self.place = name
        permission_id.cache_clear()
        made, mails = pickle.loads(self.kept[name])  # of this process
        mail.outbox.extend(mails)
        return made

    def leave(self) -> None:
        """Back to the process's own database, after the test."""
        from django.db import connections

        if self.plain and not connections["default"].in_atomic_block:
            connections["default"], self.plain, self.place = self.plain, None, ""
            connections.settings["default"]["NAME"] = self.database.name

    def drop(self) -> None:
        """Remove the databases."""
        self.leave()
        while self.copies:
            self._drop_oldest()
        with psycopg.connect(self.database.owner_url, autocommit=True) as admin:
            for name in self.kept:
                self.database._drop(admin, name)

    def _make(self, name: str, build: Callable[[], Any]) -> None:
        """Make the template."""
        with psycopg.connect(self.database.owner_url, autocommit=True) as admin:
            with self.database._lock():
                self.database._copy(admin, self.place or self.database.template, name)
            kept = pickle.dumps(self._played(name, build))
        self.kept[name] = kept

    def _played(self, name: str, build: Callable[[], Any]) -> tuple[Any, list[Any]]:
        """(what the maker gave, mails sent by it), played in one transaction in the database of this name, as a test
        would have it: what waits for the end of the transaction never comes."""
        from django.core import mail
        from django.db import connections, transaction

        from apps.access.managers import permission_id

        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # Django's mark for those that tests run in
        usual, before = connections["default"], len(mail.outbox)
        connections["default"] = self._connection_to(name)
        permission_id.cache_clear()
        self.building = True
        try:
            with around:
                made = build()
                connections["default"].run_on_commit.clear()
            mails = mail.outbox[before:]
            del mail.outbox[before:]
            return made, mails
        finally:
            self.building = False
            connections["default"].close()
            connections["default"] = usual

    def _copy(self, template: str) -> Any:
        """A connection to this process's copy of a template."""
        if template not in self.copies:
            if len(self.copies) >= COPIES_KEPT:
                self._drop_oldest()
            name = f"{template}_copy"
            with psycopg.connect(self.database.owner_url, autocommit=True) as admin, self.database._lock():
                self.database._copy(admin, template, name)
            self.copies[template] = self._connection_to(name)
        self.copies.move_to_end(template)
        return self.copies[template]

    def _drop_oldest(self) -> None:
        _template, connection = self.copies.popitem(last=False)
        connection.close()
        with psycopg.connect(self.database.owner_url, autocommit=True) as admin:
            self.database._drop(admin, connection.settings_dict["NAME"])

    def _connection_to(self, name: str) -> Any:
        from django.db import connections

        usual = connections["default"].settings_dict
        # Django has one pool for an alias, whichever the database
        options = {key: value for key, value in usual["OPTIONS"].items() if key != "pool"}
        backend = type(connections["default"])
        return backend({**usual, "NAME": name, "OPTIONS": options}, "default")

    def _move_to(self, connection: Any) -> None:
        """The test's transactions end where nothing was written, and begin anew in the world."""
        from django.db import connections

        left = connections["default"]
        self.plain = self.plain or left
        blocks = list(left.atomic_blocks)
        left._rollback()
        left.savepoint_ids, left.atomic_blocks, left.run_on_commit = [], [], []
        left.in_atomic_block = left.needs_rollback = False
        left.set_autocommit(True)
        connections["default"] = connection
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"]
        for block in blocks:
            block.__enter__()


@contextlib.contextmanager
def of_process(database: Any) -> Iterator[None]:
    """The worlds of this test process, while it has its database."""
    worlds = Worlds(database)
    HERE.append(worlds)
    try:
        yield
    finally:
        HERE.remove(worlds)
        worlds.drop()


def leave() -> None:
    """Out of the world in which the test that has ended stood."""
    for worlds in HERE:
        worlds.leave()
