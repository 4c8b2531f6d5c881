"""The agency's work as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Impacs(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.impacs"
    verbose_name = pgettext_lazy("words, impacs", "Implementation")
    floor = "actions of States are shown with decisions and tasks that their reader need not see"
