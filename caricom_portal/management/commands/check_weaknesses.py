"""`manage.py check_weaknesses --from FILE`: the locked packages against a downloaded list of known weaknesses."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal.bill_of_materials import LOCK, locked
from caricom_portal.weaknesses import Record, UnreadableError, Weakness, known, records

LOCKS = (LOCK, LOCK.with_name("dev.txt"))
FOUND, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "Compare requirements/*.txt with OSV records of PyPI (a zip file or a folder). Ends with 1 if any is found."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="source", type=Path, required=True, help="all.zip of OSV's PyPI records")

    def handle(self, *args: Any, **options: Any) -> None:
        running, tools = ({one.name: one.version for one in locked(path.read_text("utf-8"))} for path in LOCKS)
        try:
            found = list(records(options["source"]))
        except UnreadableError as fault:
            raise CommandError(str(fault), returncode=UNREADABLE) from fault
        weaknesses = sorted(known(tools | running, found), key=lambda one: (one.package, one.names))
        for one in weaknesses:
            self.stdout.write(_line(one, running))
        self.stdout.write(f"{len(weaknesses)} known of {len(tools | running)} packages; {_age(found)}.")
        if weaknesses:
            raise SystemExit(FOUND)


def _line(one: Weakness, running: dict[str, str]) -> str:
    mended = f"fixed in {one.fixed}" if one.fixed else "no version without it is named"
    where = "" if one.package in running else " (not in the running portal)"
    return f"{one.package} {one.version}: {', '.join(one.names)}, {mended}{where}"


def _age(found: list[Record]) -> str:
    newest = max(str(record.get("modified", "")) for record in found)[: len(datetime.date.max.isoformat())]
    return f"{len(found)} records, the newest of {newest or 'no date'}"
