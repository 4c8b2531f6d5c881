"""Signing in as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import FLOOR, Table


class Entrance(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.entrance"
    verbose_name = pgettext_lazy("words, entrance", "Sign-in")  # type: ignore[assignment]
    walls: ClassVar[dict[str, Table]] = {
        "entrance.device": FLOOR.of("user_id").at_entrance(),
        "entrance.accountchange": FLOOR.of("user_id").at_entrance(),
        "entrance.directorylink": FLOOR.of("user_id").at_entrance(),
        "entrance.directory": FLOOR.at_entrance(),
        "entrance.keylimit": FLOOR.at_entrance(),
        "entrance.signinrule": FLOOR.at_entrance(),
    }
