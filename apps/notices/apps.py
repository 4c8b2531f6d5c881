"""Notices as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import FLOOR, Table


class Notices(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.notices"
    verbose_name = pgettext_lazy("words, notices", "Notifications")
    walls: ClassVar[dict[str, Table]] = {"notices.calendarfeed": FLOOR.at_entrance()}
