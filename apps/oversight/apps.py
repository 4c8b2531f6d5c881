"""Oversight as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Oversight(AppConfig):
    """Declares what follows by itself."""

    name = "apps.oversight"
    verbose_name = _("Oversight")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions and listeners."""
        from apps.oversight import actions, listeners, tasks, waiting  # noqa: F401 - importing declares them
