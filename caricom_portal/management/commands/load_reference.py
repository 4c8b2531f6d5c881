"""`manage.py load_reference`: bring reference data up to the seed files; run at each start."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.access.manifest import registry
from apps.access.write_guard import writing


class Command(BaseCommand):
    help = "Load parties, functions, desks, carriers and deadlines from apps/*/seed; idempotent."

    @writing("reference data")
    def handle(self, *args: Any, **options: Any) -> None:
        counts: dict[str, int] = {}
        for app in registry.apps.values():
            if app.reference:
                counts |= app.found(app.reference)()
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
