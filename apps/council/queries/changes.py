"""What came or changed on the Council's records since a moment, as far as a seat may see it: one question for all."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, JSONField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.council.models import Decision, Meeting, Paper, WrittenProcedure
from apps.council.queries import decision_words
from apps.council.rules.titles import meeting_name

MOST = 50
GROUPS = {
    "decision": (pgettext_lazy("words, council", "Decisions"), "landmark", "council:decisions"),
    "paper": (pgettext_lazy("words, council", "Papers"), "file-text", "council:papers"),
    "procedure": (pgettext_lazy("words, council", "Written procedures"), "clock", "council:procedures"),
    "meeting": (pgettext_lazy("words, council", "Meetings"), "calendar", "council:meetings"),
}
"""Groups in their order: title, icon, the whole list."""

STATES = {
    "decision": dict(Decision.State.choices),
    "paper": dict(Paper.State.choices),
    "procedure": dict(WrittenProcedure.State.choices),
    "meeting": dict(Meeting.State.choices),
}
COLUMNS = ("what", "id", "at", "made", "called", "named", "more", "outcome", "invented", "state")


@dataclass(frozen=True, slots=True)
class Change:
    """One record that came or changed: its number and title, what happened in words, and when."""

    group: str
    url: str
    number: str
    title: str
    said: str
    at: datetime.datetime
    new: bool
    fictional: bool


def changes(actor: Actor, since: datetime.datetime) -> tuple[list[Change], bool]:
    """(records that came or changed after the moment, newest first; whether there are more than 50). One query."""
    none = Value({}, output_field=JSONField())
    rows = _told(Decision, actor, since, "decision", Coalesce("number", "working_no"), "title", told="result").union(
        _told(Paper, actor, since, "paper", Coalesce("number", Value("")), "title", "supersedes__number", none),
        _told(WrittenProcedure, actor, since, "procedure", "reference", "decision__title", told="result"),
        _told(Meeting, actor, since, "meeting", Cast("number", CharField()), "organ_id", "kind", none),
        all=True,
    )
    found = list(rows.order_by("-at")[: MOST + 1])
    return [_change(dict(zip(COLUMNS, row, strict=True)), since) for row in found[:MOST]], len(found) > MOST


def _told(
    model: Any,
    actor: Actor,
    since: datetime.datetime,
    what: str,
    called: Any,
    named: str,
    more: str = "",
    told: Any = "",
) -> Any:
    """The changed rows of one kind, in the columns that all kinds share."""
    said = F(told) if isinstance(told, str) else told
    rows = model.objects.visible_to(actor).filter(changed_at__gt=since)
    return rows.annotate(
        what=Value(what, output_field=CharField()),
        at=F("changed_at"),
        made=F("created_at"),
        called=F(called) if isinstance(called, str) else called,
        named=F(named),
        more=Coalesce(more, Value(""), output_field=CharField()) if more else Value("", output_field=CharField()),
        outcome=said,
        invented=Coalesce("meeting__fictional", False) if model is Paper else F("fictional"),
    ).values_list(*COLUMNS)


def _change(row: dict[str, Any], since: datetime.datetime) -> Change:
    group = row["what"]
    said = str(STATES[group].get(row["state"], row["state"]))
    number, title = row["called"], row["named"]
    if group == "decision":
        result = decision_words.short_result(row["outcome"])
        said = _("%(state)s: %(result)s") % {"state": said, "result": result} if result else said
    elif group == "paper" and row["more"]:
        said = pgettext("words, council", "%(state)s, replaces %(number)s") % {"state": said, "number": row["more"]}
    elif group == "procedure":
        sentence = (row["outcome"] or {}).get("sentence", "")
        said = _("%(state)s: %(result)s") % {"state": said, "result": sentence} if sentence else said
    elif group == "meeting":
        number, title = "", f"{meeting_name(int(number), row['more'])}, {title}"
    url = reverse(f"council:{group}", args=[row["id"]])
    return Change(group, url, number, title, said, row["at"], row["made"] > since, row["invented"])


def grouped(found: list[Change]) -> list[tuple[Any, str, str, list[Change]]]:
    """[(title, icon, address of the whole list, changes)] of the groups that are not empty."""
    groups = [
        (title, icon, reverse(whole), [one for one in found if one.group == name])
        for name, (title, icon, whole) in GROUPS.items()
    ]
    return [group for group in groups if group[3]]
