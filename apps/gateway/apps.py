"""The gateway to INTERPOL as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Gateway(AppConfig):
    """Declares what follows by itself."""

    name = "apps.gateway"
    verbose_name = _("INTERPOL gateway")

    def ready(self) -> None:
        """Import actions and listeners."""
        from apps.gateway import actions, tasks  # noqa: F401 - importing declares them
