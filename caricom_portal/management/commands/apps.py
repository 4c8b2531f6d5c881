"""`manage.py apps`: each app of the portal, its layer, and what its manifest joins to the others."""

from typing import Any

from django.apps import apps as installed
from django.core.management.base import BaseCommand, CommandParser

from apps.access.declared_actions import REGISTRY
from apps.access.manifest import App, registry
from caricom_portal.layers import layers


class Command(BaseCommand):
    help = "Print the apps of the portal, the lowest layer first, with all that they declare."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="only these apps, for example: watch council")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = {name: number for number, layer in enumerate(layers(), start=1) for name in layer}
        for app in registry.apps.values():
            if not options["names"] or app.name in options["names"]:
                self.stdout.write(f"{app.name}, layer {numbers[app.root]} of {max(numbers.values())}")
                for part, lines in declared(app).items():
                    self.stdout.write("".join(f"  {part:<12}{line}\n" for line in lines), ending="")


def declared(app: App) -> dict[str, list[str]]:
    """{part: a line for each thing} of what an app declares, its models and its verbs."""
    verbs = sorted(verb for verb, spec in REGISTRY.items() if spec.body.__module__.startswith(f"{app.root}."))
    return {
        "address": [f"/{one.address}" for one in app.pages] + [f"/{address}" for address in app.urls],
        "tab": [f"{tab.label} ({tab.view})" for tab in app.tabs],
        "act": [f"{verb} ({name})" for verb, name in app.acts.items()],
        "collection": [f"/api/v1/{one.address}/" for one in app.collections],
        "event": [f"{one.code}: {one.label}" for one in app.events],
        "clock": [f"{one.task} every {one.period} in {one.lane}" for one in app.clock],
        "register": [f"{name}: {about}" for name, about in app.registers.items()],
        "offers": [f"{name}: {key}" for name in app.offers for key in app.offered_to(name)],
        "model": [model.__name__ for model in installed.get_app_config(app.name).get_models()],
        "verb": verbs,
    }
