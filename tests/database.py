"""Test databases: one migrated template per state of the migrations, cloned for every test process.

Loaded as a plugin before the settings are read (`-p tests.database`): it gives the tests a home of their own
(`var/test`, or PORTAL_TEST_HOME) and starts the embedded services there when nobody runs them. Several test runs
share the services; their databases are apart. Tables are made by the owner, the tests run as the application's role,
so that missing grants and row-level security show up everywhere.
"""

import contextlib
import fcntl
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote, urlparse

import psutil
import psycopg
import pytest
from psycopg import sql

from caricom_portal.memory import rarely
from caricom_portal.services.embedded import borrowed_services
from caricom_portal.services.homes import PROJECT
from caricom_portal.services.memory_folder import has_room
from caricom_portal.services.prepare import REFERENCE_SOURCES, fingerprint, sources

HOME = Path(os.environ.get("PORTAL_TEST_HOME") or PROJECT / "var" / "test").resolve()
LINGER_S = float(os.environ.get("PORTAL_TEST_LINGER", "60"))
TEMPLATES_KEPT = 12
GRANTS = """
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO portal_app;
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--every-cell`: the table of addresses and seats is asked in full (tests/test_matrix.py)."""
    parser.addoption("--every-cell", action="store_true", help="ask every address in full for every seat")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Have the services before pytest-django reads the settings."""
    rarely()
    os.environ["PORTAL_HOME"] = str(HOME)
    os.environ["REQUIRE_SECOND_FACTOR"] = "0"  # part of the cast has none
    os.environ["PORTAL_UNMARKED_PAGES_FAIL"] = "1"
    os.environ["REFUSE_STRAY_WRITES"] = "1"
    os.environ["PORTAL_HASHED_STATIC"] = "0"  # pages are tested without collecting static files
    services = contextlib.ExitStack()
    in_memory = LINGER_S == 0 and has_room()
    urls = services.enter_context(borrowed_services(HOME, fast=True, in_memory=in_memory, linger_s=LINGER_S))
    os.environ["DATABASE_OWNER_URL"] = urls["DATABASE_OWNER_URL"]
    early_config.add_cleanup(services.close)
    yield
    _look_at_everything()
    _separate_cache()
    _cheap_passwords()


def _look_at_everything() -> None:
    """A test arranges and compares in the portal's name; what it asks by a page or an action is asked by a seat."""
    from apps.access import database_context

    database_context.REASONS["tests"] = "what a test arranges and looks at itself"
    database_context.work_for_portal("tests")


def _separate_cache() -> None:
    """A part of the broker for this process alone: clearing the cache must not disturb a test that runs beside it."""
    from django.conf import settings

    number = 3 + os.getpid() % 60  # 0 to 2 are the portal's own; the embedded Valkey has 64
    settings.CACHES["default"]["LOCATION"] = f"{settings.REDIS_URL}/{number}"


def _cheap_passwords() -> None:
    """Hash as the portal does, but at the least cost: 0.2 s for each password that is set or tried add up."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
    Argon2PasswordHasher.memory_cost = 8


def template_key() -> str:
    """Twelve hexadecimal digits that change with Django, any migration, the reference data or the cast."""
    import django
    from django.apps import apps

    from apps.access import wall

    digest = hashlib.sha256(django.__version__.encode() + GRANTS.encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    digest.update(wall.plan().encode())
    digest.update(fingerprint(sources((*REFERENCE_SOURCES, "demo/people/*"))).encode())
    return digest.hexdigest()[:12]


def run_id() -> int:
    """The same for all processes of a test run: the id of the one that began it."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


class TestDatabase:
    """The database of this test process, a clone of the template, made again at will.

    That takes 0.3 s in memory, and seconds on a busy disk.
    """

    __test__ = False

    def __init__(self, owner_url: str, name: str) -> None:
        from django.db import connections

        self.owner_url = owner_url
        self.name = name
        self.template = f"tpl_{template_key()}"
        self.standing = ""
        """The template that the database was last made from."""
        self.connection: Any = connections["default"]  # PostgreSQL's has a pool, the base class has not
        self.app_login = {key: self.connection.settings_dict[key] for key in ("USER", "PASSWORD")}

    def point_at(self, name: str, **login: str | None) -> None:
        """Let Django's connection use this database from now on."""
        self.connection.close()
        self.connection.close_pool()
        self.connection.settings_dict.update(self.app_login | login | {"NAME": name})

    def clone(self, template: str = "") -> None:
        """Make the database anew from the template, or from another one, and use it."""
        self.point_at("postgres")
        with psycopg.connect(self.owner_url, autocommit=True) as admin, self._lock():
            self._copy(admin, template or self.template, self.name)
        self.standing = template or self.template
        self.point_at(self.name)

    def _copy(self, admin: "psycopg.Connection[tuple[str, ...]]", template: str, name: str) -> None:
        self._drop(admin, name)
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    @contextlib.contextmanager
    def as_owner(self) -> Iterator[None]:
        """Let Django come as the owner of the tables for the block, as `migrate` does."""
        owner = urlparse(self.owner_url)
        self.point_at(self.name, USER=owner.username, PASSWORD=unquote(owner.password or ""))
        try:
            yield
        finally:
            self.point_at(self.name)

    def drop(self) -> None:
        """Remove it."""
        self.point_at("postgres")
        with psycopg.connect(self.owner_url, autocommit=True) as admin:
            self._drop(admin, self.name)

    def make_template(self) -> None:
        """Build the template unless it is there; the other test processes wait for the one that builds."""
        with psycopg.connect(self.owner_url, autocommit=True) as admin, self._lock():
            if not self._is_template(admin, self.template):
                self._drop(admin, self.template)
                admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.template)))
                self._fill_template()
                self._finish(admin, self.template)
            self._drop_old(admin)

    def make_demonstration(self) -> str:
        """Load the demonstration once for all processes of this test run; the name of its template."""
        from django.core.management import call_command
        from django.test import override_settings

        name = f"test_{run_id()}_demonstration"
        with psycopg.connect(self.owner_url, autocommit=True) as admin, self._lock("demonstration"):
            if not self._is_template(admin, name):
                with self._lock():
                    self._copy(admin, self.template, name)
                self.point_at(name)
                # no worker listens, and the demonstration works off what it asks for
                with override_settings(DEMO=True), patch("apps.access.outbox.publish"):
                    call_command("load_demo", verbosity=0, stdout=io.StringIO())
                self.point_at("postgres")
                self._finish(admin, name)
        return name

    def _is_template(self, admin: "psycopg.Connection[tuple[str, ...]]", name: str) -> bool:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate"
        return admin.execute(asked, [name]).fetchone() is not None

    def _finish(self, admin: "psycopg.Connection[tuple[str, ...]]", name: str) -> None:
        """The last step of a template: what a killed build left is none and is built anew."""
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))

    def _fill_template(self) -> None:
        from django.core.management import call_command

        from demo.people import load_cast

        owner = urlparse(self.owner_url)
        with psycopg.connect(self.owner_url, dbname=self.template, autocommit=True) as bare:
            bare.execute(GRANTS)
        self.point_at(self.template, USER=owner.username, PASSWORD=unquote(owner.password or ""))
        call_command("migrate", verbosity=0, interactive=False)
        self.point_at(self.template)
        call_command("load_reference", verbosity=0, stdout=io.StringIO())
        load_cast()
        self.point_at("postgres")

    def _drop_old(self, admin: "psycopg.Connection[tuple[str, ...]]") -> None:
        """Old templates, and databases of test runs that were killed."""
        for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
            pid = name.split("_")[1]
            if pid.isdigit() and not psutil.pid_exists(int(pid)):
                self._drop(admin, name)
        newest_first = "SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%' ORDER BY oid DESC"
        for (name,) in admin.execute(newest_first).fetchall()[TEMPLATES_KEPT:]:
            if name != self.template:
                self._drop(admin, name)

    def _drop(self, admin: "psycopg.Connection[tuple[str, ...]]", name: str) -> None:
        found = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is not None:
            if found[0]:  # one that a killed run left half dropped is no template, and cannot be altered
                admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextlib.contextmanager
    def _lock(self, of: str = "templates") -> Iterator[None]:
        with open(HOME / f"{of}.lock", "w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: "pytest.FixtureRequest") -> Iterator[TestDatabase]:
    """The session's database; a transactional test gets a new clone afterwards instead of a flush.

    A flush would need the right to truncate and would take the reference data with it.
    """
    from django.test import TransactionTestCase

    from tests.worlds import of_process as worlds_of

    if "DATABASE_OWNER_URL" not in os.environ:
        raise pytest.UsageError("no test database: run pytest with `-p tests.database` (addopts in pyproject.toml)")
    database = TestDatabase(os.environ["DATABASE_OWNER_URL"], f"test_{os.getpid()}")
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django has no public type for it
        database.make_template()
        database.clone()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _clone_again(database))
    with worlds_of(database):
        yield database
    patch.undo()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        database.drop()


def _clone_again(database: TestDatabase) -> Callable[..., None]:
    def fixture_teardown(_case: object = None, template: str = "") -> None:
        from django.contrib.contenttypes.models import ContentType

        database.clone(template)
        ContentType.objects.clear_cache()

    return fixture_teardown


@pytest.fixture(scope="module")
def demonstration(django_db_setup: TestDatabase, django_db_blocker: Any) -> Iterator[None]:
    """What `manage.py load_demo` makes, for the tests of a module; loaded once for all modules that ask for it."""
    again = _clone_again(django_db_setup)
    with django_db_blocker.unblock():
        again(template=django_db_setup.make_demonstration())
    yield
    with django_db_blocker.unblock():
        again()
