"""Requests for information as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Exchange(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.exchange"
    verbose_name = _("Requests for information")
