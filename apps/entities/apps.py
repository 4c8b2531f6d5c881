"""Persons and things as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import Table, unwalled


class Entities(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.entities"
    verbose_name = pgettext_lazy("heading, entities", "Entities")
    walls: ClassVar[dict[str, Table]] = {
        "entities.assertion": unwalled("looked up in GIN indexes, which PostgreSQL leaves aside behind a policy"),
    }
