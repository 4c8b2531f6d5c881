"""`manage.py verify_audit`: walk every chain (CONTRACT.md, operators' commands)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.queries import walk_chains


class Command(BaseCommand):
    help = "Recompute every link of every audit chain; exit 1 with the first break."

    def handle(self, *args: Any, **options: Any) -> None:
        report = walk_chains()
        self.stdout.write(report.line())
        if report.broken:
            sys.exit(1)
