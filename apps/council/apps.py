"""The Council as an app."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class Council(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.council"
    verbose_name = pgettext_lazy("words, council", "Council")
    floor = "who may vote, what is due and whether the chain of seals holds follow from records of all States"
