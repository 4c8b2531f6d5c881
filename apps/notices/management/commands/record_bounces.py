"""`manage.py record_bounces FILE…`: note which mails came back, from delivery status notifications (RFC 3464)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.access.manifest import registry
from apps.access.refusal import Refused
from apps.notices import actions, queries
from apps.notices.models import Delivery
from apps.notices.rules import bounces
from apps.people.queries import service_actor


class Command(BaseCommand):
    help = "Read mails (.eml) or an mbox of delivery status notifications and note the deliveries that failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="one mail each, or an mbox")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = service_actor(queries.CLOCK, request_id="bounces")
        noted = unknown = 0
        for path in options["files"]:
            try:
                found = list(bounces.read_file(path))
            except OSError as missing:
                raise CommandError(f"{path} cannot be read: {missing.strerror}") from missing
            for bounce in found:
                if self._note(actor, bounce) or any(
                    note(bounce) for note in registry.offered("notices.bounces").values()
                ):
                    noted += 1
                else:
                    unknown += 1
        self.stdout.write(f"{noted} bounces noted, {unknown} of mails that are not open here")

    def _note(self, actor: Any, bounce: bounces.Bounce) -> bool:
        batch = queries.batch_of(bounce.message_id)
        row = Delivery.objects.visible_to(actor).filter(pk=batch).first() if batch else None
        if row is None:
            return False
        try:
            actions.bounce_mail(actor, row, why=bounce.status)
        except Refused:
            return False
        return True
