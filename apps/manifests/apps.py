"""What carriers send, as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Manifests(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.manifests"
    verbose_name = pgettext_lazy("navigation, portal", "Manifests")  # type: ignore[assignment]
