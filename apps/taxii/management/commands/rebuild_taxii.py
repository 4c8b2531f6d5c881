"""`manage.py rebuild_taxii [--check]`: what programs may fetch, compared with the rule of release and put right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.people.queries import service_actor
from apps.taxii.actions import publication
from apps.taxii.queries import publication as queries
from apps.taxii.queries.texts import texts_of


class Command(BaseCommand):
    help = "Bring the TAXII collections up to what the rule of release says now; idempotent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if something would change")

    def handle(self, *args: Any, **options: Any) -> None:
        clock = service_actor("RIFC.automation", request_id="rebuild_taxii")
        threads, wrong = queries.threads(), 0
        for thread in threads:
            wanted = queries.wanted(thread)
            found = publication.steps(thread, wanted, texts_of(wanted.versions, timezone.now()))
            wrong += bool(found)
            if found and not options["check"]:
                publication.offer_to_taxii(clock, None, thread=thread)
        if wrong and options["check"]:
            raise CommandError(f"{wrong} of {len(threads)} reports are not offered as the rule says.")
        self.stdout.write(f"{len(threads)} reports, {wrong} put right")
