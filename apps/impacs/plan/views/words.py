"""Words, chips and comparisons of the pages of tasks."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.urgency import late_by
from apps.impacs.models import Task

S = Task.State
CHIPS: dict[str, tuple[str, str]] = {
    S.BACKLOG: ("mute", "circle"),
    S.PLANNED: ("mute", "calendar"),
    S.READY: ("mute", "play"),
    S.IN_PROGRESS: ("info", "half"),
    S.WAITING: ("warn", "clock"),
    S.BLOCKED: ("bad", "lock"),
    S.IN_REVIEW: ("info", "eye"),
    S.DONE: ("ok", "circle-check"),
    S.CANCELLED: ("mute", "circle-x"),
}
PRIMARY = ("plan", "start", "submit", "close", "unblock", "answer")
"""The one filled button of a task: the first of these that the seat may press."""


def chip_of(row: Any, late_days: int) -> tuple[str, str, str]:
    """State of a task as a chip; how late it is comes first."""
    if late_days:
        words = {"state": row.get_state_display(), "late": late_by(late_days)}
        return "bad", "alert", _("%(state)s, %(late)s") % words
    kind, picture = CHIPS[row.state]
    return kind, picture, row.get_state_display()


def two_versions(form: Any, stored: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields in which what was typed differs from what somebody else has saved meanwhile."""
    rows = []
    for field in form:
        typed, there = _shown(field, field.value()), _shown(field, stored.get(field.name))
        if typed != there:
            rows.append(
                {
                    "field": field.label,
                    "ours_parts": [{"text": typed, "differs": True}] if typed else [],
                    "theirs_parts": [{"text": there, "differs": True}] if there else [],
                    "result": {"kind": "warn", "picture": "alert", "text": pgettext("words, impacs", "Differs")},
                }
            )
    return rows


def _shown(field: Any, value: Any) -> str:
    """A value as people read it: the name of a choice, a day, a text."""
    if value in (None, ""):
        return ""
    choices = {str(key): str(words) for key, words in getattr(field.field, "choices", [])}
    if choices:
        return choices.get(str(value), str(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    text = str(value)
    return text.rstrip("0").rstrip(".") if _is_number(text) else text


def _is_number(text: str) -> bool:
    return "." in text and text.replace(".", "", 1).isdecimal()
