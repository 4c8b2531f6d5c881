"""The Council as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Council(AppConfig):
    """Declares what follows by itself."""

    name = "apps.council"
    verbose_name = _("Council")

    def ready(self) -> None:
        """Import actions, listeners and what waits for a seat; say who sees the files of which records."""
        from apps.council import actions, calendar, listeners, searching, tasks, telling, waiting  # noqa: F401 - importing declares
        from apps.council.models import Paper
        from apps.files import owners

        owners.register("council.paper", Paper.objects.visible_to)
        searching.offer()
