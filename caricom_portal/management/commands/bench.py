"""`manage.py bench NAME --json` (CONTRACT.md): figures with units in their names."""

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal.bench import intake, pages, screening, search, taxii


class Command(BaseCommand):
    help = "Measure pages, intake, screening, search or TAXII in a database of its own, removed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=["pages", "intake", "screening", "search", "taxii"])
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument(
            "--travellers",
            type=int,
            help="persons (pages: 200,000; screening: 2,000)",
        )
        parser.add_argument("--objects", type=int, default=100_000, help="STIX objects in the collection (taxii)")
        parser.add_argument("--reports", type=int, default=200_000, help="shared reports in the database (search)")
        parser.add_argument("--rounds", type=int, default=30, help="times that each thing is measured")
        parser.add_argument("--entries", type=int, default=100_000, help="length of the list (screening)")
        parser.add_argument("--seed", type=int, default=1, help="of the fictional people (screening)")
        parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes side by side (screening)")
        parser.add_argument("--hit-rate", type=float, default=0.02, help="travellers on the list (screening)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] == "pages":
            figures = pages.run(travellers=options["travellers"] or 200_000, rounds=options["rounds"])
        elif options["name"] == "taxii":
            figures = taxii.run(objects=options["objects"], rounds=options["rounds"] * 10)
        elif options["name"] == "search":
            figures = search.run(reports=options["reports"], rounds=options["rounds"])
        elif options["name"] == "screening":
            figures = screening.run(
                entries=options["entries"],
                travellers=options["travellers"] or 2_000,
                seed=options["seed"],
                workers=max(1, options["workers"]),
                hit_rate=options["hit_rate"],
                say=self.stderr.write,
            )
        else:
            figures = intake.run(rounds=options["rounds"])
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:28} {json.dumps(value, indent=2) if isinstance(value, dict) else value}")
