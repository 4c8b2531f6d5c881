"""The watch as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Watch(AppConfig):
    """Declares what follows by itself."""

    name = "apps.watch"
    verbose_name = _("Watch and bulletins")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions and listeners, say what search finds."""
        from apps.watch import actions, listeners, searching, tasks, waiting  # noqa: F401 - importing declares them

        searching.offer()
