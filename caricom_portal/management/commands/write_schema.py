"""`manage.py write_schema [--check]`: write the description of the API into docs/reference/api, or compare."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal import description_files, drawings


class Command(BaseCommand):
    help = "Describe the API in OpenAPI 3.1, a file for each app in docs/reference/api; a warning is a failure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit 1 when a file is old")

    def handle(self, *args: Any, **options: Any) -> None:
        with TemporaryDirectory() as folder:
            whole = Path(folder) / "openapi.yaml"
            call_command("spectacular", "--file", str(whole), "--validate", "--fail-on-warn")
            described = description_files.parse(whole)
        files = description_files.files_of(described)
        old = drawings.brought_up(description_files.FOLDER, files, write=not options["check"])
        if old and options["check"]:
            raise CommandError(f"{', '.join(old)}: not what the API is; run manage.py write_schema")
