"""Sources of reports to the Council and of briefs: what States have made of decisions, clause by clause."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.council.models import AgendaItem, Decision
from apps.impacs.obligations.queries.cells import describe_standing
from apps.impacs.obligations.rules.rag import RED
from apps.people.queries.work import cut
from apps.reports.queries import implementation, scorecards
from apps.reports.queries.implementation import Clause, Line, Pair
from apps.reports.queries.sources.frame import Found, Frame, Row, row_of, source
from apps.reports.rules.values import Value, parties

CUT = 160
NONE = "nothing"


def _since(frame: Frame) -> datetime.date | None:
    if "since" not in frame.memo:
        meeting = scorecards.last_council(frame.actor, frame.as_of, demonstration=frame.demonstration)
        frame.memo["since"] = scorecards.day_of_meeting(meeting)
    return frame.memo["since"]  # type: ignore[no-any-return]


def _lines(frame: Frame) -> list[Line]:
    if "lines" not in frame.memo:
        found = implementation.lines(frame.actor, frame.as_of, _since(frame), demonstration=frame.demonstration)
        frame.memo["lines"] = found
    return frame.memo["lines"]  # type: ignore[no-any-return]


def _rows(pairs: list[Pair]) -> list[Row]:
    return [("impacs.stateaction", str(row.pk)) for row, _at in pairs]


def _about(decision: Decision) -> dict[str, Value]:
    return {"number": str(decision), "title": decision.title}


def _level(decision: Decision) -> int:
    return int(decision.level)


@source("implementation")
def summary(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """All decisions together: how many are in force, how many actions they ask for, and how these stand."""
    lines = _lines(frame)
    counts = [line.counts for line in lines]
    totals: dict[str, Value] = {
        name: sum(one[name] for one in counts) for name in ("done", "on_track", "attention", "overdue", "of")
    }
    since = _since(frame)
    values = {"day": frame.as_of, "decisions": len(lines), **totals, **({"since": since} if since else {})}
    rows = [row for line in lines for clause in line.clauses.values() for row in _rows(clause.now)]
    return [Found(values, rows, counted=_("Obligations of States under decisions in force on the day"))]


@source("decisions")
def decisions(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """Each decision in force that addresses States: how many have done it; `new_only` those since the last Council."""
    since = _since(frame)
    return [
        _of_line(frame, line)
        for line in _lines(frame)
        if line.count() and not (params.get("new_only") and since and (line.decision.in_force_on or since) <= since)
    ]


def _of_line(frame: Frame, line: Line) -> Found:
    pairs = [pair for clause in line.clauses.values() for pair in clause.now]
    values = {**_about(line.decision), **line.counts, "day": line.decision.in_force_on or frame.as_of}
    return Found(
        values,
        [row_of(line.decision), *_rows(pairs)],
        counted=_("Obligations of States under %(number)s") % {"number": line.decision},
        key=str(line.decision),
        level=_level(line.decision),
    )


@source("newly_done")
def newly_done(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """Each clause that States have done since the last Council, with their names."""
    return [
        _of_clause(frame, line, clause, clause.newly_done)
        for line, clause in _clauses(frame)
        if _since(frame) and clause.newly_done
    ]


@source("late")
def late(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """Each clause on which States are overdue or far behind, with the reason of each."""
    found = []
    for line, clause in _clauses(frame):
        pairs = clause.with_colour(RED)
        if pairs:
            one = _of_clause(frame, line, clause, pairs)
            said = [f"{frame.names[row.party]} ({describe_standing(at)})" for row, at in pairs]
            one.values["reasons"] = tuple(said)
            found.append(one)
    return found


def _clauses(frame: Frame) -> Iterator[tuple[Line, Clause]]:
    for line in _lines(frame):
        for clause in line.clauses.values():
            yield line, clause


def _of_clause(frame: Frame, line: Line, clause: Clause, pairs: list[Pair]) -> Found:
    values: dict[str, Value] = {
        **_about(line.decision),
        "clause": clause.number,
        "text": cut(clause.text, CUT),
        "n": len(pairs),
        "states": parties([row.party for row, _at in pairs], frame.names),
    }
    key = f"{line.decision}-{clause.number}"
    return Found(values, [row_of(line.decision), *_rows(pairs)], key=key, level=_level(line.decision))


@source("lapsing")
def lapsing(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """Each decision that ends within `days`."""
    until = frame.as_of + datetime.timedelta(days=params["days"])
    rows = implementation.lapsing(frame.actor, frame.as_of, until, demonstration=frame.demonstration)
    return [
        Found({**_about(row), "ends": row.expires_on}, [row_of(row)], key=str(row), level=_level(row))
        for row in rows
        if row.expires_on
    ]


@source("reasons_due")
def reasons_due(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """Each recommendation on which States owe reasons, with their names."""
    found = implementation.reasons_due(frame.actor, frame.as_of, demonstration=frame.demonstration)
    return [
        Found(
            {**_about(row), "n": len(silent), "states": parties(silent, frame.names)},
            [row_of(row)],
            key=str(row),
            level=_level(row),
        )
        for row, silent in found
    ]


@source("agenda_items")
def agenda_items(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """Each item of the brief's meeting: what decisions on it, or on its subject, have come to."""
    found = implementation.by_item(frame.actor, frame.meeting, _lines(frame))
    return [_of_item(item, near) for item, near in found]


def _of_item(item: AgendaItem, near: list[Line]) -> Found:
    values: dict[str, Value] = {
        "position": item.position or 0,
        "item": item.title,
        "kind": str(item.get_kind_display()).lower(),
        "earlier": tuple(_told(line) for line in near) or NONE,
    }
    rows = [row_of(item), *(row_of(line.decision) for line in near)]
    level = max([item.level, *(line.decision.level for line in near)])
    return Found(values, rows, key=str(item.position or item.pk), level=level)


def _told(line: Line) -> str:
    counts = line.counts
    sentence = ngettext(
        "%(number)s (%(done)s of %(of)s obligation done, %(overdue)s overdue)",
        "%(number)s (%(done)s of %(of)s obligations done, %(overdue)s overdue)",
        counts["of"],
    )
    return sentence % {"number": line.decision, **counts}
