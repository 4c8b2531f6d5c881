"""What the pages show of schedules and expected journeys."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.jrcc import reference
from apps.jrcc.actions.schedules import DAYS
from apps.jrcc.models import CarrierContact, Chase, ExpectedJourney, ExpectedParty, Schedule
from apps.jrcc.routing import place

E = ExpectedJourney.State
MOST = 40
SHOWN_FOR = datetime.timedelta(hours=24)
"""A missing list stays on the board this long after the departure."""
CHIPS = {
    E.EXPECTED: ("info", "clock", gettext_lazy("Expected")),
    E.IN_TIME: ("ok", "check", gettext_lazy("List in time")),
    E.LATE: ("warn", "clock", gettext_lazy("List late")),
    E.MISSING: ("bad", "alert", gettext_lazy("List missing")),
    E.NOT_OPERATED: ("mute", "minus", gettext_lazy("Not operated")),
    E.WITHDRAWN: ("mute", "undo", gettext_lazy("Schedule ended")),
}


_LEAST = uuid.UUID(int=0)


class Page(NamedTuple):
    """Rows in the order of departure, and the query of the page before and behind."""

    rows: list[ExpectedJourney]
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """An expected journey as a list shows it."""

    it: ExpectedJourney
    chip: tuple[str, str, str]
    from_zone: str
    to_zone: str


def line(row: ExpectedJourney) -> Line:
    """With its chip and the zones of its places."""
    kind, picture, words = CHIPS[E(row.state)]
    return Line(row, (kind, picture, str(words)), place(row.origin).zone, place(row.destination).zone)


def rows(actor: Actor | None, filters: Mapping[str, str], day: datetime.date | None = None) -> Any:
    """Expected journeys that the seat may see; by state ("waited" is all that no list has come of), carrier and day."""
    found = ExpectedJourney.objects.visible_to(actor).select_related("carrier").exclude(state=E.WITHDRAWN)
    state = filters.get("state", "")
    if state:
        found = found.filter(state__in=ExpectedJourney.WAITED_FOR if state == "waited" else [state])
    if filters.get("carrier"):
        found = found.filter(carrier_id=filters["carrier"].upper())
    return found.filter(date=day) if day else found


def page(rows: Any, params: Mapping[str, str], size: int, first: datetime.datetime | None) -> Page:
    """One page of expected journeys by departure, the earliest first; it begins at `first` where no place is named.

    A place in the list is a departure and a key, in `?after=` or `?before=`; ValidationError for what is none.
    """
    after, before = _spot(params, "after"), _spot(params, "before")
    if before:
        earlier = Q(departs_at__lt=before[0]) | Q(departs_at=before[0], pk__lt=before[1])
        found = list(rows.filter(earlier).order_by("-departs_at", "-pk")[: size + 1])
        has_earlier, has_later, shown = len(found) > size, True, found[:size][::-1]
    else:
        later = Q(departs_at__gt=after[0]) | Q(departs_at=after[0], pk__gt=after[1]) if after else Q()
        later = Q(departs_at__gte=first) if first and not after else later
        found = list(rows.filter(later).order_by("departs_at", "pk")[: size + 1])
        has_earlier = after is not None or (first is not None and rows.filter(departs_at__lt=first).exists())
        has_later, shown = len(found) > size, found[:size]
    rest = {key: value for key, value in params.items() if key not in {"before", "after"}}
    begin = _written(shown[0]) if shown else f"{first.isoformat()}~{_LEAST}" if first else ""
    return Page(
        shown,
        urlencode({**rest, "before": begin}) if has_earlier and begin else None,
        urlencode({**rest, "after": _written(shown[-1])}) if has_later and shown else None,
    )


def _written(row: ExpectedJourney) -> str:
    return f"{row.departs_at.isoformat()}~{row.pk}"


def _spot(params: Mapping[str, str], name: str) -> tuple[datetime.datetime, uuid.UUID] | None:
    text = params.get(name, "")
    if not text:
        return None
    moment, _tilde, key = text.partition("~")
    try:
        found = datetime.datetime.fromisoformat(moment), uuid.UUID(key)
    except ValueError:
        found = None
    if found is None or found[0].tzinfo is None:
        raise ValidationError({name: _("This is not a place in the list. Begin again without it.")})
    return found


def on_board(actor: Actor, now: datetime.datetime) -> dict[str, Any]:
    """What the watch floor shows: {missing: lists that have not come, due: those due soon}. One query."""
    soon = now + datetime.timedelta(minutes=reference.chasing(now.date()).due_minutes)
    wanted = Q(state=E.MISSING, departs_at__gte=now - SHOWN_FOR) | Q(state=E.EXPECTED, deadline_at__lte=soon)
    found = ExpectedJourney.objects.visible_to(actor).filter(wanted).order_by("deadline_at", "pk")[: 2 * MOST]
    lines = [line(row) for row in found]
    return {
        "missing": [one for one in lines if one.it.state == E.MISSING][:MOST],
        "due": [one for one in lines if one.it.state == E.EXPECTED][:MOST],
    }


def schedules(actor: Actor | None) -> Any:
    """Schedules that the seat may see."""
    return Schedule.objects.visible_to(actor).select_related("carrier")


def schedule_line(row: Schedule, today: datetime.date) -> dict[str, Any]:
    """A schedule in words: its days, and the zones of its times."""
    names = dict(DAYS)
    over = row.state == Schedule.State.ENDED or row.valid_until < today
    chip = ("mute", "minus", gettext_lazy("Over")) if over else ("ok", "check", gettext_lazy("In force"))
    if not over and row.valid_from > today:
        chip = ("info", "clock", gettext_lazy("To come"))
    return {
        "it": row,
        "days": [str(names[str(day)]) for day in row.days],
        "daily": len(row.days) == len(DAYS),
        "from_zone": place(row.origin).zone,
        "to_zone": place(row.destination).zone,
        "chip": chip,
    }


def of_journey(actor: Actor, journey: Any) -> Sequence[Line]:
    """The departures that a journey's list was of. One query."""
    found = ExpectedJourney.objects.visible_to(actor).filter(journey=journey).order_by("departs_at")
    return [line(row) for row in found]


def deadlines(actor: Actor, row: ExpectedJourney) -> list[Any]:
    """By when each State wants the list."""
    found = ExpectedParty.objects.visible_to(actor).filter(expected=row).select_related("party")
    return list(found.order_by("deadline_at", "party_id"))


def chases(actor: Actor, row: ExpectedJourney) -> list[Any]:
    """Calls that were noted, newest first; for the JRCC."""
    return list(Chase.objects.visible_to(actor).filter(expected=row).order_by("-at")[:50])


def contacts(actor: Actor, row: ExpectedJourney) -> list[Any]:
    """How the carrier is reached, telephones first; for the JRCC and the carrier itself."""
    found = CarrierContact.objects.visible_to(actor).filter(carrier=row.carrier_id, state="current")
    return sorted(found, key=lambda one: one.kind != CarrierContact.Kind.PHONE)
