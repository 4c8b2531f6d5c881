"""Data protection as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Protection(AppConfig):
    """Declares what follows by itself."""

    name = "apps.protection"
    verbose_name = _("Data protection")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions and listeners; put the register of purposes among the books of dated rules."""
        from apps.protection import actions, books, listeners, tasks, waiting  # noqa: F401 - importing declares them

        books.offer()
