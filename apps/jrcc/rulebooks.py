"""Dated rules of retention and of penalties as the pages show them, with the changes that wait or were decided."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.jrcc import keeping, policy
from apps.jrcc.boards import STATUS_CHIPS
from apps.jrcc.models import Journey, JourneyParty, PenaltyChange, PenaltyRule, RetentionChange, RetentionRule

Facts = list[tuple[str, Any]]
CHIPS = {
    "proposed": ("warn", "clock"),
    "confirmed": ("ok", "check"),
    "rejected": ("mute", "x"),
    "withdrawn": ("mute", "undo"),
}
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Book:
    """One kind of rule: its rows, its changes, who may propose one, and its words."""

    noun: str
    rule: Any
    change: Any
    may_propose: Callable[[Actor, Any], Any]
    title: Any
    says: Callable[[Any], Facts]
    related: tuple[str, ...]

    def rows(self, actor: Actor, today: datetime.date, *, past: bool) -> list[Any]:
        """Rules that the seat may see, by State; those of the past only if asked for. One query."""
        found = self.rule.objects.visible_to(actor).select_related("party")
        if not past:
            found = found.filter(Q(valid_to=None) | Q(valid_to__gt=today))
        return sorted(found, key=lambda row: (str(row.party or ""), self.says(row)[0][1], row.valid_from))

    def changes(self, actor: Actor) -> list[Any]:
        """Changes that the seat may see, newest first. One query."""
        rows = self.change.objects.visible_to(actor).select_related(*self.related).order_by("-pk")
        return list(rows[:SHOWN])


KEPT_FROM = {
    "": gettext_lazy("%(n)d days after the end of the journey"),
    RetentionRule.Kind.UNREADABLE: gettext_lazy("%(n)d days after it came"),
    RetentionRule.Kind.DRAFT: gettext_lazy("%(n)d days after its last change"),
}


def _of_retention(row: RetentionRule | RetentionChange) -> Facts:
    days = str(KEPT_FROM.get(row.kind, KEPT_FROM[""])) % {"n": row.keep_days} if row.keep_days else "–"
    later = _("%(n)d days after it") % {"n": row.delete_days} if row.delete_days else "–"
    return [(_("Data"), row.get_kind_display()), (_("Kept"), days), (_("Deleted"), later)]


def _of_penalty(row: PenaltyRule | PenaltyChange) -> Facts:
    fine = _("up to %(most)s %(currency)s") % {"most": f"{row.most_minor / 100:,.2f}", "currency": row.currency}
    return [(_("For what"), row.act), (_("Who is liable"), row.who), (_("Fine"), fine)]


BOOKS = {
    "retention": Book(
        "retention_change", RetentionRule, RetentionChange, policy.may_propose_retention,
        gettext_lazy("Rules of retention"), _of_retention, ("party",),
    ),
    "penalties": Book(
        "penalty_change", PenaltyRule, PenaltyChange, policy.may_propose_penalty,
        gettext_lazy("Laws on penalties"), _of_penalty, ("party", "replaces"),
    ),
}  # fmt: skip


def line(book: Book, row: Any, today: datetime.date) -> dict[str, Any]:
    """A rule or a change as a list shows it."""
    status = getattr(row, "status", "")
    return {
        "it": row,
        "facts": book.says(row),
        "to_come": row.valid_from > today,
        "over": row.valid_to is not None and row.valid_to <= today,
        "status": STATUS_CHIPS.get(status, ("mute", "circle", status)) if status else None,
    }


def chip(row: Any) -> tuple[str, str, str]:
    """How far a change is."""
    return (*CHIPS[row.state], row.get_state_display())


def touched(actor: Actor, row: RetentionChange) -> Mapping[str, Any] | None:
    """How many journeys that the seat may see would be over on the first day: by the rule now, and by this one.

    For a State those that touch it; None where a rule is not of journeys, or ends. Three queries.
    """
    if row.ends or row.kind not in {RetentionRule.Kind.TRAVELLER, RetentionRule.Kind.RAW}:
        return None
    rules = keeping.rules(actor, row.valid_from)
    now = rules.of(row.party_id or "", row.kind).keep_days
    moment = datetime.datetime.combine(row.valid_from, datetime.time(), datetime.UTC)
    rows = Journey.objects.visible_to(actor).filter(masked_at=None)
    if row.party_id:
        touches = JourneyParty.objects.visible_to(actor).filter(journey=OuterRef("pk"))
        rows = rows.filter(Exists(touches.filter(party=row.party_id)))
    found = {
        name: rows.filter(keeping.over(moment, days)).count()
        for name, days in (("before", now), ("after", row.keep_days))
    }
    return {**found, "days": now}
