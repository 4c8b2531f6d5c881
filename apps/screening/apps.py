"""The watchlists as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Screening(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.screening"
    verbose_name = pgettext_lazy("heading, screening", "Watchlists")
