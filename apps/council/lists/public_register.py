"""The public register of decisions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from apps.council.lists.cells import STATUS
from apps.council.queries.decision_words import state_chip
from apps.pages.columns import Day, Status, Title
from apps.pages.tables import Table


def _kind(row: Any) -> str:
    hint = pgettext("column, council", "fictional") if row.fictional else ""
    return ", ".join(filter(None, (str(row.get_kind_display()), hint)))


Table(
    "council.register",
    pgettext_lazy("words, council", "Register table"),
    (
        Title("title", pgettext_lazy("column, council", "Decision"), code="number", small=_kind),
        Status("state", STATUS, value=state_chip),
        Day("adopted_on", pgettext_lazy("column, council", "Adopted")),
        Day("in_force_on", pgettext_lazy("column, council", "In force")),
    ),
    page=lambda row: reverse("register_entry", args=[row.number]),
)
