"""`manage.py bench NAME --json` (CONTRACT.md): figures with units in their names."""

import json
import os
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.access.write_guard import writing
from bench import backlog, burst, coedit, intake, load, pages, screening, search, streams, taxii, wall

NAMES = ("pages", "intake", "backlog", "lists", "load", "screening", "search", "streams", "taxii", "coedit", "wall")


class Command(BaseCommand):
    help = "Measure one part of the portal in a database of its own, removed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=NAMES)
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument(
            "--travellers",
            type=int,
            help="persons (pages: 200,000; screening: 2,000)",
        )
        parser.add_argument("--objects", type=int, default=100_000, help="STIX objects in the collection (taxii)")
        parser.add_argument("--reports", type=int, default=200_000, help="shared reports in the database (search)")
        parser.add_argument("--notices", type=int, default=50_000, help="notices of all desks (wall)")
        parser.add_argument("--lists", type=int, default=50, help="lists of 20 that come at once (lists, backlog)")
        parser.add_argument(
            "--told", type=int, default=10, help="events that four desks are told of beside (lists, backlog)"
        )
        parser.add_argument("--editors", type=int, default=30, help="sockets that write one text (coedit)")
        parser.add_argument("--streams", type=int, default=100, help="live streams of different desks (streams, load)")
        parser.add_argument("--clients", type=int, default=200, help="that ask without pause (load)")
        parser.add_argument(
            "--seconds",
            type=int,
            help="of typing, twice (coedit: 20); of lists at 10,000 an hour (streams: 30; intake: 0, at most 2,800);"
            " of asking (load: 30)",
        )
        parser.add_argument("--rounds", type=int, default=30, help="times that each thing is measured")
        parser.add_argument("--entries", type=int, default=100_000, help="length of the list (screening)")
        parser.add_argument("--seed", type=int, default=1, help="of the fictional people (screening)")
        parser.add_argument(
            "--workers", type=int, default=os.cpu_count(), help="processes side by side (screening, backlog)"
        )
        parser.add_argument("--hit-rate", type=float, default=0.02, help="travellers on the list (screening)")

    @writing("measurement")
    def handle(self, *args: Any, **options: Any) -> None:
        figures = self._figures(options["name"], options["rounds"], options)
        self._print(figures, as_json=options["json"])
        if figures.get("failures"):
            raise SystemExit(1)

    def _figures(self, name: str, rounds: int, options: dict[str, Any]) -> dict[str, Any]:
        seconds, lists = options["seconds"], options["lists"]
        runs: dict[str, Callable[[], dict[str, Any]]] = {
            "pages": lambda: pages.run(travellers=options["travellers"] or 200_000, rounds=rounds),
            "taxii": lambda: taxii.run(objects=options["objects"], rounds=rounds * 10),
            "backlog": lambda: backlog.run(lists=lists, told=options["told"], workers=max(1, options["workers"])),
            "lists": lambda: burst.run(lists=lists, told=options["told"]),
            "coedit": lambda: coedit.run(editors=options["editors"], seconds=seconds or 20, rounds=rounds),
            "streams": lambda: streams.run(streams=options["streams"], seconds=seconds or 30),
            "load": lambda: load.run(clients=options["clients"], streams=options["streams"], seconds=seconds or 30),
            "search": lambda: search.run(reports=options["reports"], rounds=rounds),
            "wall": lambda: wall.run(notices=options["notices"], rounds=rounds),
            "intake": lambda: intake.run(rounds=rounds, seconds=min(seconds or 0, 2_800)),
            "screening": lambda: self._screening(options),
        }
        return runs[name]()

    def _screening(self, options: dict[str, Any]) -> dict[str, Any]:
        return screening.run(
            entries=options["entries"],
            travellers=options["travellers"] or 2_000,
            seed=options["seed"],
            workers=max(1, options["workers"]),
            hit_rate=options["hit_rate"],
            say=self.stderr.write,
        )

    def _print(self, figures: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:28} {json.dumps(value, indent=2) if isinstance(value, dict) else value}")
