"""The agency's work as an app: its listeners have to be known before a decision comes into force."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Impacs(AppConfig):
    """Declares what follows by itself."""

    name = "apps.impacs"
    verbose_name = _("Implementation")

    def ready(self) -> None:
        """Import the listeners and what waits for a seat."""
        from apps.impacs import listeners, waiting  # noqa: F401 - importing declares them
