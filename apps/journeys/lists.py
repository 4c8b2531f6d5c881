"""Lists of journeys and of what is held of them, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.journeys.models import RetentionHold
from apps.journeys.queries.holds import hold_line
from apps.pages.columns import Col, Day, Link, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.pages.tables import Table


def _journey(row: RetentionHold) -> tuple[str, str]:
    return f"{row.journey}, {row.journey.date}", reverse("jrcc:journey", args=[row.journey_id])


def _whose(row: RetentionHold) -> tuple[str, str]:
    if row.traveller_id is None:
        return _now("everyone on the journey, and its messages"), ""
    return _now("one traveller, and the messages of the journey"), reverse("jrcc:traveller", args=[row.traveller_id])


STATUS = Status(
    "state",
    pgettext_lazy("column, journeys", "Status"),
    value=lambda row: hold_line(row, timezone.now().date())["chip"],
)
LAST_DAY = Day("until", pgettext_lazy("column, journeys", "Last day"), sort="until")
GROUND = Col("get_ground_display", pgettext_lazy("column, journeys", "Grounds"), value=RetentionHold.get_ground_display)
JOURNEY = Link("journey", pgettext_lazy("column, journeys", "Journey"), value=_journey)
WHOSE = Link("traveller", pgettext_lazy("column, journeys", "Whose data"), value=_whose)


class Holds(List):
    """Holds by order on the data of journeys and travellers."""

    of, address, opens = "jrcc.retentionhold", "jrcc:holds", "jrcc:retentionhold"
    title = _("Holds by order")
    sub = _(
        "Data kept beyond their retention period for a court, a case or the person "
        "concerned. Place a hold on the page of a journey or traveller. It ends on its last "
        "day, or a second person releases it."
    )
    noun = ngettext_lazy("%(n)d hold", "%(n)d holds", "n")
    related = ("journey", "originator")
    columns = (
        Title("reference", pgettext_lazy("column, journeys", "Order or case"), sort="reference"),
        JOURNEY,
        WHOSE,
        GROUND,
        LAST_DAY,
        STATUS,
    )
    filters = (
        Choice("ground", pgettext_lazy("field, journeys", "Grounds"), choices=RetentionHold.Ground.choices),
        Choice("state", pgettext_lazy("field, journeys", "Status"), choices=RetentionHold.State.choices),
    )
    creates = ("hold.place", "jrcc:hold_new")
    empty = Blank(
        pgettext_lazy("heading, journeys", "No holds"),
        _("To place a hold, open a journey or a traveller."),
        "lock",
    )


def _of_whom(line: Any) -> str:
    if line["it"].traveller_id:
        return pgettext("words, jrcc", "one traveller")
    return _now("everyone on the journey")


Table(
    "journeys.holds",
    _("Holds by order"),
    (
        Title("it.reference", pgettext_lazy("of a court", "Order"), small="it.get_ground_display"),
        Col("whose", pgettext_lazy("column, jrcc", "Whose data"), value=_of_whom),
        Day("it.until", pgettext_lazy("column, jrcc", "Last day")),
        Col("it.placed_by", pgettext_lazy("column, jrcc", "Placed by"), small="it.originator_id"),
        Status("state", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["chip"]),
    ),
    page=lambda line: reverse("jrcc:retentionhold", args=[line["it"].pk]),
)
