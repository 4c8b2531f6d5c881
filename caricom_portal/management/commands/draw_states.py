"""`manage.py draw_states [--check]`: write docs/reference/states from the declared actions, or compare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal import drawings


class Command(BaseCommand):
    help = "Draw the states of every record type into docs/reference/states, a page for each app."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit 1 when a page is old")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "reference" / "states"
        old = drawings.brought_up(folder, drawings.states(), write=not options["check"])
        if old and options["check"]:
            raise CommandError(f"{', '.join(old)}: not what the actions declare; run manage.py draw_states")
