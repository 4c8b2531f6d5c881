"""Oversight as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Oversight(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.oversight"
    verbose_name = pgettext_lazy("words, oversight", "Oversight")  # type: ignore[assignment]
