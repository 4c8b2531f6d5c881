"""A task in cells, as it stands in the sheet, in the preview of a bulk edit and in what a batch has done."""

import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

CELLS: dict[str, Any] = {
    "title": pgettext_lazy("words, impacs", "Title"),
    "kind": pgettext_lazy("words, impacs", "Kind"),
    "owner": pgettext_lazy("words, impacs", "Desk"),
    "mandate": pgettext_lazy("words, impacs", "Mandate"),
    "programme": pgettext_lazy("words, impacs", "Programme"),
    "year": pgettext_lazy("words, impacs", "Year"),
    "starts_on": pgettext_lazy("field, impacs", "Start"),
    "due_on": pgettext_lazy("words, impacs", "Due"),
    "estimate_days": pgettext_lazy("words, impacs", "Estimate"),
    "priority": pgettext_lazy("words, impacs", "Priority"),
    "state": pgettext_lazy("words, impacs", "Status"),
}


def cells(task: Any) -> dict[str, str]:
    """The task's columns as texts that are the same for the same value: days in ISO 8601, codes for records."""
    return {
        "title": task.title,
        "kind": task.kind,
        "owner": task.owner.code,
        "mandate": mandate_code(task.mandate) if task.mandate_id else "",
        "programme": task.programme.code if task.programme_id else "",
        "year": str(task.year),
        "starts_on": _iso(task.starts_on),
        "due_on": _iso(task.due_on),
        "estimate_days": _plain(task.estimate_days),
        "priority": str(task.priority),
        "state": task.state,
    }


def mandate_code(mandate: Any) -> str:
    """ "CONSLE/2026/9/DEC/01, 2, IMPACS": decision, clause, body."""
    return f"{mandate.decision}, {mandate.clause.number}, {mandate.body}"


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _plain(number: Any) -> str:
    """A number without zeros at its end: "4", "0.5"."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def list_changed_cells(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """[column, before, after] of each cell that differs."""
    return [[name, before.get(name, ""), after[name]] for name in after if before.get(name, "") != after[name]]
