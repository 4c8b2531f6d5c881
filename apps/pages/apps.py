"""Pages from declarations as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Pages(AppConfig):
    """Its name and its words."""

    name = "apps.pages"
    verbose_name = pgettext_lazy("words, pages", "Pages")
