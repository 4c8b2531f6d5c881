"""The Council as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Council(AppConfig):
    """Declares what follows by itself."""

    name = "apps.council"

    def ready(self) -> None:
        """Import the actions and the listeners."""
        from apps.council import actions, tasks, telling  # noqa: F401 - importing declares them
