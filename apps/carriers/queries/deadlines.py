"""Deadlines of the States in words."""

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.carriers.models import RegimeChange
from apps.manifests.models import Regime


def regimes(actor: Actor | None, today: datetime.date, *, past: bool = False) -> Any:
    """Rules in force today or to come (`past`: all that ever held), by State, mode and direction. One query."""
    rows = Regime.objects.visible_to(actor).select_related("party")
    if not past:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=today))
    return rows.order_by("party__name", "mode", "direction", "craft", "space", "valid_from")


def regime_line(row: Regime | RegimeChange, today: datetime.date) -> dict[str, Any]:
    """A rule in words: whom it concerns, by when, and how sure we are of it."""
    return {
        "it": row,
        "craft": CRAFTS.get(row.craft, row.craft),
        "space": SPACES.get(row.space, row.space),
        "when": deadline_words(row.minutes, row.event),
        "to_come": row.valid_from > today,
        "over": row.valid_to is not None and row.valid_to <= today,
        "status": STATUS_CHIPS.get(row.status, ("mute", "circle", row.status)),
    }


def deadline_words(minutes: int, event: str) -> str:
    """ "24 h before arrival", "15 min after departure", "at departure"."""
    amount = abs(minutes)
    span = (
        pgettext("words, jrcc", "%(n)d min") % {"n": amount}
        if amount % 60
        else pgettext("words, jrcc", "%(n)d h") % {"n": amount // 60}
    )
    words = {
        "span": span,
        "event": pgettext("words, jrcc", "arrival") if event == "arrival" else pgettext("words, jrcc", "departure"),
    }
    if minutes == 0:
        return pgettext("words, jrcc", "at %(event)s") % words
    return (
        pgettext("words, jrcc", "%(span)s before %(event)s") % words
        if minutes < 0
        else pgettext("words, jrcc", "%(span)s after %(event)s") % words
    )


CRAFTS = {
    "any": pgettext_lazy("words, jrcc", "all craft"),
    "commercial": pgettext_lazy("words, jrcc", "commercial"),
    "private": pgettext_lazy("words, jrcc", "private"),
}
SPACES = {
    "any": gettext_lazy("from and to anywhere"),
    "inside": gettext_lazy("within the Single Domestic Space"),
    "outside": gettext_lazy("from or to outside the Single Domestic Space"),
}
STATUS_CHIPS = {
    "verified": ("ok", "check", pgettext_lazy("status, jrcc", "Verified")),
    "press": ("info", "half", pgettext_lazy("words, carriers", "Press report")),
    "assumed": ("warn", "alert", pgettext_lazy("status, jrcc", "Assumed")),
    "unverified": ("warn", "alert", pgettext_lazy("status, jrcc", "Not verified")),
}
