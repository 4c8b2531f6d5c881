"""The watch and the border desks as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Jrcc(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.jrcc"
    verbose_name = pgettext_lazy("words, jrcc", "Borders")  # type: ignore[assignment]
