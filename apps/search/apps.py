"""Search as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Search(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.search"
    verbose_name = pgettext_lazy("heading, search", "Search")
