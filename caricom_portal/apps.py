"""The project itself as an app: its start checks and commands."""

from django.apps import AppConfig


class CaricomPortal(AppConfig):
    """Registers the checks of a start and the Celery application."""

    name = "caricom_portal"

    def ready(self) -> None:
        """Make both known; not at import, so that commands without applications do not pay for them."""
        from caricom_portal import celery, checks, navigation  # noqa: F401 - importing registers them
