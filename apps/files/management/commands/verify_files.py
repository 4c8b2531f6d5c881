"""`manage.py verify_files`: read every stored byte and compare it with its hash."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.files.queries.attachments import damaged


class Command(BaseCommand):
    help = "Recompute the hash of every stored file; exit 1 and name each that is missing or changed."

    def handle(self, *args: Any, **options: Any) -> None:
        words = {"missing": "missing", "length": "its length has changed", "content": "its content has changed"}
        files = broken = 0
        for blob, fault in damaged():
            files += 1
            if fault:
                broken += 1
                self.stdout.write(f"damaged: {blob.sha256}: {words[fault]}")
        self.stdout.write(f"{files} files, {broken} damaged" if broken else f"{files} files, verified")
        if broken:
            sys.exit(1)
