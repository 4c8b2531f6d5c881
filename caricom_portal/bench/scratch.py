"""A database for one benchmark: made by the owner, used as the application's role, removed afterwards."""

import contextlib
import os
from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote, urlparse

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from apps.access.managers import permission_id
from apps.people import demo as people
from caricom_portal.memory import settle

GRANTS = """
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO portal_app;
"""


@contextlib.contextmanager
def scratch_database() -> Iterator[None]:
    """Let Django's connection use a fresh, migrated database with the reference data and the cast.

    The process has then settled as a server does: what is measured includes no round over the code of all rooms.
    """
    if not settings.DATABASE_OWNER_URL:
        raise CommandError("A benchmark makes a database of its own: set DATABASE_OWNER_URL.")
    name, connection = f"bench_{os.getpid()}", cast("DatabaseWrapper", connections["default"])
    owner, kept = urlparse(settings.DATABASE_OWNER_URL), dict(connection.settings_dict)

    def use(**login: str | None) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update({**kept, **login})
        permission_id.cache_clear()

    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as bare:
                bare.execute(GRANTS)
            use(NAME=name, USER=owner.username, PASSWORD=unquote(owner.password or ""))
            call_command("migrate", verbosity=0, interactive=False)
            use(NAME=name)
            call_command("load_reference", verbosity=0)
            people.load_cast()
            settle()
            yield
        finally:
            use()
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def analyse() -> None:
    """Let the planner know the data, as autovacuum would after a while."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()[0]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
