"""This portal's backups: where its state lies, and when one was last made and last proven to come back."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlparse

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from caricom_portal.services.backups import Places
from caricom_portal.services.locate import given_urls
from caricom_portal.services.prepare import stamps_path


def places() -> Places:
    """Where this portal's state lies."""
    if not settings.DATABASE_OWNER_URL:
        raise CommandError("Only the owner of the tables may do this: set DATABASE_OWNER_URL.")
    stamps = stamps_path(settings.HOME) if "DATABASE_URL" not in given_urls() else None
    return Places(settings.HOME, settings.DATABASE_OWNER_URL, settings.FILE_ROOT, settings.DROP_ROOT, stamps)


def noted() -> dict[str, dict[str, Any]]:
    """{"made" | "proven": {at, file, members}} of the last backup and the last proof; {} when there was none."""
    try:
        return json.loads(_note().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def note(what: str, *, at: str, file: Path, members: int) -> None:
    """Remember what was done last, whole or not at all."""
    done = {**noted(), what: {"at": at, "file": file.name, "members": members}}
    draft = _note().with_name(f".backups.{os.getpid()}")
    draft.write_text(json.dumps(done, indent=1), encoding="utf-8")
    draft.replace(_note())


@contextlib.contextmanager
def tried_database(owner_url: str) -> Iterator[str]:
    """The owner's address of an empty database that Django's connection uses for the block; removed afterwards."""
    name, connection = f"try_{os.getpid()}", cast("DatabaseWrapper", connections["default"])
    kept, owner = dict(connection.settings_dict), urlparse(owner_url)

    def use(**login: str | None) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update({**kept, **login})

    with psycopg.connect(owner_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            use(NAME=name, USER=owner.username, PASSWORD=unquote(owner.password or ""))
            yield owner._replace(path=f"/{name}").geturl()
        finally:
            use()
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _note() -> Path:
    return Path(settings.HOME) / "backups.json"
