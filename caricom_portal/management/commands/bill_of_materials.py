"""`manage.py bill_of_materials [--file NAME]`: what the running portal is made of, as CycloneDX 1.5."""

import json
import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal import bill_of_materials


class Command(BaseCommand):
    help = "Write the software bill of materials (CycloneDX 1.5, JSON): packages, versions, hashes, licences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="write it there instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        lock = bill_of_materials.LOCK
        project = tomllib.loads((lock.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        found = bill_of_materials.bill(project["version"], lock.read_text(encoding="utf-8"))
        text = json.dumps(found, indent=2)
        if options["file"]:
            options["file"].write_text(text + "\n", encoding="utf-8")
            self.stdout.write(f"{len(found['components'])} packages: {options['file']}")
        else:
            self.stdout.write(text)
