"""People as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    """Declares what follows by itself."""

    name = "apps.people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Import the listeners, the work by the clock, and what waits for a seat."""
        from apps.people import own_work, tasks  # noqa: F401 - importing declares them
