"""What leaves the house: reports whose figures come from the record."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Declares what follows by itself."""

    name = "apps.reports"
