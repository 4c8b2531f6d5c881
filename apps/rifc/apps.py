"""The sharing of reports as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import Strength, Table, unwalled


class Rifc(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.rifc"
    verbose_name = pgettext_lazy("navigation, portal", "Shared reports")  # type: ignore[assignment]
    walls: ClassVar[dict[str, Table]] = {
        "rifc.reporttext": unwalled("looked up in a GIN index, which PostgreSQL leaves aside behind a policy"),
        "rifc.sourcereference": Table(Strength.OWN, "desk_id", "desk", by_migration=True),
    }
