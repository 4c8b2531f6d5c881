"""Holds by order on the data of journeys and travellers: the list, one, placing one, and its acts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.marking import of
from apps.access.queries import visible_or_404
from apps.journeys.lists import GROUND, JOURNEY, LAST_DAY, STATUS, WHOSE, Holds
from apps.journeys.models import Journey, RetentionHold
from apps.pages.columns import Col, Moment
from apps.pages.records import Names, RecordPage, RecordPages


def _begin(request: Any) -> dict[str, Any]:
    """A hold is placed on the journey, or on the one traveller of it, that the address names."""
    asked = request.POST if request.method == "POST" else request.GET
    row = visible_or_404(Journey, request.actor, asked.get("journey", ""))
    person = asked.get("traveller", "")
    back = reverse("jrcc:traveller", args=[person]) if person else reverse("jrcc:journey", args=[row.pk])
    initial = {"journey": row.pk, "traveller": person}
    return {"title": f"{row}, {row.date}", "marking": of(row), "back": back, "initial": initial}


pages = RecordPages(
    model=RetentionHold,
    noun="hold",
    space="jrcc",
    prefix="retention/holds/",
    names=Names("holds", "retentionhold", "hold_new", "hold_do"),
    functions=("JRCC.watch", "border"),
    creates="place",
    begin=_begin,
    listed=Holds,
    shown=RecordPage(
        title=lambda row: _now("Hold by order %(number)s") % {"number": row.reference},
        status=STATUS,
        facts=[JOURNEY, WHOSE, GROUND, LAST_DAY],
        texts=[Col("reason", pgettext_lazy("field, journeys", "Reason"))],
        history=[
            Col("placed_by", pgettext_lazy("field, journeys", "Placed by"), small="originator"),
            Moment("created_at", pgettext_lazy("field, journeys", "Placed")),
            Col("released_by", pgettext_lazy("field, journeys", "Released by")),
            Moment("released_at", pgettext_lazy("field, journeys", "Released")),
            Col("said", pgettext_lazy("field, journeys", "Reason")),
        ],
        note=_(
            "While the hold is in force, nothing here is deleted and the desk that placed it "
            "keeps access. Afterwards the retention rules apply again, from that night on."
        ),
    ),
)
