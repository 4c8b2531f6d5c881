"""The region's register as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Region(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.region"
    verbose_name = pgettext_lazy("words, region", "Region")
