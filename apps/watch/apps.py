"""The watch as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Watch(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.watch"
    verbose_name = _("Watch and bulletins")  # type: ignore[assignment]
