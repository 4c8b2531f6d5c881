"""Requests for information as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Exchange(AppConfig):
    """Declares what follows by itself."""

    name = "apps.exchange"
    verbose_name = _("Requests for information")

    def ready(self) -> None:
        """Import actions and listeners, say what search finds and who reads files; rooms above open the lines."""
        from apps.exchange import actions, listeners, searching, tasks, waiting  # noqa: F401 - importing declares them
        from apps.exchange.models import Answer
        from apps.files import owners

        owners.register("exchange.answer", Answer.objects.visible_to)
        searching.offer()
