"""What leaves the project: reports whose figures come from the record."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Reports(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.reports"
    verbose_name = pgettext_lazy("words, reports", "Reports")
