"""Search as an app: rooms above register what they offer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Search(AppConfig):
    """Declares what follows by itself."""

    name = "apps.search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Import actions, listeners and the clock."""
        from apps.search import actions, listeners, tasks  # noqa: F401 - importing declares them
