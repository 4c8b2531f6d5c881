"""`manage.py verify_audit`: walk every chain (CONTRACT.md, operators' commands), and compare them with kept anchors."""

import sys
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand

from apps.audit import anchors, exports
from apps.audit.queries import unlike, walk_chains


class Command(BaseCommand):
    help = "Recompute every link of every audit chain; exit 1 with the first break."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="an anchor kept outside the database: the chains must still hold what it holds; may be repeated",
        )
        parser.add_argument(
            "--export",
            action="append",
            default=[],
            type=Path,
            metavar="ARCHIVE",
            help="a signed archive of the audit: its signatures and seals, and that the chains still hold them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [fault for path in options["anchor"] if (fault := self._fault(path))]
        faults += [fault for path in options["export"] if (fault := self._fault_of_export(path))]
        for fault in faults:
            self.stdout.write(f"broken: {fault}")
        report = walk_chains()
        self.stdout.write(report.line())
        if report.broken or faults:
            sys.exit(1)

    def _fault(self, path: Path) -> str:
        """What is wrong with a kept anchor or with the chains that it witnesses; "" for nothing, which is then said."""
        try:
            kept = anchors.read(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            return f"anchor {path}: {error}"
        if wrong := kept.fault():
            return f"anchor {path}: {wrong}"
        if rewritten := unlike(kept.heads):
            first = rewritten[0]
            return f"chain {first.stream}, record {first.seq}: not what the anchor of {kept.day.isoformat()} witnesses"
        self.stdout.write(f"anchor of {kept.day.isoformat()}: {len(kept.heads)} chains, as witnessed")
        return ""

    def _fault_of_export(self, path: Path) -> str:
        """What is wrong with an archive, or with the chains that it was taken from; "" for nothing, which is said."""
        try:
            fault, count = exports.checked(path)
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            return f"export {path}: {error}"
        if fault:
            return f"export {path}: {fault}"
        self.stdout.write(f"export {path.name}: {count} entries, as sealed")
        return ""
