"""What the operators' page shows: whether each part answers, what waits, what is kept where, and since when."""

import datetime
import importlib.metadata
import os
import platform
from pathlib import Path
from typing import Any

from cryptography import x509
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.audit import signatures
from apps.operations import queries
from apps.oversight.queries.walks import last_walk
from caricom_portal import room_left
from caricom_portal.backing_up import noted
from caricom_portal.bill_of_materials import licence_in_words
from caricom_portal.keys import is_generated
from caricom_portal.operations_parts import parts

PACKAGES = ("django", "psycopg", "celery", "uvicorn", "cryptography", "django-allauth", "django-guardian")
KEYS = ("SECRET_KEY", "FIELD_KEY", "SIGNING_KEY")
BACKUP_AGES = {"made": datetime.timedelta(days=1, hours=6), "proven": datetime.timedelta(days=35)}
"""How old a backup, and the last proof that one comes back, may be before the page warns (docs/how-to/operators.md)."""
WALK_AGE = datetime.timedelta(days=1, hours=6)
"""How old the last walk over the audit's chains may be: it is made in the first hour of each day (UTC)."""
CERTIFICATE_DAYS = 30


def storage(database: dict[str, Any]) -> list[dict[str, Any]]:
    """Where data lie, how much it is, and how much room is left; bytes."""
    rows = [{"name": pgettext("words, portal", "Database"), "size": database["size"], "place": ""}]
    for name, root in (
        (pgettext("words, portal", "Files"), settings.FILE_ROOT),
        (pgettext("words, portal", "Watched folders"), settings.DROP_ROOT),
    ):
        rows.append({"name": name, "size": _size(Path(root)), "place": str(root)})
    return [*rows, *(_left(disk) for disk in room_left.disks())]


def _left(disk: room_left.Disk) -> dict[str, Any]:
    return {"name": _("Room left on the disk"), "size": disk.free, "place": ", ".join(disk.folders), "low": disk.is_low}


def _size(root: Path) -> int:
    total = 0
    for folder, _folders, files in os.walk(root):
        for file in files:
            try:
                total += (Path(folder) / file).stat().st_size
            except OSError:
                continue  # gone between being listed and being asked
    return total


def certificates(now: datetime.datetime) -> list[dict[str, Any]]:
    """Certificates that the portal holds itself: that towards INTERPOL's gateway, where one is set."""
    if not settings.INTERPOL_CERTIFICATE:
        return []
    found: dict[str, Any] = {"name": pgettext("words, portal", "Connection to INTERPOL"), "ends": None, "soon": True}
    try:
        text = Path(settings.INTERPOL_CERTIFICATE).read_bytes()
        ends = x509.load_pem_x509_certificate(text).not_valid_after_utc
        found |= {"ends": ends, "soon": ends - now < datetime.timedelta(days=CERTIFICATE_DAYS)}
    except (OSError, ValueError):
        found["name"] = _("Connection to INTERPOL: the file cannot be read")
    return [found]


def versions() -> list[tuple[str, str]]:
    """What runs here, with its licence; all packages are in the bill of materials."""
    own = [("Python", f"{platform.python_version()}, PSF-2.0"), ("Django", _told("django"))]
    return [*own, *((name, _told(name)) for name in PACKAGES[1:])]


def _told(name: str) -> str:
    return f"{importlib.metadata.version(name)}, {licence_in_words(name)}"


def missing_migrations() -> list[str]:
    """Migrations of the portal's own apps that the database has not seen."""
    applied = queries.applied_migrations()
    return [
        f"{config.label}.{file.stem}"
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for file in sorted((Path(config.path) / "migrations").glob("0*.py"))
        if (config.label, file.stem) not in applied
    ]


def backups(now: datetime.datetime) -> list[dict[str, Any]]:
    """The last backup, and the last proof that one comes back."""
    words, known = {"made": pgettext("words, portal", "Last backup"), "proven": _("Last test restore")}, noted()
    rows = []
    for what, age in BACKUP_AGES.items():
        at = datetime.datetime.fromisoformat(known[what]["at"]) if what in known else None
        file = known[what]["file"] if what in known else ""
        rows.append({"name": words[what], "at": at, "file": file, "old": at is None or now - at > age})
    return rows


def chains(now: datetime.datetime) -> dict[str, Any]:
    """The last walk over the chains of the audit: None, broken, too long ago, or well."""
    walk = last_walk()
    return {"walk": walk, "old": walk is None or now - walk.ended_at > WALK_AGE}


def keys() -> list[tuple[str, bool]]:
    """Each key, and whether the portal made it itself."""
    return [(name, is_generated(name)) for name in KEYS]


def overview() -> dict[str, Any]:
    """All of it."""
    now, database = timezone.now(), queries.database()
    return {
        "now": now,
        "parts": parts(now, database),
        "database": database,
        "transactions": queries.open_transactions(),
        "queue": queries.queue(),
        "storage": [*storage(database), *({"table": name, "size": size} for name, size in database["tables"])],
        "certificates": certificates(now),
        "versions": versions(),
        "missing_migrations": missing_migrations(),
        "backups": backups(now),
        "chains": chains(now),
        "keys": keys(),
        "fingerprint": signatures.fingerprint(signatures.public_key()),
    }
