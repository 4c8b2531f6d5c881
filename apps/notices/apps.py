"""Notices as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Declares what follows by itself."""

    name = "apps.notices"

    def ready(self) -> None:
        """Import the listeners."""
        from apps.notices import tasks  # noqa: F401 - importing declares them
