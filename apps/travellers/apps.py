"""Persons, searches and retention as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Travellers(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.travellers"
    verbose_name = pgettext_lazy("words, jrcc", "Travellers")  # type: ignore[assignment]
