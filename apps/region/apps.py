"""The region's register as an app: who takes part in what, who is bound by what, since when."""

from django.apps import AppConfig


class Region(AppConfig):
    """Declares what follows by itself."""

    name = "apps.region"
