"""What one's own State has to do, in the order in which to do it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.impacs.models import StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.cells import look_of, word_of
from apps.impacs.obligations.queries.status import Row, Standing
from apps.impacs.queries.status_looks import Look
from apps.people.models import Desk, Seat, User

S = StateAction.State
SOON_DAYS = 30
GROUPS: dict[str, tuple[Any, str]] = {
    "overdue": (pgettext_lazy("words, impacs", "Overdue"), "alert"),
    "soon": (_("Due in 30 days"), "clock"),
    "waiting": (_("Waiting for us"), "inbox"),
    "others": (_("Waiting for others"), "send"),
    "later": (pgettext_lazy("words, impacs", "Under way"), "list-checks"),
}
"""Groups in their order: title, icon."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One action of the State as its ministry reads it."""

    row: Row
    at: Standing
    group: str
    desk: str = ""
    person: str = ""

    @property
    def look(self) -> Look:
        """How the status is shown."""
        return look_of(self.at)

    @property
    def word(self) -> str:
        """The colour in a word or two."""
        return word_of(self.at)

    @property
    def unacknowledged(self) -> bool:
        """Whether the ministry has still to take note of it."""
        return self.row.state == S.NOT_STARTED

    @property
    def due(self) -> datetime.date | None:
        """The due date in force; `row.due_on` is the original."""
        return self.at.facts.due(self.at.day)

    @property
    def number(self) -> str:
        """Number of the decision and of the clause."""
        return f"{self.row.decision_number}, {self.row.clause_number}"

    @property
    def who(self) -> str:
        """Who does it in the State: ministry or body, desk, person."""
        return ", ".join(each for each in (self.row.responsible, self.desk, self.person) if each)

    @property
    def step(self) -> tuple[str, str]:
        """(verb, label) of the next step; an empty verb leads to the action itself."""
        if self.row.state == S.NOT_STARTED:
            return "acknowledge", pgettext("button, impacs", "Acknowledge")
        if self.row.state == S.RETURNED:
            return "", _now("Correct the evidence")
        if self.row.state == S.SUBMITTED:
            return "", pgettext("button, impacs", "View")
        return "report", pgettext("button, impacs", "Report progress")

    @property
    def waits_for(self) -> str:
        """What it waits for, in words; "" when the State itself is to act."""
        if self.row.state == S.SUBMITTED:
            return _now("IMPACS verifies the evidence.")
        return _now("The Director of IMPACS decides on the exemption.") if self.row.claimed_on else ""


def obligations(actor: Actor, day: datetime.date) -> list[Obligation]:
    """Open actions of the actor's own State, for another desk those it was given: by group, then what is due first.

    Six queries.
    """
    rows = StateAction.objects.visible_to(actor).filter(party=actor.party_code, state__in=StateAction.OPEN)
    if actor.function != "ministry":
        rows = rows.filter(desk=actor.desk_id)
    found = status.standings(rows.order_by("due_on", "pk"), day).values()
    desks, people = _names([row for row, _at in found])
    listed = [
        Obligation(row, at, _group(row, at), desks.get(row.desk, ""), people.get(row.focal_seat, ""))
        for row, at in found
    ]
    order = list(GROUPS)
    return sorted(listed, key=lambda one: (order.index(one.group), one.due or datetime.date.max))


def _names(rows: Sequence[Row]) -> tuple[dict[int | None, str], dict[int | None, str]]:
    """({desk: its code}, {seat: who sits there}) of those that the rows name. One query."""
    desks = Desk.objects.filter(pk__in={row.desk for row in rows if row.desk}).order_by()
    seats = Seat.objects.filter(pk__in={row.focal_seat for row in rows if row.focal_seat}).order_by()
    kinds = Value("desk", CharField()), Value("seat", CharField())
    codes = desks.values_list(kinds[0], Cast("pk", IntegerField()), *_texts("code", "party_id", "party_id"))
    names = seats.values_list(
        kinds[1], Cast("pk", IntegerField()), *_texts("user__full_name", "user__home_party", "desk__party")
    )
    found: dict[str, dict[int | None, str]] = {"desk": {}, "seat": {}}
    for kind, pk, name, home, party in codes.union(names, all=True):
        found[kind][pk] = name if kind == "desk" else User(full_name=name, home_party_id=home).name_at(party)
    return found["desk"], found["seat"]


def _texts(*columns: str) -> list[Cast]:
    return [Cast(column, TextField()) for column in columns]


def _group(row: Row, at: Standing) -> str:
    left = at.status.days_to_due
    if row.state == S.SUBMITTED:
        return "others"
    if "OVERDUE" in at.status.reasons:
        return "overdue"
    if row.state == S.RETURNED:
        return "waiting"
    if at.counts and left is not None and 0 <= left <= SOON_DAYS:
        return "soon"
    if at.counts and row.state == S.NOT_STARTED:
        return "waiting"
    return "others" if at.facts.extension_pending or row.claimed_on else "later"


def owners(found: Sequence[Obligation]) -> list[str]:
    """Everybody who is named as doing something, for the filter."""
    named = {each for one in found for each in (one.row.responsible, one.desk, one.person) if each}
    return sorted(named, key=str.casefold)


def of_owner(found: Sequence[Obligation], owner: str) -> list[Obligation]:
    """Those that a ministry, body, desk or person does; all of them without a name."""
    if not owner:
        return list(found)
    return [one for one in found if owner in {one.row.responsible, one.desk, one.person}]
