"""`manage.py rewrite_keys`: give stored names the search keys of this matcher.

The embedded database has it run at the first start after the matcher changed; for another the operator runs it.
"""

from typing import Any

from django.core.management.base import BaseCommand

from apps.entities.loaders import reference as entities
from apps.journeys.loaders import keys as jrcc
from apps.screening.loaders import reference as screening


class Command(BaseCommand):
    help = "Rewrite the search keys of watchlist entries, travellers, and names in reports; idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = screening.rewrite_keys(), jrcc.rewrite_keys(), entities.rewrite_keys()
        self.stdout.write("{} entries, {} travellers, {} names".format(*counts))
