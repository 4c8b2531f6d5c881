"""Data protection as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Protection(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.protection"
    verbose_name = pgettext_lazy("words, protection", "Data protection")  # type: ignore[assignment]
