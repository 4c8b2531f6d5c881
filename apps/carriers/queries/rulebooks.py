"""Dated rules of the States as the pages show them, with the changes that wait or were decided."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.carriers import policy
from apps.carriers.models import BookingLawChange, PenaltyChange, PenaltyRule, RegimeChange
from apps.carriers.queries import deadlines, rule_impact
from apps.carriers.queries.deadlines import STATUS_CHIPS
from apps.carriers.queries.words import ELEMENT_WORDS
from apps.manifests.models import Booking, BookingLaw, Regime

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
    """What the book is of, where the list's page does not know it: for books that an app above has put here."""

    def place(self, page: str = "s") -> str:
        """The address of its list ("s") or of the form for a change ("_new")."""
        return reverse(f"{self.namespace}:{self.room}{page}")

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


def _of_penalty(row: PenaltyRule | PenaltyChange) -> Facts:
    fine = pgettext("words, jrcc", "up to %(most)s %(currency)s") % {
        "most": f"{row.most_minor / 100:,.2f}",
        "currency": row.currency,
    }
    return [
        (pgettext("words, jrcc", "Offence"), row.act),
        (_("Who is liable"), row.who),
        (pgettext("words, jrcc", "Fine"), fine),
    ]


def _of_bookings(row: BookingLaw | BookingLawChange) -> Facts:
    named = ", ".join(str(ELEMENT_WORDS[name]) for name in row.elements)
    kept = _("%(n)d days after departure") % {"n": row.keep_days} if row.keep_days else "–"
    return [
        (pgettext("field, jrcc", "Data"), pgettext("words, jrcc", "Airline bookings")),
        (_("Named in the law, besides locator, date and names"), named or pgettext("words, jrcc", "nothing")),
        (pgettext("words, jrcc", "Kept"), kept),
    ]


def _of_deadline(row: Regime | RegimeChange) -> Facts:
    said = deadlines.regime_line(row, row.valid_from)
    concerns = ", ".join(map(str, (row.get_mode_display(), row.get_direction_display(), said["craft"], said["space"])))
    return [(_("Send the manifest"), said["when"]), (pgettext("words, jrcc", "Applies to"), concerns)]


def describe_rule_line(book: Book, row: Any, today: datetime.date) -> dict[str, Any]:
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
    past = rule_impact.past(actor, row, timezone.now()) if sees else []
    return {
        "sees": sees,
        "past": past[:MOST_TOUCHED],
        "n_past": len(past),
        "late_before": sum(one.late_before for one in past),
        "late_after": sum(one.late_after for one in past),
        "coming": rule_impact.expected(actor, row)[:MOST_TOUCHED] if sees and row.state == "proposed" else [],
    }


OWN = {
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
        pgettext_lazy("words, jrcc", "Deadlines"), _of_deadline, "regime", touches=_deadline_touched,
    ),
}  # fmt: skip


def book_of(name: str) -> Book:
    """The book of this name: our own, or one that apps offer to `carriers.rule_books`; KeyError for none."""
    return OWN[name] if name in OWN else registry.offered("carriers.rule_books")[name]
