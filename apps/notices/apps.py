"""Notices as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notices(AppConfig):
    """Declares what follows by itself."""

    name = "apps.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Import the listeners and what comes for a desk."""
        from apps.notices import of_people, tasks, waiting  # noqa: F401 - importing declares them
