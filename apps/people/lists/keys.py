"""The table of keys of programs, as it is declared."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.models import Level
from apps.access.templatetags.portal import ago
from apps.pages.cells import Cell, Press, Small, stack
from apps.pages.columns import RIGHT, Act, Col, Status, Title, When
from apps.pages.tables import Table

STATES = {
    "live": ("ok", "check"),
    "proposed": ("warn", "clock"),
    "approved": ("info", "check"),
    "refused": ("bad", "x"),
}


def _key(line: dict[str, Any]) -> Cell:
    """Its first letters, its name, and whose it is."""
    it = line["it"]
    small = (*([Small(it.label)] if it.label else []), Small(it.seat.desk.code, "ref"))
    if it.prefix:
        return Cell(format_html("<code>{}…</code>", it.prefix), small)
    return Cell(pgettext("a key", "None yet"), small, "q")


def _second(line: dict[str, Any]) -> str:
    """Who approved it."""
    it = line["it"]
    if line["second"] and it.state != "refused":
        return str(line["second"])
    if it.operator:
        return _now("No one: made by command")
    return pgettext("words, people", "Nobody") if it.state == "live" else ""


def _level(line: dict[str, Any]) -> Any:
    return Level(line["it"].clearance).label if line["it"].state in {"live", "approved"} else ""


def _state(line: dict[str, Any]) -> tuple[str, str, Any]:
    it = line["it"]
    return (*STATES.get(it.state, ("mute", "lock")), it.get_state_display())


def _why(line: dict[str, Any]) -> str:
    """Why it was refused, or when a request lapses."""
    it = line["it"]
    if it.state == "refused":
        return str(it.answer)
    lapses = it.lapses_at and it.state in {"proposed", "approved"}
    return f"{pgettext('words, people', 'expires')} {ago(it.lapses_at)}" if lapses else ""


def _acts(line: dict[str, Any]) -> Cell:
    """Its limits and its successor, and what the seat may do with it."""
    it, presses = line["it"], []
    about = it.prefix or it.label
    if line["keeps"] and it.state == "live":
        limits, successor = reverse("entrance:key", args=[it.uid]), reverse("entrance:key_successor", args=[it.uid])
        presses += [
            Press(pgettext("link, people", "Limits"), limits, about),
            Press(pgettext("link, people", "Replace"), successor, about),
        ]
    presses += [
        Press(
            one["label"],
            one["url"],
            about,
            posts=not one["asks"],
            danger=one["danger"],
            why_not="" if one["allowed"] else one["why_not"],
        )
        for one in line["offers"]
    ]
    return stack([Cell(press=press) for press in presses]) if presses else Cell(" ")


Table(
    "people.keys",
    pgettext_lazy("words, people", "Keys"),
    [
        Title("it", pgettext_lazy("column, people", "API key"), value=_key),
        Col("maker", _("Asked for by"), small="it.operator"),
        Col("second", pgettext_lazy("column of keys", "Approved by"), value=_second),
        Col(
            "scope",
            pgettext_lazy("column, people", "Scope"),
            value=lambda line: line["it"].get_scope_display(),
            small=_level,
        ),
        When("it.expires_at", pgettext_lazy("column, people", "Ends"), passes=True),
        Col(
            "it.last_used_at",
            pgettext_lazy("column, people", "Last used"),
            value=lambda line: ago(line["it"].last_used_at),
            empty=pgettext_lazy("words, people", "Never"),
        ),
        Status("state", pgettext_lazy("column, people", "Status"), value=_state, small=_why, phone=RIGHT),
        Act("offers", pgettext_lazy("words, people", "Actions"), value=_acts),
    ],
)
