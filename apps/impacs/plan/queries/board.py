"""The board: open tasks in four lanes by how far they are, and what was finished this year."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import Offer, offers
from apps.impacs.models import Task
from apps.impacs.plan.queries import task_rows
from apps.impacs.plan.queries.task_rows import Seen

S = Task.State
LANES: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("todo", pgettext_lazy("words, impacs", "Not started"), frozenset({S.BACKLOG, S.PLANNED, S.READY})),
    ("going", pgettext_lazy("words, impacs", "Under way"), frozenset({S.IN_PROGRESS, S.BLOCKED, S.IN_REVIEW})),
    ("waiting", _("Waiting for others"), frozenset({S.WAITING})),
    ("done", _("Done this year"), frozenset({S.DONE})),
)
MOVES = ("plan", "start", "wait", "block", "unblock", "submit", "close", "return")
"""Verbs that move a card; the others stand on the task's own page."""

MOST_CARDS = 30


@dataclass(frozen=True, slots=True)
class Card:
    """A task on the board, and the moves that the seat may make."""

    seen: Seen
    moves: list[Offer]


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: how many tasks it holds, the first of them, and in how many they are."""

    name: str
    title: Any
    count: int
    late: int
    cards: list[Card]
    states: frozenset[str]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def filter_board_tasks(rows: Any, actor: Actor, asked: dict[str, str]) -> Any:
    """Tasks that fit the filters of the board: `owner` a desk or "mine", `decision` a key, `party` a code."""
    if asked.get("owner") == "mine":
        rows = rows.filter(Q(owner=actor.desk_id) | Q(desks__contains=[actor.desk_id]) | Q(reviewer=actor.seat_id))
    elif asked.get("owner"):
        rows = rows.filter(owner__code=asked["owner"])
    if asked.get("decision"):
        rows = rows.filter(mandate__decision=asked["decision"])
    if asked.get("party"):
        rows = rows.filter(waiting_for__contains=[asked["party"]])
    return rows


def lanes(actor: Actor, asked: dict[str, str], today: datetime.date) -> list[Lane]:
    """The four lanes. Four queries: the keys of all cards, the cards, what they wait for, how many have answered."""
    rows = filter_board_tasks(Task.objects.visible_to(actor), actor, asked)
    this_year = Q(state=S.DONE, actual_end__gte=today.replace(month=1, day=1))
    found = rows.filter(Q(state__in=sorted(Task.OPEN)) | this_year)
    keys = list(found.values_list("pk", "state", "due_on", "actual_end"))
    placed = {name: _first([one for one in keys if one[1] in states], name) for name, _title, states in LANES}
    shown = [key for of_lane in placed.values() for key, *_ in of_lane[:MOST_CARDS]]
    views = _views(actor, shown, today)
    return [
        Lane(
            name=name,
            title=title,
            count=len(placed[name]),
            late=sum(1 for _key, state, due, _end in placed[name] if state != S.DONE and due and due < today),
            cards=[_card(actor, views[key]) for key, *_ in placed[name][:MOST_CARDS] if key in views],
            states=states,
        )
        for name, title, states in LANES
    ]


def _first(found: list[Any], lane: str) -> list[Any]:
    """What is due first on top; of what is done the latest."""
    if lane == "done":
        return sorted(found, key=lambda one: (one[3] or datetime.date.min, one[0]), reverse=True)
    return sorted(found, key=lambda one: (one[2] or datetime.date.max, one[0]))


def _views(actor: Actor, keys: Sequence[Any], today: datetime.date) -> dict[Any, Seen]:
    rows = list(task_rows.find_tasks_with_parts(task_rows.find_tasks(actor).filter(pk__in=keys), actor))
    return task_rows.seen(actor, rows, today)


def _card(actor: Actor, seen: Seen) -> Card:
    moves = [one for one in offers(actor, seen.row) if one.allowed and one.verb in MOVES]
    return Card(seen, moves)


def owners(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of desks that have visible tasks. One query."""
    rows = Task.objects.visible_to(actor).order_by().values_list("owner__code", "owner__party__short_name").distinct()
    return sorted(rows)


def decisions(actor: Actor) -> list[tuple[str, str]]:
    """(key, number) of decisions whose mandates have visible tasks. One query."""
    rows = Task.objects.visible_to(actor).exclude(mandate=None).order_by()
    found = rows.values_list("mandate__decision_id", "mandate__decision__number").distinct()
    return sorted(((str(key), number or "") for key, number in found), key=lambda pair: pair[1])
