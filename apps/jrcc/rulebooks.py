"""Dated rules of the States as the pages show them, with the changes that wait or were decided."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.jrcc import boards, keeping, policy, touching
from apps.jrcc.actions.booking_rules import ELEMENT_WORDS
from apps.jrcc.boards import STATUS_CHIPS
from apps.jrcc.models import (
    Booking,
    BookingLaw,
    BookingLawChange,
    Journey,
    JourneyParty,
    PenaltyChange,
    PenaltyRule,
    Regime,
    RegimeChange,
    RetentionChange,
    RetentionRule,
)

Facts = list[tuple[str, Any]]
CHIPS = {
    "proposed": ("warn", "clock"),
    "confirmed": ("ok", "check"),
    "rejected": ("mute", "x"),
    "withdrawn": ("mute", "undo"),
}
SHOWN, MOST_TOUCHED = 30, 50


@dataclass(frozen=True, slots=True)
class Book:
    """One kind of rule: its rows, its changes, who may propose one, and its words."""

    noun: str
    rule: Any
    change: Any
    may_propose: Callable[[Actor, Any], Any]
    title: Any
    says: Callable[[Any], Facts]
    room: str
    """What the names of its pages begin with: `retention_rule` of jrcc:retention_rules and jrcc:retention_rule_new."""
    related: tuple[str, ...] = ("party",)
    touches: Callable[[Actor, Any], Mapping[str, Any] | None] = lambda _actor, _row: None
    """What a change would mean, for the template `jrcc/_touched_<room>.html`; None where there is nothing to say."""
    namespace: str = "jrcc"
    about: Any = ""
    """What the book is of, where the list's page does not know it: for books that a room above has put here."""

    def place(self, page: str = "s", *args: Any) -> str:
        """The address of its list ("s"), of the form for a change ("_new"), or of a verb of a change ("_do")."""
        return reverse(f"{self.namespace}:{self.room}{page}", args=args)

    def page(self, change: Any) -> str:
        """The address of a change, whose name is that of its type."""
        return reverse(f"{self.namespace}:{self.change._meta.model_name}", args=[change.pk])

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


def _of_bookings(row: BookingLaw | BookingLawChange) -> Facts:
    named = ", ".join(str(ELEMENT_WORDS[name]) for name in row.elements)
    kept = _("%(n)d days after the departure") % {"n": row.keep_days} if row.keep_days else "–"
    return [
        (_("Data"), _("Airlines' bookings")),
        (_("Named beside locator, day and names"), named or _("nothing")),
        (_("Kept"), kept),
    ]


def _of_deadline(row: Regime | RegimeChange) -> Facts:
    said = boards.regime_line(row, row.valid_from)
    concerns = ", ".join(map(str, (row.get_mode_display(), row.get_direction_display(), said["craft"], said["space"])))
    return [(_("Send the list"), said["when"]), (_("Concerns"), concerns)]


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


def _retention_touched(actor: Actor, row: RetentionChange) -> Mapping[str, Any] | None:
    """How many journeys that the seat may see would be over on the first day: by the rule now, and by this one.

    For a State those that touch it; None where a rule is not of journeys, or ends. Three queries.
    """
    if row.ends or row.kind not in {RetentionRule.Kind.TRAVELLER, RetentionRule.Kind.RAW}:
        return None
    if actor.function == "ministry":
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


def _bookings_touched(actor: Actor, row: BookingLawChange) -> Mapping[str, Any]:
    """How many bookings that the seat may see would be deleted or narrowed on the first day. Two queries."""
    held = Booking.objects.visible_to(actor).filter(law__party=row.party_id, keep_until__gt=row.valid_from)
    kept = list(held.values_list("law_id", "date", "law__elements"))
    days = datetime.timedelta(days=row.keep_days)
    over = [one for one in kept if row.ends or one[1] + days <= row.valid_from]
    lost = {name for _law, _day, names in kept for name in names} - set(row.elements)
    return {
        "sees": actor.function == "border",
        "kept": len(kept),
        "over": len(over),
        "narrowed": sum(bool(set(names) & lost) for _law, _day, names in kept) - len(over) if not row.ends else 0,
        "lost": [ELEMENT_WORDS[name] for name in ELEMENT_WORDS if name in lost] if not row.ends else [],
    }


def _deadline_touched(actor: Actor, row: RegimeChange) -> Mapping[str, Any]:
    """Journeys of the last weeks, and those expected, that it concerns, as far as the seat sees them. Eight queries."""
    sees = actor.function != "ministry"
    past = touching.past(actor, row, timezone.now()) if sees else []
    return {
        "sees": sees,
        "past": past[:MOST_TOUCHED],
        "n_past": len(past),
        "late_before": sum(one.late_before for one in past),
        "late_after": sum(one.late_after for one in past),
        "coming": touching.expected(actor, row)[:MOST_TOUCHED] if sees and row.state == "proposed" else [],
    }


BOOKS = {
    "retention": Book(
        "retention_change", RetentionRule, RetentionChange, policy.may_propose_retention,
        gettext_lazy("Rules of retention"), _of_retention, "retention_rule", touches=_retention_touched,
    ),
    "penalties": Book(
        "penalty_change", PenaltyRule, PenaltyChange, policy.may_propose_penalty,
        gettext_lazy("Laws on penalties"), _of_penalty, "penalties_rule", ("party", "replaces"),
    ),
    "bookings": Book(
        "booking_law_change", BookingLaw, BookingLawChange, policy.may_propose_booking_law,
        gettext_lazy("Laws on bookings"), _of_bookings, "bookings_rule", touches=_bookings_touched,
    ),
    "deadlines": Book(
        "regime_change", Regime, RegimeChange, policy.may_propose_regime,
        gettext_lazy("Deadlines"), _of_deadline, "regime", touches=_deadline_touched,
    ),
}  # fmt: skip
