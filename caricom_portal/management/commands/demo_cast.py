"""`manage.py demo_cast --json`: the people of the demonstration (CONTRACT.md)."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal.demonstration import find_part


class Command(BaseCommand):
    help = "Print the demonstration people with their passwords; refused unless PORTAL_DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON array")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There is no demonstration here: PORTAL_DEMO is not 1.")
        cast = find_part("people").cast()
        if options["json"]:
            self.stdout.write(json.dumps(cast, ensure_ascii=False))
            return
        for person in cast:
            desks = ", ".join(seat["desk"] for seat in person["seats"])
            second = f", code from secret {person['totp_secret']}" if person["totp_secret"] else ""
            self.stdout.write(f"{person['username']:34} {person['password']}{second} ({desks})")
