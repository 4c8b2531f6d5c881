"""The sharing of reports as an app."""

from django.apps import AppConfig


class Rifc(AppConfig):
    """Reports of the MoU on intelligence sharing."""

    name = "apps.rifc"
