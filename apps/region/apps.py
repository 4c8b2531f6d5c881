"""The region's register as an app: who takes part in what, who is bound by what, since when."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Region(AppConfig):
    """Declares what follows by itself."""

    name = "apps.region"
    verbose_name = _("Region")
