"""Sources among the facts that no other table holds, and among meetings to come."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.council.models import AgendaItem, Decision
from apps.council.queries.membership import day_of
from apps.reports.queries.sources.frame import Found, Frame, row_of, source
from apps.reports.rules.words import Month


@source("static")
def static(_frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """Words that do not depend on the record."""
    return [Found()]


@source("fact")
def fact(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """`codes`: facts that all have to hold on the day; their values together."""
    found = Found()
    for code in params["codes"]:
        row = frame.holding(code)
        if row is None:
            found.gap = found.gap or _("No fact %(code)s is recorded for this day.") % {"code": code}
        else:
            found.with_fact(row, frame.values(row))
    return [found]


@source("request")
def request(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The latest request of `addressee` that had come in by the day."""
    for row in frame.beginning(f"request.{params['addressee']}"):
        if row.valid_from <= frame.as_of:
            values = {f"request.{name}": value for name, value in frame.values(row).items()}
            return [Found().with_fact(row, values)]
    return [Found(gap=_("No outside request had arrived by this day."))]


@source("agenda")
def agenda(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The next meeting of `organ` after the day that takes up `topic`: from agendas, else from what is announced."""
    found = _on_an_agenda(frame, params) or _announced(frame, params)
    return [found or Found(gap=_("No upcoming meeting on this topic is known."))]


def _on_an_agenda(frame: Frame, params: Mapping[str, Any]) -> Found | None:
    """Real items with a draft on this subject alone: what the demonstration plays is no fact."""
    drafts = Decision.objects.visible_to(frame.actor).filter(
        item__meeting__organ=params["organ"],
        item__meeting__fictional=False,
        item__meeting__starts_at__date__gt=frame.as_of,
        item__state__in=AgendaItem.OPEN,
        created_at__lte=frame.known_at,
        fictional=False,
        subject=params["topic"],
    )
    draft = drafts.select_related("item__meeting").order_by("item__meeting__starts_at").first()
    if draft is None or draft.item is None:
        return None
    meeting = draft.item.meeting
    opening = day_of(meeting.starts_at, meeting.time_zone)
    values: dict[str, Any] = {"n": meeting.number, "month": Month(opening.year, opening.month)}
    return Found(values, [row_of(meeting), row_of(draft)], level=max(draft.level, meeting.level))


def _announced(frame: Frame, params: Mapping[str, Any]) -> Found | None:
    """The meeting that was announced for a month, while that month is not over."""
    for row in frame.beginning(f"meeting.{params['organ']}"):
        values = frame.values(row)
        topics, month = values.get("topics"), values.get("month")
        if not isinstance(topics, tuple) or params["topic"] not in topics or frame.holding(row.code) != row:
            continue
        if isinstance(month, Month) and month >= _month_of(frame.as_of):
            return Found().with_fact(row, values)
    return None


def _month_of(day: datetime.date) -> Month:
    return Month(day.year, day.month)
