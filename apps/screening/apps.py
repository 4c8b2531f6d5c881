"""The watchlists as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Screening(AppConfig):
    """Declares what follows by itself."""

    name = "apps.screening"
    verbose_name = _("Watchlists")

    def ready(self) -> None:
        """Say what search finds, listen to what was done, and declare what nothing else imports."""
        from apps.screening import searching, tasks, waiting  # noqa: F401
        from apps.screening.actions import thresholds  # noqa: F401

        searching.offer()
