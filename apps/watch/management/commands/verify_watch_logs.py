"""`manage.py verify_watch_logs`: walk the log of every desk, as verify_audit walks the audit."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.watch.queries.log import walk_logs


class Command(BaseCommand):
    help = "Recompute every link of every watch log; exit 1 with the first break."

    def handle(self, *args: Any, **options: Any) -> None:
        watches, entries, fault = walk_logs()
        if fault:
            self.stdout.write(f"broken: {fault}")
            sys.exit(1)
        self.stdout.write(f"{watches} watches, {entries} entries, verified")
