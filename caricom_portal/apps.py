"""The project itself as an app: its start checks and commands."""

from django.apps import AppConfig


class CaricomPortal(AppConfig):
    """Registers the checks of a start."""

    name = "caricom_portal"

    def ready(self) -> None:
        """Make the checks known."""
        from caricom_portal import checks  # noqa: F401 - importing registers them
