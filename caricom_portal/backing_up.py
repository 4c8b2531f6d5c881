"""This portal's backups: where its state lies, and when one was last made and last proven to come back."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from caricom_portal.scratch import owner_url
from caricom_portal.services.backups import Places
from caricom_portal.services.locate import given_urls
from caricom_portal.services.prepare import stamps_path


def places() -> Places:
    """Where this portal's state lies."""
    stamps = stamps_path(settings.HOME) if "DATABASE_URL" not in given_urls() else None
    return Places(settings.HOME, owner_url(), settings.FILE_ROOT, settings.DROP_ROOT, stamps)


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


def _note() -> Path:
    return Path(settings.HOME) / "backups.json"
