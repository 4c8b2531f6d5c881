"""`manage.py decision_record NUMBER`: the issued record of a sealed decision as a file, for archives and courts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.council.actions import exports as actions
from apps.council.models import Decision
from apps.council.queries import exports as queries
from apps.documents import storage
from apps.documents.queries.downloads import TYPES
from apps.people.queries import service_actor


class Command(BaseCommand):
    help = "Write the issued record of a sealed decision to a folder; issues it first if it never was."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("number", help="for example CONSLE/2026/9/DEC/02")
        parser.add_argument("--format", choices=list(TYPES), default="pdf")
        parser.add_argument("--language", default="", help="with this translation: fr, nl or es")
        parser.add_argument("--to", type=Path, default=Path(), help="folder; here unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        clock = service_actor("IMPACS.automation", request_id="decision_record")
        row = Decision.objects.visible_to(clock).filter(number=options["number"]).first()
        if row is None:
            raise CommandError(f"There is no sealed decision {options['number']}.")
        kind = ".".join(part for part in (queries.DECISION, options["language"]) if part)
        wanted = {"kind": kind, "fmt": options["format"]}
        found = queries.issued(clock, row, **wanted)
        if found is None:
            actions.issue_decision_record(clock, row)
            found = queries.issued(clock, row, **wanted)
        if found is None:
            raise CommandError(f"There is no such record: {kind} as {options['format']}.")
        place = options["to"] / f"{found.number.replace('/', '-')}.{found.format}"
        place.write_bytes(storage.kept(found.sha256))
        self.stdout.write(f"{found.sha256}  {place}")
