"""`manage.py draw_api [--check]`: write docs/reference/api/*.md from the description beside them, or compare."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal import description_files, drawings


class Command(BaseCommand):
    help = "List the addresses of the API in docs/reference/api, a page for each app."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit 1 when a page is old")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = drawings.addresses(description_files.read_whole())
        old = drawings.brought_up(description_files.FOLDER, pages, write=not options["check"])
        if old and options["check"]:
            raise CommandError(f"{', '.join(old)}: not what the description says; run manage.py draw_api")
