"""The JRCC as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Jrcc(AppConfig):
    """Declares what follows by itself."""

    name = "apps.jrcc"
    verbose_name = _("Borders")

    def ready(self) -> None:
        """Import the listeners; say what search finds."""
        from apps.jrcc import feedback, interpol, listeners, mailing, searching, tasks  # noqa: F401 - importing declares them

        searching.offer()
        interpol.offer()
