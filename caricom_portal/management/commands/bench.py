"""`manage.py bench NAME --json` (CONTRACT.md): figures with units in their names."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal.bench import intake, pages


class Command(BaseCommand):
    help = "Measure pages or intake in a database of its own, removed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=["pages", "intake"])
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument("--travellers", type=int, default=200_000, help="persons in the database (pages)")
        parser.add_argument("--rounds", type=int, default=30, help="times that each thing is measured")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] == "pages":
            figures = pages.run(travellers=options["travellers"], rounds=options["rounds"])
        else:
            figures = intake.run(rounds=options["rounds"])
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:28} {json.dumps(value, indent=2) if isinstance(value, dict) else value}")
