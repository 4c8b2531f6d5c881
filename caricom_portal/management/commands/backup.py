"""`manage.py backup FILE`: the whole state of this portal in one file (CONTRACT.md, operators' commands)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from apps.audit.queries import walk_chains
from caricom_portal.backing_up import note, places
from caricom_portal.services import backups


class Command(BaseCommand):
    help = "Write database, files, watched folders and own keys into FILE while the portal runs; mode 0600."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        made_at = timezone.now().isoformat(timespec="seconds")
        with transaction.atomic(), connection.cursor() as cursor:
            # what is walked here and what is dumped below are the rows of one moment
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # the dump asks in sessions of its own
            verified = walk_chains().line()
            manifest = backups.write(file, places(), made_at=made_at, verified=verified, snapshot=snapshot)
        note("made", at=made_at, file=file, members=len(manifest.sha256))
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes, {len(manifest.sha256)} members; {verified}")
