"""Reading a passenger or crew list on the command line: what the portal would store, and nothing is stored."""

from __future__ import annotations

import argparse
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.manifests import paxlst
from apps.manifests.paxlst.grade import add_multiple_submissions

_SHOWN = {"info": "understood", "warning": "repaired or doubtful", "error": "to be corrected", "fatal": "unreadable"}


def moment(text: str) -> datetime:
    """The moment of `--as-of`, ISO 8601."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text} is no date and time such as 2026-11-25T10:00") from wrong


class Command(BaseCommand):
    """Needs no database, no services and no network."""

    help = "Read passenger or crew lists (PAXLST, CSV, XLSX, JSON) and print what was understood."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, form of the output, and the moment taken as now."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file as received; - reads standard input")
        parser.add_argument("--json", action="store_true", help="one JSON object per file on standard output")
        parser.add_argument("--as-of", type=moment, default=None, metavar="TIME", help="the moment taken as now")
        parser.add_argument("--all", action="store_true", help="a JSON array with one object per list in the file")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print one line of JSON, or a report, for each file in the order given."""
        names: list[str] = options["files"]
        self._refuse_unreadable(names)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        for name in names:
            objects = paxlst.read(_bytes_of(name), as_of=options["as_of"])
            if options["json"]:
                self._print_json(objects, everything=options["all"])
            else:
                self._print_report(name, objects)

    def _refuse_unreadable(self, names: list[str]) -> None:
        """Nothing is printed when one of the files cannot be opened."""
        for name in names:
            if name == "-":
                continue
            try:
                with Path(name).open("rb"):
                    pass
            except OSError as wrong:
                raise CommandError(f"{name} cannot be opened: {wrong.strerror}", returncode=2) from wrong

    def _print_json(self, objects: list[dict[str, Any]], *, everything: bool) -> None:
        shown: Any = objects
        if not everything:
            shown = objects[0] if len(objects) == 1 else add_multiple_submissions(objects[0], len(objects))
        self.stdout.write(json.dumps(shown, ensure_ascii=False))

    def _print_report(self, name: str, objects: list[dict[str, Any]]) -> None:
        for obj in objects:
            self.stdout.write(f"{name}: {obj['grade'].replace('_', ' ')}")
            self.stdout.write(f"  {_flight_line(obj)}, {len(obj['travellers'])} travellers")
            for finding in obj["findings"]:
                place = f" (segment {finding['position']})" if finding.get("position") else ""
                self.stdout.write(f"  {_SHOWN[finding['severity']]}: {finding['text']}{place} [{finding['code']}]")


def _bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _flight_line(obj: dict[str, Any]) -> str:
    flight = obj["flight"]
    if not flight:
        return "flight unknown"
    number = f"{flight['carrier'] or ''} {flight['number'] or ''}".strip() or "number unknown"
    legs = ", ".join(f"{leg['from'] or '?'}-{leg['to'] or '?'}" for leg in flight["legs"])
    return f"{(obj['message'] or {}).get('type') or 'list'}, {number}, {flight['date'] or 'date unknown'}, {legs}"
