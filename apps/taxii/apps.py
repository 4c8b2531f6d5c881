"""TAXII as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import FLOOR, Table


class Taxii(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.taxii"
    verbose_name = pgettext_lazy("navigation, portal", "STIX intake")  # type: ignore[assignment]
    walls: ClassVar[dict[str, Table]] = {
        "taxii.collection": FLOOR.seats("empty collections are made when programs of a desk ask for the first time"),
    }
