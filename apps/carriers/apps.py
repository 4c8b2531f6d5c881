"""Carriers and their duties as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Carriers(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.carriers"
    verbose_name = pgettext_lazy("navigation, portal", "Carriers")  # type: ignore[assignment]
