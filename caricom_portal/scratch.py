"""A database for a while: made by the owner of the tables, used by Django's connection, removed afterwards."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import cast
from urllib.parse import unquote, urlparse

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from apps.access.managers import permission_id

GRANTS = """
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO portal_app;
"""
"""What the application's role may do with tables that are made afterwards."""


def owner_url() -> str:
    """The owner's address; CommandError when nobody has given it."""
    if not settings.DATABASE_OWNER_URL:
        raise CommandError("Only the owner of the tables may do this: set DATABASE_OWNER_URL.")
    return str(settings.DATABASE_OWNER_URL)


@contextlib.contextmanager
def empty_database(prefix: str) -> Iterator[tuple[str, Callable[[bool], None]]]:
    """(the owner's address of it, `use`): `use(True)` lets Django come as the owner, `use(False)` as the application.

    Django uses it as the owner at first, and afterwards what it used before.
    """
    url, name = urlparse(owner_url()), f"{prefix}_{os.getpid()}"
    connection = cast("DatabaseWrapper", connections["default"])
    kept = dict(connection.settings_dict)

    def point(**login: str | None) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update({**kept, **login})
        permission_id.cache_clear()

    def use(owner: bool) -> None:
        point(NAME=name, **({"USER": url.username, "PASSWORD": unquote(url.password or "")} if owner else {}))

    with psycopg.connect(url.geturl(), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            use(True)
            yield url._replace(path=f"/{name}").geturl(), use
        finally:
            point()
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
