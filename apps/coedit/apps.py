"""Writing together as an app: sections of text that several people edit at the same time."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Coedit(AppConfig):
    """Keeps texts; whose they are and who may write them is said by the room above (apps.coedit.rights)."""

    name = "apps.coedit"
    verbose_name = _("Writing together")

    def ready(self) -> None:
        """Import the tasks: importing declares them."""
        from apps.coedit import tasks  # noqa: F401 - importing declares them
