"""`manage.py restore FILE`: bring a backup back into an empty home, or prove that it would come back."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from apps.audit.queries import walk_chains
from caricom_portal.backing_up import note, places
from caricom_portal.scratch import empty_database
from caricom_portal.services import backups


class Command(BaseCommand):
    help = "Restore FILE into an empty PORTAL_HOME; prints what verify_audit prints, exit 1 when it differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--prove", action="store_true", help="fill a scratch database beside the running portal, and remove it"
        )

    def handle(self, *args: Any, file: Path, prove: bool, **options: Any) -> None:
        manifest = backups.read_manifest(file)
        if prove:
            with empty_database("try") as (address, _use):
                backups.restore_database(file, address)
                verified = walk_chains().line()
        else:
            where = places()
            backups.refuse_unless_empty(where, manifest)
            backups.restore(file, where)
            verified = walk_chains().line()
        self.stdout.write(verified)
        if verified != manifest.verified:
            self.stderr.write(f"The backup of {manifest.made_at} said: {manifest.verified}")
            sys.exit(1)
        if prove:
            note("proven", at=timezone.now().isoformat(timespec="seconds"), file=file, members=len(manifest.sha256))
