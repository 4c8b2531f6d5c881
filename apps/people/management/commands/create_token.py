"""`manage.py create_token --desk CODE --scope read|write --days N [--label TEXT]` (CONTRACT.md)."""

import getpass
import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.people import actions
from apps.people.queries import service_actor


class Command(BaseCommand):
    help = "Make an API key for a desk and print it, once, alone on the last line; the desk and oversight are told."

    def add_arguments(self, parser: CommandParser) -> None:
        several = "PARTY.function, e.g. JAM.border; several times: one key a line, in this order"
        parser.add_argument("--desk", required=True, action="append", help=several)
        parser.add_argument("--scope", required=True, choices=["read", "write"])
        parser.add_argument("--days", required=True, type=int, help="1 to 366")
        parser.add_argument("--label", default="", help="what it is for")
        levels = "read up to 0 public, 1 official, 2 confidential, 3 secret; all that the desk may read without"
        parser.add_argument("--clearance", type=int, choices=[0, 1, 2, 3], help=levels)

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("scope", "days", "label", "clearance")}
        actor = service_actor("IMPACS.platform", request_id="command")
        for desk in options["desk"]:
            try:
                token = actions.create_api_key(actor, None, desk=desk, operator=_operator(), **wanted)
            except ValidationError as wrong:
                raise CommandError(" ".join(wrong.messages)) from wrong
            self.stdout.write(token.secret)


def _operator() -> str:
    """The account of the machine that runs the command; its number where it has no name, as in some containers."""
    try:
        return getpass.getuser()[:60]
    except (OSError, KeyError):
        return f"uid {os.getuid()}"
