"""The gateway to INTERPOL as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Gateway(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.gateway"
    verbose_name = pgettext_lazy("words, gateway", "INTERPOL gateway")
