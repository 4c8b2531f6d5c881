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
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.carriers.models import CarrierContact, Chase, ExpectedJourney, ExpectedParty, Schedule
from apps.carriers.queries import dated
from apps.carriers.queries.inferred_schedules import Service
from apps.carriers.queries.words import DAYS
from apps.manifests.rules.routing import place

E = ExpectedJourney.State
SHOWN_FOR = datetime.timedelta(hours=24)
"""A missing list stays on the board this long after the departure."""
CHIPS = {
    E.EXPECTED: ("info", "clock", pgettext_lazy("words, jrcc", "Expected")),
    E.IN_TIME: ("ok", "check", gettext_lazy("Manifest on time")),
    E.LATE: ("warn", "clock", pgettext_lazy("words, jrcc", "Manifest late")),
    E.MISSING: ("bad", "alert", pgettext_lazy("words, jrcc", "Manifest missing")),
    E.NOT_OPERATED: ("mute", "minus", pgettext_lazy("words, jrcc", "Not operated")),
    E.WITHDRAWN: ("mute", "undo", pgettext_lazy("words, jrcc", "Schedule ended")),
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


def describe_expected_journey(row: ExpectedJourney) -> Line:
    """With its chip and the zones of its places."""
    kind, picture, words = CHIPS[E(row.state)]
    return Line(row, (kind, picture, str(words)), place(row.origin).zone, place(row.destination).zone)


def find_expected_journeys(actor: Actor | None, filters: Mapping[str, str], day: datetime.date | None = None) -> Any:
    """Expected journeys that the seat may see; by state ("waited" is all that no list has come of), carrier and day."""
    found = ExpectedJourney.objects.visible_to(actor).select_related("carrier").exclude(state=E.WITHDRAWN)
    state = filters.get("state", "")
    if state:
        found = found.filter(state__in=ExpectedJourney.WAITED_FOR if state == "waited" else [state])
    if filters.get("carrier"):
        found = found.filter(carrier_id=filters["carrier"].upper())
    return found.filter(date=day) if day else found


def page_expected_journeys(rows: Any, params: Mapping[str, str], size: int, first: datetime.datetime | None) -> Page:
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
        raise ValidationError({name: _("This position in the list is not known. Start again from the first page.")})
    return found


def on_board(actor: Actor, now: datetime.datetime) -> dict[str, Any]:
    """What the watch floor shows: {missing: lists that have not come, due: those due soon}. One query."""
    soon = now + datetime.timedelta(minutes=dated.chasing(now.date()).due_minutes)
    wanted = Q(state=E.MISSING, departs_at__gte=now - SHOWN_FOR) | Q(state=E.EXPECTED, deadline_at__lte=soon)
    found = ExpectedJourney.objects.visible_to(actor).filter(wanted).order_by("deadline_at", "pk")
    lines = [describe_expected_journey(row) for row in found]
    return {
        "missing": [one for one in lines if one.it.state == E.MISSING],
        "due": [one for one in lines if one.it.state == E.EXPECTED],
    }


def schedules(actor: Actor | None, before: Any = None) -> Any:
    """Schedules that the seat may see; `before` bounds them by key."""
    return Schedule.objects.visible_to(actor, before=before).select_related("carrier")


def schedule_line(row: Schedule, today: datetime.date) -> dict[str, Any]:
    """A schedule in words: its days, and the zones of its times."""
    over = row.state == Schedule.State.ENDED or row.valid_until < today
    chip = (
        ("mute", "minus", pgettext_lazy("words, jrcc", "Ended"))
        if over
        else ("ok", "check", pgettext_lazy("words, jrcc", "In force"))
    )
    if not over and row.valid_from > today:
        chip = ("info", "clock", pgettext_lazy("words, jrcc", "Upcoming"))
    return {
        "it": row,
        **_days_and_zones(row),
        "chip": chip,
    }


def service_line(row: Service, today: datetime.date) -> dict[str, Any]:
    """A service seen in lists in words, and the query of the form that enters it."""
    return {"it": row, **_days_and_zones(row), "query": row.query(today)}


def _days_and_zones(row: Schedule | Service) -> dict[str, Any]:
    names = dict(DAYS)
    return {
        "days": [str(names[str(day)]) for day in row.days],
        "daily": len(row.days) == len(DAYS),
        "from_zone": place(row.origin).zone,
        "to_zone": place(row.destination).zone,
    }


def of_journey(actor: Actor, journey: Any) -> Sequence[Line]:
    """The departures that a journey's list was of. One query."""
    found = ExpectedJourney.objects.visible_to(actor).filter(journey=journey).order_by("departs_at")
    return [describe_expected_journey(row) for row in found]


def list_expected_deadlines(actor: Actor, row: ExpectedJourney) -> list[Any]:
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
