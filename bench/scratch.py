"""A database for one benchmark: made by the owner, used as the application's role, removed afterwards."""

import contextlib
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from caricom_portal.memory import settle
from caricom_portal.scratch import GRANTS, empty_database
from demo import people


@contextlib.contextmanager
def scratch_database() -> Iterator[None]:
    """Let Django's connection use a fresh, migrated database with the reference data and the cast.

    The process has then settled as a server does: what is measured includes no round over the code of all rooms.
    """
    with empty_database("bench") as (address, use):
        with psycopg.connect(address, autocommit=True) as bare:
            bare.execute(GRANTS)
        call_command("migrate", verbosity=0, interactive=False)
        use(False)
        call_command("load_reference", verbosity=0)
        people.load_cast()
        settle()
        yield


@contextlib.contextmanager
def scratch_portal() -> Iterator[None]:
    """A scratch database whose pages a test client may ask for: static files need not be collected for them.

    Part of the cast has no second factor.
    """
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with (
        override_settings(
            ALLOWED_HOSTS=["testserver"], STORAGES=settings.STORAGES | plain, REQUIRE_SECOND_FACTOR=False
        ),
        scratch_database(),
    ):
        yield


def analyse() -> None:
    """Let the planner know the data, as autovacuum would after a while."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()[0]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
