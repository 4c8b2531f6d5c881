"""`manage.py load_demo`: the cast and a living day around the region, built through the actions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.access import outbox
from apps.access.remembering import keeping
from apps.assessments import demo as assessments
from apps.council import demo as council
from apps.entities import demo as entities
from apps.exchange import demo as exchange
from apps.gateway import demo as gateway
from apps.impacs import demo as impacs
from apps.jrcc import demo as jrcc
from apps.oversight import demo as oversight
from apps.people import demo as people
from apps.protection import demo as protection
from apps.region import demo as region
from apps.reports import demo as reports
from apps.rifc import demo as rifc
from apps.screening import demo as screening
from apps.taxii import demo as taxii
from apps.watch import demo as watch


class Command(BaseCommand):
    help = "Load the demonstration: fictional people, lists and journeys. Idempotent; needs PORTAL_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is loaded only with PORTAL_DEMO=1.")
        with outbox.held(), keeping():
            counts = {
                "people": people.load_cast(),
                "entries": screening.load(),
                "INTERPOL sources": gateway.load(),
                "lists sent": jrcc.load(),
                "decisions": council.load(),
                "reports of States": impacs.load(),
                "steps in the register": region.load(),
                "reports out": reports.load(),
                "shared reports": rifc.load(),
                "requests for information": exchange.load(),
                "bulletins": watch.load(),
                "persons and things": entities.load(),
                "STIX bundles": taxii.load(),
                "assessments": assessments.load(),
                "cases of oversight": oversight.load(),
                "requests of persons": protection.load(),
                "invitations and seats under review": people.load_governing(),
            }
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
