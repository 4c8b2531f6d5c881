"""The watchlists as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Screening(AppConfig):
    """Declares what follows by itself."""

    name = "apps.screening"
    verbose_name = _("Watchlists")

    def ready(self) -> None:
        """Say what search finds, and listen to what was done."""
        from apps.screening import searching, tasks  # noqa: F401

        searching.offer()
