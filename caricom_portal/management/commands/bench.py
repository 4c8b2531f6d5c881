"""`manage.py bench NAME --json` (CONTRACT.md): figures with units in their names."""

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal.bench import coedit, intake, pages, screening, search, streams, taxii


class Command(BaseCommand):
    help = "Measure one part of the portal in a database of its own, removed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=["pages", "intake", "screening", "search", "streams", "taxii", "coedit"])
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument(
            "--travellers",
            type=int,
            help="persons (pages: 200,000; screening: 2,000)",
        )
        parser.add_argument("--objects", type=int, default=100_000, help="STIX objects in the collection (taxii)")
        parser.add_argument("--reports", type=int, default=200_000, help="shared reports in the database (search)")
        parser.add_argument("--editors", type=int, default=30, help="sockets that write one text (coedit)")
        parser.add_argument("--streams", type=int, default=100, help="live streams of different desks (streams)")
        parser.add_argument(
            "--seconds",
            type=int,
            help="of typing, twice (coedit: 20); of lists at 10,000 an hour (streams: 30; intake: 0, at most 2,800)",
        )
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
        elif options["name"] == "coedit":
            figures = coedit.run(editors=options["editors"], seconds=options["seconds"] or 20, rounds=options["rounds"])
        elif options["name"] == "streams":
            figures = streams.run(streams=options["streams"], seconds=options["seconds"] or 30)
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
            figures = intake.run(rounds=options["rounds"], seconds=min(options["seconds"] or 0, 2_800))
        self._print(figures, as_json=options["json"])
        if figures.get("failures"):
            raise SystemExit(1)

    def _print(self, figures: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:28} {json.dumps(value, indent=2) if isinstance(value, dict) else value}")
