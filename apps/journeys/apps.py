"""Flights and voyages as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Journeys(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.journeys"
    verbose_name = pgettext_lazy("navigation, portal", "Journeys")  # type: ignore[assignment]
