"""Persons and things as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Entities(AppConfig):
    """Declares what follows by itself."""

    name = "apps.entities"

    def ready(self) -> None:
        """Import actions and listeners."""
        from apps.entities import actions, tasks, waiting  # noqa: F401 - importing declares them
