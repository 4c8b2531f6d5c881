"""What differs between two states of an entry, in words: for its history and for the preview of an import."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.screening.models import Entry, Instruction
from apps.screening.queries import identities

Change = tuple[str, str, str]
"""What changed, before, after; "" for nothing."""
LABELS = {
    "kind": pgettext_lazy("words, screening", "Kind"),
    "instruction": pgettext_lazy("words, screening", "Instruction"),
    "screen_for": gettext_lazy("May screen with it"),
    "functions": gettext_lazy("Desks that may screen with it"),
    "hit_visible_to": gettext_lazy("May be notified of a hit"),
    "reason_visible_to": gettext_lazy("May read the reason"),
    "valid_from": pgettext_lazy("words, screening", "Valid from"),
    "valid_until": pgettext_lazy("words, screening", "Valid until"),
    "review_on": pgettext_lazy("words, screening", "Review due"),
    "quality": pgettext_lazy("words, screening", "Quality"),
    "reason": pgettext_lazy("words, screening", "Reason"),
    "state": pgettext_lazy("status, screening", "State"),
}
"""Columns that a version or a line of a file has, in the order in which differences are shown."""
WORDS: dict[str, Any] = {
    "kind": dict(Entry.Kind.choices),
    "instruction": dict(Instruction.choices),
    "hit_visible_to": dict(Entry.HitVisibleTo.choices),
    "reason_visible_to": dict(Entry.ReasonVisibleTo.choices),
    "state": dict(Entry.State.choices),
}
FOR_ALL = frozenset({"screen_for", "functions"})
"""Columns of which None means everybody."""


def between(before: Any, after: Any, *, reason_told: bool = True) -> list[Change]:
    """Changes from one entry, version or line to another; what `after` does not state is no change."""
    found = list(_of_subjects(before.subject, after.subject))
    for name, label in LABELS.items():
        if (name == "reason" and not reason_told) or not (hasattr(before, name) and hasattr(after, name)):
            continue
        was, now = getattr(before, name), getattr(after, name)
        if was != now and not (name == "review_on" and now is None):
            found.append((str(label), _in_words(name, was), _in_words(name, now)))
    return found


def _of_subjects(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    was, now = dict(identities.list_identity_facts(before)), dict(identities.list_identity_facts(after))
    for label in dict.fromkeys([*was, *now]):
        if was.get(label) != now.get(label):
            yield label, "; ".join(was.get(label, [])), "; ".join(now.get(label, []))
    if was == now and before != after:
        yield pgettext("words, screening", "Further details"), "", pgettext("words, screening", "changed")


def _in_words(name: str, value: Any) -> str:
    if value is None:
        return pgettext("words, screening", "all") if name in FOR_ALL else ""
    if isinstance(value, list):
        return ", ".join(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(WORDS.get(name, {}).get(value, value))
