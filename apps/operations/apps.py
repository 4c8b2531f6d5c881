"""Operations as an app."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import ANYBODY, Table


class Operations(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.operations"
    verbose_name = pgettext_lazy("words, operations", "Portal operations")  # type: ignore[assignment]
    walls: ClassVar[dict[str, Table]] = {
        "operations.feature": ANYBODY,
        "operations.featureswitch": ANYBODY,
        "operations.maintenance": ANYBODY,
    }
