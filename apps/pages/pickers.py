"""A picker of parties and their desks: check boxes with names, filtered by typing where scripts run.

    picker = desk_picker("to", choices, chosen, own=actor.party_code)
    {% party_pick picker %}

It is made from pairs (value, label) as forms hold them: "JAM.contact" with "Jamaica: Point of contact" is a desk, a
value without a point is a group. What is chosen and not among them keeps a box: nothing that was sent is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

CONTACT = "contact"
"""The function that speaks for its party: its desk is the party's own box."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A box: what it posts, its words, the party's code and a second line; `why_not`: it cannot be chosen now."""

    key: str
    value: str
    label: Any
    code: str = ""
    small: Any = ""
    checked: bool = False
    why_not: Any = ""


@dataclass(frozen=True, slots=True)
class PickSet:
    """Boxes under one heading; `folded`: shown on request."""

    title: Any
    picks: Sequence[Pick]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Picker:
    """A picker of a form's field."""

    name: str
    key: str
    sets: Sequence[PickSet]


def desk_picker(name: str, choices: Any, chosen: Iterable[Any] = (), *, own: str = "", key: str = "") -> Picker:
    """A picker of groups, of parties by the desk that speaks for them, and folded of all other desks not yet ticked.

    `own`: the reader's party, which comes first and is marked; `key`: begins the ids of the boxes.
    """
    ticked = list(dict.fromkeys(str(one) for one in chosen))
    begin, number = key or f"id_{name}", count()
    groups: list[tuple[str, str]] = []
    desks: list[tuple[str, str]] = []
    for value, label in choices:
        (desks if "." in str(value) else groups).append((str(value), str(label)))
    offered = {value for value, _label in (*groups, *desks)}
    ticked = [f"{one}.{CONTACT}" if f"{one}.{CONTACT}" in offered else one for one in ticked]

    def box(value: str, label: str, small: Any = "") -> Pick:
        code = value.partition(".")[0] if "." in value else ""
        return Pick(f"{begin}_{next(number)}", value, label, code, small, value in ticked)

    speaking, others = _parted(desks)
    rows = sorted(speaking, key=lambda one: one[0].partition(".")[0] != own)
    seen = [one for one in others if one[0] in ticked]
    sets = [
        PickSet(pgettext("heading, pages", "Groups"), [box(*one) for one in groups]),
        PickSet(
            _("States and regional bodies"), [*(box(*_named(one, own)) for one in rows), *(box(*one) for one in seen)]
        ),
        PickSet(
            pgettext("heading, pages", "Other desks"), [box(*one) for one in others if one not in seen], folded=True
        ),
        PickSet(_("Typed by code"), [box(one, one) for one in ticked if one not in offered]),
    ]
    return Picker(name, begin, [one for one in sets if one.picks])


def _named(desk: tuple[str, str], own: str) -> tuple[str, str, str]:
    """(value, party, what the desk is there) of a desk that speaks for its party."""
    value, label = desk
    party, _colon, title = label.partition(": ")
    is_own = bool(own) and value.partition(".")[0] == own
    return value, party, f"{title}, {pgettext('words, pages', 'your own')}" if is_own else title


def _parted(desks: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(desks that speak for their party, all others): its point of contact, or each of a party without one."""
    points = {value.partition(".")[0] for value, _label in desks if value.partition(".")[2] == CONTACT}
    speaking = [one for one in desks if one[0].partition(".")[2] == CONTACT or one[0].partition(".")[0] not in points]
    return speaking, [one for one in desks if one not in speaking]
