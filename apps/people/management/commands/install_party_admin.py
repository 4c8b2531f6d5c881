"""`manage.py install_party_admin PARTY USERNAME "FULL NAME" [--force]`: the first person of a party."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.access.refusal import Refused
from apps.people import actions
from apps.people.queries import service_actor


class Command(BaseCommand):
    help = "Give a party an account administrator and print the one-time password, once, alone on the last line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("party", help="code, e.g. JAM")
        parser.add_argument("username", help="begins with the code in small letters and a full stop, e.g. jam.brown")
        parser.add_argument("name", metavar="full name", help="as the person writes it, in quotation marks")
        parser.add_argument("--force", action="store_true", help="although the party has an active administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("username", "name", "force")}
        try:
            actor = service_actor("IMPACS.platform", request_id="command")
            user = actions.install_administrator(actor, None, party=options["party"].upper(), **wanted)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        except (Refused, LookupError) as refused:
            raise CommandError(getattr(refused, "message", str(refused))) from refused
        self.stdout.write(f"{user.full_name} administers {user.home_party_id} as {user.username}. One-time password:")
        self.stdout.write(user.secret)
