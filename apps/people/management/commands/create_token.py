"""`manage.py create_token --desk CODE --scope read|write --days N [--label TEXT]` (CONTRACT.md)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.people import actions
from apps.people.queries import service_actor


class Command(BaseCommand):
    help = "Make an API key for a desk and print it, once, alone on the last line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", required=True, help="PARTY.function, e.g. JAM.border")
        parser.add_argument("--scope", required=True, choices=["read", "write"])
        parser.add_argument("--days", required=True, type=int, help="1 to 366")
        parser.add_argument("--label", default="", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("desk", "scope", "days", "label")}
        try:
            token = actions.create_token(service_actor("IMPACS.platform", request_id="command"), None, **wanted)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(token.secret)
