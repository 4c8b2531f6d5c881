"""What leaves the house: reports whose figures come from the record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Reports(AppConfig):
    """Declares what follows by itself."""

    name = "apps.reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Import the listeners and what waits for a seat."""
        from apps.reports import listeners, searching, tasks, waiting  # noqa: F401 - importing declares them

        searching.offer()
