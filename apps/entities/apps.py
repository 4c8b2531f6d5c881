"""Persons and things as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Entities(AppConfig):
    """Declares what follows by itself."""

    name = "apps.entities"

    def ready(self) -> None:
        """Import actions and listeners, say what search finds."""
        from apps.entities import actions, searching, tasks, waiting  # noqa: F401 - importing declares them

        searching.offer()
