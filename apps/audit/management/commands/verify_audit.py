"""`manage.py verify_audit`: walk every chain (CONTRACT.md, operators' commands), and compare them with anchors."""

import base64
import sys
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand

from apps.audit import anchors, exports, further_checks, receipts, signatures
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

        parser.add_argument(
            "--receipt",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="the receipt of an entry: it stands under its anchor, and the chain still holds it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [fault for path in options["anchor"] if (fault := self._fault(path))]
        faults += [fault for path in options["export"] if (fault := self._fault_of_export(path))]
        faults += [fault for path in options["receipt"] if (fault := self._fault_of_receipt(path))]
        for found, said in further_checks.outcomes():
            faults += found
            for line in said:
                self.stdout.write(line)
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

    def _fault_of_receipt(self, path: Path) -> str:
        """What is wrong with a receipt, or with the chain that it is of; "" for nothing, which is then said."""
        try:
            kept = receipts.read(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            return f"receipt {path}: {error}"
        if wrong := kept.fault():
            return f"receipt {path}: {wrong}"
        if kept.anchor.key != base64.b64encode(signatures.public_key()).decode():
            self.stdout.write(f"receipt {path.name}: its anchor is signed by an earlier key of the portal")
        if unlike([anchors.Head(kept.chain, kept.number, kept.seal.hex())]):
            return f"chain {kept.chain}, record {kept.number}: not what the receipt holds"
        self.stdout.write(f"receipt {path.name}: {kept.chain} {kept.number}, as sealed")
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
