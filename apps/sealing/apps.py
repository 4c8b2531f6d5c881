"""Keys of States as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Sealing(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.sealing"
    verbose_name = _("Keys of States")  # type: ignore[assignment]
