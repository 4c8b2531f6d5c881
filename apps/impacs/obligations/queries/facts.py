"""The dated facts of State actions, read in one query, and what of them was known on a day."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce

from apps.impacs.models import Dependency, Difficulty, ExtensionRequest, Step, Turn
from apps.impacs.obligations.rules.rag import APPLIES, NOT_APPLICABLE, RED, Blocker, Extension

T = Turn.Kind
X = ExtensionRequest.State
TURN, MOVED, OBSTACLE, STEP, UPSTREAM = "turn", "moved", "obstacle", "step", "upstream"


class Dated(NamedTuple):
    """One dated fact: its kind, a code of its own, a number, and up to three days."""

    tag: str
    word: str
    number: int
    first: datetime.date
    second: datetime.date | None
    third: datetime.date | None


@dataclass(slots=True)
class Known:
    """Every dated fact of one action, in the order of their days."""

    turns: list[Dated] = field(default_factory=list)
    moved: list[Dated] = field(default_factory=list)
    obstacles: list[Dated] = field(default_factory=list)
    steps: list[Dated] = field(default_factory=list)
    upstream: list[Dated] = field(default_factory=list)

    def joined(self, more: "Known | None") -> "Known":
        """These facts with the tasks that the whole clause waits for."""
        return self if more is None else replace(self, upstream=[*self.upstream, *more.upstream])

    def frozen(self) -> tuple[tuple[Dated, ...], ...]:
        """The same facts as something that can be compared and looked up."""
        lists = (self.turns, self.moved, self.obstacles, self.steps, self.upstream)
        return tuple(tuple(one) for one in lists)

    def days(self) -> set[datetime.date]:
        """Every day that one of the facts names."""
        lists = (self.turns, self.moved, self.obstacles, self.steps)
        found = {day for found in lists for one in found for day in one[3:] if day is not None}
        late = {one.first + datetime.timedelta(days=1) for one in self.upstream}
        return found | late | {one.second for one in self.upstream if one.second is not None}

    def on(self, day: datetime.date) -> dict[str, Any]:
        """Those columns of rag.Facts that follow from what was known on the day."""
        columns = _turned(self.turns, day) if self.turns else {}
        if self.moved:
            columns |= _extensions(self.moved, day)
        if self.obstacles:
            columns["blockers"] = tuple(Blocker(one.word, one.first, one.second) for one in self.obstacles)
        if any(one.first < day and (one.second is None or one.second > day) for one in self.upstream):
            columns["upstream_colours"] = (RED,)
        return columns

    def ticked(self, day: datetime.date) -> int | None:
        """Per cent by the steps that there were on the day, by their weights; None where there were none."""
        live = [one for one in self.steps if one.first <= day and (one.third is None or one.third > day)]
        whole = sum(one.number for one in live)
        done = sum(one.number for one in live if one.second is not None and one.second <= day)
        return 100 * done // whole if whole else None


NOTHING = Known()


def _turned(turns: list[Dated], day: datetime.date) -> dict[str, Any]:
    """Replay the turns up to a day. Reopened evidence counts as returned; expired evidence was never there."""
    submitted = rejected = verified = completed = None
    applies = APPLIES
    for one in turns:
        if one.first > day:
            break
        if one.word == T.SUBMITTED:
            submitted, completed = one.first, one.second
        elif one.word == T.RETURNED:
            rejected = one.first
        elif one.word == T.VERIFIED:
            verified = one.first
        elif one.word == T.REOPENED:
            rejected, verified, completed = one.first, None, None
        elif one.word in {T.TAKEN_BACK, T.EXPIRED}:
            submitted = verified = completed = None
        elif one.word == T.NOT_APPLICABLE:
            applies = NOT_APPLICABLE
    return {
        "evidence_submitted_on": submitted,
        "evidence_rejected_on": rejected,
        "verified_on": verified,
        "completed_on": completed if verified else None,
        "applicability": applies,
    }


def _extensions(moved: list[Dated], day: datetime.date) -> dict[str, Any]:
    """Granted by the day; `pending` while a request had no answer. `first` asked, `second` answered, `third` new."""
    granted = tuple(
        Extension(one.second, one.third)
        for one in moved
        if one.word == X.GRANTED and one.second and one.third and one.second <= day
    )
    pending = any(one.first <= day and (one.second is None or one.second > day) for one in moved)
    return {"extensions": granted, "extension_pending": pending}


def known_of(decisions: Collection[Any], parties: Collection[str]) -> dict[Any, Known]:
    """{action or clause: its dated facts} of the States' actions under decisions; others are left out. One query.

    Whoever sees an action sees its status: no words are read here.
    """
    if not decisions:
        return {}
    asked = {"action__decision__in": list(decisions), "action__party__in": list(parties)}
    none, zero = Value(None, DateField()), Value(0, IntegerField())
    turns = _dated(Turn.objects.filter(**asked), TURN, "kind", zero, "day", "completed_on", none)
    moved = _dated(
        ExtensionRequest.objects.filter(**asked), MOVED, "state", zero, "requested_on", "decided_on", "new_due_on"
    )
    obstacles = _dated(Difficulty.objects.filter(**asked), OBSTACLE, "severity", zero, "since", "cleared_on", none)
    steps = _dated(
        Step.objects.filter(**asked), STEP, Value("", CharField()), F("weight"), "added_on", "done_on", "removed_on"
    )
    found: dict[UUID, Known] = {}
    lists: Mapping[str, str] = {
        **{TURN: "turns", MOVED: "moved", OBSTACLE: "obstacles", STEP: "steps"},
        UPSTREAM: "upstream",
    }
    rows = turns.union(moved, obstacles, steps, _waited_for(decisions), all=True)
    for action, _pk, *values in rows.order_by("of_day_0", "pk"):
        one = Dated(*values)
        getattr(found.setdefault(action, Known()), lists[one.tag]).append(one)
    return found


def _waited_for(decisions: Collection[UUID]) -> Any:
    """Tasks for which an action waits, or all actions of a clause: when each was due, and when it was done."""
    of_clause, of_action = Q(successor_clause__decision__in=decisions), Q(successor_action__decision__in=decisions)
    rows = Dependency.objects.filter(of_clause | of_action, predecessor_task__due_on__isnull=False)
    rows = rows.exclude(predecessor_task__state="cancelled").annotate(
        of=Coalesce("successor_action_id", "successor_clause_id")
    )
    word, number, none = Value("", CharField()), Value(0, IntegerField()), Value(None, DateField())
    days = ("predecessor_task__due_on", "predecessor_task__actual_end", none)
    return _dated(rows, UPSTREAM, word, number, *days, key="of")


def _dated(rows: Any, tag: str, word: Any, number: Any, *days: Any, key: str = "action_id") -> Any:
    columns = {
        "of_tag": Value(tag, CharField()),
        "of_word": F(word) if isinstance(word, str) else word,
        "of_number": number,
        **{f"of_day_{at}": F(day) if isinstance(day, str) else day for at, day in enumerate(days)},
    }
    return rows.annotate(**columns).values_list(key, "pk", *columns)
