"""TAXII as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Taxii(AppConfig):
    """Declares what follows by itself."""

    name = "apps.taxii"

    def ready(self) -> None:
        """Import actions and listeners."""
        from apps.taxii import actions, listeners, waiting  # noqa: F401 - importing declares them
