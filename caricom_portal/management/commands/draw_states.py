"""`manage.py draw_states [--check]`: write docs/states.md from the declared actions, or compare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal import drawings


class Command(BaseCommand):
    help = "Draw the states of every record type into docs/states.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit 1 when the page is old")

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "states.md"
        drawn = drawings.states()
        if not options["check"]:
            page.write_text(drawn, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != drawn:
            raise CommandError("docs/states.md is not what the actions declare: run manage.py draw_states")
