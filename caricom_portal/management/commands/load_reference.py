"""`manage.py load_reference`: bring reference data up to the seed files; run at each start."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.council import reference as council
from apps.entities import reference as entities
from apps.exchange import reference as exchange
from apps.gateway import reference as gateway
from apps.impacs import reference as impacs
from apps.jrcc import reference as jrcc
from apps.notices import reference as notices
from apps.operations import reference as operations
from apps.oversight import reference as oversight
from apps.people import reference as people
from apps.protection import reference as protection
from apps.region import reference as region
from apps.reports import reference as reports
from apps.rifc import reference as rifc
from apps.screening import reference as screening
from apps.watch import reference as watch


class Command(BaseCommand):
    help = "Load parties, functions, desks, carriers and deadlines from apps/*/seed; idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = people.load() | region.load() | notices.load() | jrcc.load() | council.load()
        counts |= impacs.load() | rifc.load() | reports.load() | exchange.load() | watch.load() | entities.load()
        counts |= screening.load()
        counts |= gateway.load()
        counts |= oversight.load() | operations.load() | protection.load()
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
