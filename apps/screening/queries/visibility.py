"""Who may screen with an entry, and who may be told of a hit (CONTRACT.md, lists and hits)."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.people.queries import states_on
from apps.screening.models import Entry

LAST_TO_END = datetime.timedelta(hours=-6)  # Belize: where in the Community a day ends last


def region_today(now: datetime.datetime | None = None) -> datetime.date:
    """The day that is not over everywhere in the Community: entries hold until the end of their last day."""
    return ((now or timezone.now()) + LAST_TO_END).astimezone(datetime.UTC).date()


def ahead(day: datetime.date | None) -> datetime.date | None:
    """The day while it has not come in the region, else None."""
    return day if day is not None and day > region_today() else None


def states() -> list[Any]:
    """Member States in roll-call order, then Associate Members; with `kind`. One query."""
    return states_on(region_today())


@dataclass(frozen=True, slots=True)
class Known:
    """Codes that a visibility may name: of States, and of functions of desks."""

    states: frozenset[str]
    functions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who may use an entry and be told; None is all. The fields are columns of the entry."""

    screen_for: list[str] | None
    functions: list[str] | None
    hit_visible_to: str
    reason_visible_to: str

    def columns(self) -> dict[str, Any]:
        """By name of the column."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = ("screen_for", "functions", "hit_visible_to", "reason_visible_to")
TOLD, TOLD_WHY = tuple(Entry.HitVisibleTo.values), tuple(Entry.ReasonVisibleTo.values)
# looked up in a catalogue only where they are said: a list has a million lines
UNKNOWN_STATE = gettext_lazy("%(code)s is not a Member State or Associate Member.")
UNKNOWN_FUNCTION = gettext_lazy("%(code)s is not a function that may use watchlists.")


COMPARING = frozenset({"border"})
"""Functions of desks at which somebody is compared with entries: a carrier's list and a search for people, both for the
border (`policy.screens_as`). An entry for none of these would be accepted and do nothing."""
IDLE_DESKS = gettext_lazy(
    "Only border desks compare people with entries today. Name border as well, or leave the entry open to all desks."
)


def compared(functions: Collection[str] | None) -> bool:
    """Whether anybody compares people with an entry that is open to desks of these functions; None is all."""
    return functions is None or not COMPARING.isdisjoint(functions)


def why_idle(entry: Entry) -> str:
    """Why nobody is ever compared with an entry, in a sentence; "" for one that is used. Old entries may be such."""
    if entry.kind not in {*Entry.SCREENED, Entry.Kind.RULE}:
        return _("No one is screened against this entry: travellers are screened against people and documents only.")
    if not compared(entry.functions):
        return _("No one is screened against this entry: it is shared only with desks that screen no one today.")
    return ""


def read_visibility(value: Any, known: Known) -> Visibility:
    """The visibility that `{"screen_for": [PARTY…]|"all", "hit_visible_to": …}` says; None is all States.

    Two more parts may be given: `functions`, [FUNCTION…] or "all", and `reason_visible_to`, which follows
    `hit_visible_to` where it is missing. ValidationError at `visibility`, with the place, for anything else.
    """
    value = {} if value in (None, "") else value
    if not isinstance(value, dict) or set(value) - set(COLUMNS):
        raise _wrong(_('Write {"screen_for": […] or "all", "hit_visible_to": …}.'), "")
    told = _choice(value, "hit_visible_to", TOLD, Entry.HitVisibleTo.OWNER_AND_ACTING)
    functions = _codes(value, "functions", known.functions, UNKNOWN_FUNCTION)
    if not compared(functions):
        raise _wrong(str(IDLE_DESKS), "/functions")
    return Visibility(
        _codes(value, "screen_for", known.states, UNKNOWN_STATE),
        functions,
        told,
        _choice(value, "reason_visible_to", TOLD_WHY, _usual_for_reason(told)),
    )


def as_written(entry: Entry) -> dict[str, Any]:
    """The visibility of an entry in the form that `read` takes; its two further parts only where they are unusual."""
    said: dict[str, Any] = {
        "screen_for": "all" if entry.screen_for is None else entry.screen_for,
        "hit_visible_to": entry.hit_visible_to,
    }
    if entry.functions is not None:
        said["functions"] = entry.functions
    if entry.reason_visible_to != _usual_for_reason(entry.hit_visible_to):
        said["reason_visible_to"] = entry.reason_visible_to
    return said


def _usual_for_reason(told: str) -> str:
    return Entry.ReasonVisibleTo.ALL if told == Entry.HitVisibleTo.ALL else Entry.ReasonVisibleTo.OWNER_AND_JRCC


def _choice(value: dict[str, Any], part: str, choices: Collection[str], usual: str) -> str:
    chosen = value.get(part) or usual
    if not isinstance(chosen, str) or chosen not in choices:
        raise _wrong(_("Choose one of: %(codes)s.") % {"codes": ", ".join(choices)}, f"/{part}")
    return chosen


def _codes(value: dict[str, Any], part: str, known: Collection[str], unknown: Any) -> list[str] | None:
    codes = value.get(part)
    if codes in (None, "all"):
        return None
    if not isinstance(codes, list) or not codes:
        raise _wrong(_('Enter at least one, or "all".'), f"/{part}")
    for i, code in enumerate(codes):
        if not isinstance(code, str) or code not in known:
            raise _wrong(unknown % {"code": code}, f"/{part}/{i}")
    return sorted(set(codes))


def _wrong(message: str, pointer: str) -> ValidationError:
    return ValidationError({"visibility": f"{message} (/visibility{pointer})" if pointer else message})
