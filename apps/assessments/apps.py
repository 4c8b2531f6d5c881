"""Joint threat assessments as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Assessments(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.assessments"
    verbose_name = _("Joint threat assessments")  # type: ignore[assignment]
