"""`manage.py verify_seals`: walk the chain of sealed decisions; exit 1 and the first break."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.council.models import SealedEntry
from apps.council.queries.seals import first_broken


class Command(BaseCommand):
    help = "Check that every sealed decision and correction still reads as it was sealed."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken is not None:
            raise CommandError(f"{broken} is not what was sealed.")
        self.stdout.write(f"{SealedEntry.objects.count()} seals, verified")
