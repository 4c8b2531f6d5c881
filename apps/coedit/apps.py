"""Writing together as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Coedit(AppConfig):
    """Keeps texts; whose they are and who may write them is said by the room above (apps.coedit.actions.rights)."""

    name = "apps.coedit"
    verbose_name = pgettext_lazy("words, coedit", "Shared editing")
