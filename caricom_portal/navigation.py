"""What stands in the frame of every page: places and tabs by function, the seats, the look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from string import ascii_lowercase
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from apps.access.manifest import Tab, registry
from apps.access.templatetags.names import as_function, as_role
from apps.access.urgency import PRESSING, urgency_of
from apps.notices import queries as notices
from apps.operations import queries as operations
from apps.people.queries import my_work
from caricom_portal import places
from caricom_portal.first_steps import remembered_progress
from caricom_portal.guides import help_of_page
from caricom_portal.places import Called, Place
from caricom_portal.steps import steps_for

MY_WORK = "my_work"
NOWHERE: Mapping[str, Any] = {
    "place": "",
    "is_tab": False,
    "tabs": [],
    "more": [],
    "crumbs": [],
    "shares": False,
    "urls": frozenset(),
    "view": "",
}
"""Of a page outside every place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A tab as a seat has it: its name and address, and the beginnings of addresses that belong to it."""

    tab: Tab
    label: str
    path: str
    query: Mapping[str, str]
    beginnings: Sequence[str]

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.url_with({})

    def url_with(self, kept: Mapping[str, str]) -> str:
        """Where it leads, asked for something more."""
        asked = {**self.query, **kept}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def fit(self, path: str) -> int:
        """How many letters of an address it covers; 0: it is not of this tab."""
        return max((len(one) for one in self.beginnings if path.startswith(one)), default=0)

    def is_shown_at(self, asked: Mapping[str, str]) -> bool:
        """Whether a page that is asked this way shows it."""
        return all(asked.get(name) == value for name, value in self.query.items())


@dataclass(frozen=True, slots=True)
class Arranged:
    """A place as a seat has it; `beside` the rail: the head or the account menu leads there."""

    code: str
    place: Place
    entries: Sequence[Entry]
    beside: bool = False

    @property
    def url(self) -> str:
        """Where the place begins."""
        return self.entries[0].url


@dataclass(frozen=True, slots=True)
class Here:
    """Where a page is: its place, its tab, and whether it is the page of that tab or lies deeper."""

    place: Arranged
    entry: Entry
    is_tab: bool


def frame(request: Any) -> dict[str, Any]:
    """Context of base.html; places and their numbers are found when a page shows them, never for a fragment."""
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    person: Any = user if user is not None and user.is_authenticated else None
    shown = SimpleLazyObject(partial(_shown, request, actor))
    return {
        "frame": {
            "nav": SimpleLazyObject(lambda: shown["rail"]),
            "here": SimpleLazyObject(lambda: shown["here"]),
            "help": SimpleLazyObject(lambda: help_of_page(request, actor, shown["here"]["view"])),
            "seats": _seats(getattr(request, "seats", []), actor),
            "theme": person.theme if person else "auto",
            "density": "compact" if person and person.compact else "normal",
            "live": actor is not None,
            "languages": settings.LANGUAGES,  # as they stand there: Django's own tag would translate their names
            "maintenance": getattr(request, "maintenance", ""),
            "emergency": _emergency(request, actor),
            "first_steps": SimpleLazyObject(partial(_first_steps, actor)),
            "bell": partial(_bell, actor),  # counted only by pages that show it, never for a fragment
        }
    }


def arranged_for(actor: Any) -> list[Arranged]:
    """The places of a seat, in their order, those beside the rail last; one without a tab for it is absent."""
    rail, state = places.arrangement_for(actor.function, actor.desk_code), operations.now()
    named = {one.view if isinstance(one, Called) else one for tabs in rail.values() for one in tabs}
    placed = [tab for tab in registry.tabs.values() if tab.place and tab.view not in named]
    found = []
    for code, tabs in (*rail.items(), *places.OUTSIDE.items()):
        each = [*tabs, *(tab.view for tab in placed if tab.place == code)]
        entries = [entry for one in each if (entry := _entry(actor, one, state)) is not None]
        if entries:
            found.append(Arranged(code, places.PLACES[code], entries, beside=code in places.OUTSIDE))
    return found


def landing_of(actor: Any) -> str:
    """The page on which a seat's working day begins: the first of its first place."""
    return arranged_for(actor)[0].url


def areas_of(actor: Any) -> list[str]:
    """What the pages of a seat are called, by place: "Council › Papers"."""
    found: dict[str, None] = {}
    for place in arranged_for(actor):
        name = str(place.place.label)
        whole = [entry for entry in place.entries if not entry.query]
        for entry in [] if place.beside else whole or place.entries[:1]:
            found[f"{name} › {entry.label}" if len(whole) > 1 and entry.label != name else name] = None
    return list(found)


def _entry(actor: Any, one: str | Called, state: operations.Now) -> Entry | None:
    """A tab for the seat; None where it is not for it, or switched off for its party."""
    tab = registry.tabs[one.view if isinstance(one, Called) else one]
    if not tab.is_for(actor) or state.closes(actor.party_code, tab.name):
        return None
    label = str(one.label if isinstance(one, Called) else tab.label)
    path = _path(tab.name, settings.ROOT_URLCONF)
    return Entry(tab, label, path, dict(parse_qsl(tab.query)), (path, *(f"/{begin}" for begin in tab.under)))


@cache
def _path(name: str, _urls: str) -> str:
    """The address of a tab, found once in a process: for all of a rail it took more than a millisecond of each page."""
    return reverse(name)


def located(path: str, asked: Mapping[str, str] | None, arranged: Iterable[Arranged]) -> Here | None:
    """Where an address is: the tab that covers most of it, among tabs of one page that which the page is asked for.

    The same address may be in different places for different functions, so it is looked up among those of a seat.
    Where it is not asked for as a page (None), the first of the tabs that share a page has it.
    """
    fits = [(entry.fit(path), place, entry) for place in arranged for entry in place.entries]
    longest = max((fit for fit, _place, _entry in fits), default=0)
    if not longest:
        return None
    fitting = [(place, entry) for fit, place, entry in fits if fit == longest]
    if asked is not None:
        wanted = [one for one in fitting if one[1].query and one[1].is_shown_at(asked)]
        fitting = wanted or [one for one in fitting if not one[1].query] or fitting
    place, entry = fitting[0]
    return Here(place, entry, path == entry.path)


def _shown(request: Any, actor: Any) -> dict[str, Any]:
    """The rail of a page, and where in it the page is."""
    if actor is None:
        return {"rail": [], "here": NOWHERE}
    arranged = arranged_for(actor)
    here = located(*_page(request), arranged)
    numbers = _numbers(my_work.counted_for(request), arranged, actor)
    rail = [_rail_row(place, here, numbers) for place in arranged if not place.beside]
    _give_letters(rail)
    return {"rail": rail, "here": _here(here, numbers, getattr(request, "kept_query", {})) if here else NOWHERE}


def _rail_row(place: Arranged, here: Here | None, numbers: "Numbers") -> dict[str, Any]:
    count, hot = numbers.of_place(place)
    current = here is not None and here.place is place
    return {
        "label": str(place.place.label),
        "url": place.url,
        "icon": place.place.icon,
        "current": ("page" if here.is_tab and here.entry is place.entries[0] else "true") if current and here else "",
        "count": count,
        "hot": hot,
    }


def _give_letters(rail: Iterable[dict[str, Any]]) -> None:
    """To each place the first letter of its name that no place before it has, for the keys "g" + letter."""
    given: set[str] = set()
    for row in rail:
        letters = (one for one in row["label"].lower() if one in ascii_lowercase and one not in given)
        row["go"] = next(letters, "")
        given.add(row["go"])


def _here(here: Here, numbers: "Numbers", kept: Mapping[str, str]) -> dict[str, Any]:
    """Tabs and crumbs of a page. `kept` is what pages of one app are asked alike in all its tabs, such as a day."""
    place, entry = here.place, here.entry
    tabs = [
        {
            "label": one.label,
            "url": one.url_with(kept if one.tab.namespace == entry.tab.namespace else {}),
            "current": here.is_tab and one is entry,
            "count": numbers.of(one)[0],
            "hot": numbers.of(one)[1],
        }
        for one in place.entries
    ]
    name = str(place.place.label)
    crumbs = [{"label": name, "url": place.url}]
    shares = sum(one.path == entry.path for one in place.entries) > 1  # a record is in no box of its list
    if entry.label != name and len(tabs) > 1 and not shares:
        crumbs.append({"label": entry.label, "url": entry.url_with(kept)})
    return {
        "place": name,
        "is_tab": here.is_tab,
        "tabs": tabs[: places.MOST_TABS] if len(tabs) > 1 else [],
        "more": tabs[places.MOST_TABS :],
        "crumbs": [] if here.is_tab else crumbs,
        "shares": shares,
        "urls": {one.path for one in place.entries},
        "view": entry.tab.name,
    }


def _page(request: Any) -> tuple[str, dict[str, str]]:
    """Path and query of the page that shows the rail, also when the rail alone is asked for."""
    shown = request.headers.get("HX-Current-URL", "") if request.headers.get("HX-Request-Type") == "partial" else ""
    if shown:
        address = urlsplit(shown)
        return address.path, dict(parse_qsl(address.query))
    return request.path, request.GET.dict()


class Numbers:
    """How many things wait in each tab and place, and whether one of them is overdue or due today."""

    def __init__(self, found: Mapping[int, tuple[int, bool]], all_of_it: tuple[int, bool]) -> None:
        self._found, self._all = found, all_of_it

    def of(self, entry: Entry) -> tuple[int, bool]:
        """(how many wait in a tab, whether it presses)."""
        return self._found.get(id(entry), (0, False))

    def of_place(self, place: Arranged) -> tuple[int, bool]:
        """The sum of its tabs; of My work everything that waits for the seat."""
        if place.code == MY_WORK:
            return self._all
        each = [self.of(entry) for entry in place.entries]
        return sum(count for count, _hot in each), any(hot for _count, hot in each)


def _numbers(counted: my_work.Counted, arranged: Sequence[Arranged], actor: Any) -> Numbers:
    now = timezone.now()
    found: dict[int, tuple[int, bool]] = {}
    own = next((place.entries[0] for place in arranged if place.code == MY_WORK), None)
    pressing = [urgency_of(one.due, now, actor.time_zone) in PRESSING for one in counted]
    whole = len(counted), any(pressing)
    for one, hot in zip(counted, pressing, strict=True):
        here = located(one.place, None, arranged)
        if here is not None and here.place.code != MY_WORK:
            count, before = found.get(id(here.entry), (0, False))
            found[id(here.entry)] = count + 1, before or hot
    if own is not None:
        found[id(own)] = whole
    return Numbers(found, whole)


def _first_steps(actor: Any) -> dict[str, Any]:
    """How far the person is with the first steps of the seat, while something is left; {} when all is done."""
    if actor is None or not steps_for(actor.function, actor.desk_code):
        return {}
    done, of = remembered_progress(actor) or (0, 0)
    return {} if of and done == of else {"done": done, "of": of}


def _bell(actor: Any) -> dict[str, Any] | None:
    """How many notices this seat has not read."""
    return {"count": notices.bell(actor)} if actor is not None else None


def _emergency(request: Any, actor: Any) -> Any:
    """Until when the seat lasts, if it is an emergency seat; else None."""
    if actor is None or actor.seat_kind != "emergency":
        return None
    return next((seat.valid_to for seat in getattr(request, "seats", []) if seat.pk == actor.seat_id), None)


def _seats(seats: Any, actor: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": seat.pk,
            "party_code": seat.desk.party_id,
            "party_name": seat.desk.party.short_name,
            "label": _("%(function)s: %(role)s")
            % {"function": as_function(seat.desk.function.name), "role": as_role(seat.role)},
            "current": actor is not None and seat.pk == actor.seat_id,
            "seconded_from": seat.seconded_from,
        }
        for seat in seats
    ]
