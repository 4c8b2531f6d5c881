"""`manage.py load_demo`: the cast and a living day around the region, built through the actions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.access import outbox
from apps.access.short_cache import keeping
from apps.access.write_guard import writing
from caricom_portal.demonstration import find_part


class Command(BaseCommand):
    help = "Load the demonstration: fictional people, lists and journeys. Idempotent; needs PORTAL_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is loaded only with PORTAL_DEMO=1.")
        scenes = find_part("scenes")
        with outbox.held(), keeping(), writing("demonstration"):
            counts = {scene.counts: scene.load() for scene in scenes.find_scenes()}
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
