"""The builder of rules: a form of rows that needs no script. "And" joins its groups, "or" the rows of a group."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.screening import rules
from apps.screening.rules.facts import NUMBER, YES_NO

MOST_GROUPS, MOST_ROWS = 10, 12
LONGEST_RAW = 50_000
HOW: Final = {
    "is": pgettext_lazy("words, screening", "is"),
    "is_one_of": gettext_lazy("is one of"),
    "begins_with": pgettext_lazy("words, screening", "begins with"),
    "at_least": gettext_lazy("is at least"),
    "at_most": gettext_lazy("is at most"),
    "known": gettext_lazy("is known (yes or no)"),
}
GROUPS: Final = {
    "person": pgettext_lazy("words, screening", "Person"),
    "document": pgettext_lazy("words, screening", "Document"),
    "route": pgettext_lazy("words, screening", "Route"),
    "booking": pgettext_lazy("words, screening", "Booking"),
    "history": pgettext_lazy("words, screening", "Earlier journeys"),
    "list": pgettext_lazy("words, screening", "Carrier's manifest"),
}
TRUTH: Final = {"yes": True, "no": False}


@dataclass
class Row:
    """One condition as it stands in the form: a fact, what is asked of it, the value as typed, and what is wrong."""

    fact: str = ""
    how: str = "is"
    value: str = ""
    negated: bool = False
    fault: str = ""

    def condition(self) -> dict[str, Any]:
        """The condition in JSON; a value that cannot be read stays a text, which the language refuses in words."""
        asked = {"fact": self.fact, self.how: self._value()}
        return {"not": asked} if self.negated else asked

    def _value(self) -> Any:
        text, fact = self.value.strip(), rules.FACTS.get(self.fact)
        if self.how == "known" or (fact is not None and fact.type == YES_NO):
            return TRUTH.get(text.lower(), text)
        if fact is not None and fact.type == NUMBER:
            return _number(text)
        if self.how == "is_one_of":
            return text.upper().replace(",", " ").split()
        return text.upper()


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return parts[0] if len(parts) == 1 else {"any": parts}


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


@dataclass
class Builder:
    """Groups of rows. `raw` holds a condition of another shape, which is shown as JSON and changed there."""

    groups: list[list[Row]] = field(default_factory=lambda: [[Row()]])
    raw: Any = None
    faults: list[str] = field(default_factory=list)

    def condition(self) -> dict[str, Any]:
        """What the filled rows say, in JSON; empty rows and groups are left out."""
        parts = [_joined([row.condition() for row in rows]) for rows in self._filled() if rows]
        return parts[0] if len(parts) == 1 else {"all": parts}

    def json(self) -> str:
        """The condition as the action takes it."""
        return json.dumps(self.condition() if self.raw is None else self.raw, ensure_ascii=False, indent=1)

    def numbered(self) -> list[dict[str, Any]]:
        """Groups and rows with their names in the form and their numbers in words."""
        return [
            {
                "index": g,
                "number": g + 1,
                "rows": [{"it": row, "name": f"c{g}-{r}", "number": r + 1} for r, row in enumerate(rows)],
            }
            for g, rows in enumerate(self.groups)
        ]

    def _filled(self) -> Iterator[list[Row]]:
        for group in self.groups:
            yield [row for row in group if row.fact or row.value.strip()]

    def check(self) -> rules.Condition | None:
        """The condition that was read, or None with the faults at their rows."""
        try:
            return rules.read_condition(self.condition() if self.raw is None else self.raw)
        except rules.BadRule as wrong:
            for place, message in wrong.faults:
                row = self._row_at(place)
                if row is None:
                    self.faults.append(message)
                else:
                    row.fault = message
            return None

    def _row_at(self, place: str) -> Row | None:
        """The row that a pointer into `condition()` is about; None for a fault of the whole."""
        if self.raw is not None:
            return None
        return next((row for above, row in self._places() if f"{place}/".startswith(f"{above}/") and place), None)

    def _places(self) -> Iterator[tuple[str, Row]]:
        """(pointer of its condition, row) of the filled rows."""
        groups = [rows for rows in self._filled() if rows]
        for g, rows in enumerate(groups):
            above = f"/all/{g}" if len(groups) > 1 else ""
            for r, row in enumerate(rows):
                yield (f"{above}/any/{r}" if len(rows) > 1 else above), row


def posted(data: Mapping[str, str]) -> Builder:
    """The builder as a form sent it: fields `c0-1-fact` (group 0, row 1), or `raw` with JSON.

    `add` names a group to lengthen, or is "group" for one more.
    """
    if "raw" in data:
        return _raw(data["raw"])
    groups = []
    for g in range(MOST_GROUPS):
        rows = [_row(data, f"c{g}-{r}-") for r in range(MOST_ROWS) if f"c{g}-{r}-fact" in data]
        if rows:
            groups.append(rows)
    builder = Builder(groups or [[Row()]])
    add = data.get("add", "")
    if add == "group" and len(builder.groups) < MOST_GROUPS:
        builder.groups.append([Row()])
    elif add.isdecimal() and int(add) < len(builder.groups) and len(builder.groups[int(add)]) < MOST_ROWS:
        builder.groups[int(add)].append(Row())
    return builder


def _raw(text: str) -> Builder:
    try:
        return Builder(raw=json.loads(text[:LONGEST_RAW]))
    except (ValueError, RecursionError):
        return Builder(raw=text[:LONGEST_RAW])


def _row(data: Mapping[str, str], prefix: str) -> Row:
    return Row(
        data.get(f"{prefix}fact", "")[:40],
        data.get(f"{prefix}how", "is") if data.get(f"{prefix}how") in HOW else "is",
        data.get(f"{prefix}value", "")[:2000],
        bool(data.get(f"{prefix}not")),
    )


def shown(raw: Any) -> Builder:
    """The builder of a stored condition; one that rows cannot say is shown as JSON."""
    parts = raw["all"] if set(raw) == {"all"} else [raw]
    groups = []
    for part in parts:
        inner = part["any"] if set(part) == {"any"} else [part]
        rows = [_row_of(one) for one in inner]
        if not all(rows) or len(rows) > MOST_ROWS:
            return Builder(raw=raw)
        groups.append([row for row in rows if row])
    return Builder(groups) if len(groups) <= MOST_GROUPS else Builder(raw=raw)


def _row_of(one: Mapping[str, Any]) -> Row | None:
    negated = set(one) == {"not"}
    asked = one["not"] if negated else one
    if "fact" not in asked:
        return None
    how = next(key for key in asked if key != "fact")
    return Row(asked["fact"], how, _text(asked[how]), negated)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)


def facts_by_group() -> list[tuple[str, list[dict[str, str]]]]:
    """Facts for the select and its explanation, by group in words: name, label, what can be written, which codes."""
    return [
        (
            str(words),
            [
                {"name": name, "label": fact.label, "hint": hint(fact), "codes": ", ".join(fact.choices)}
                for name, fact in rules.FACTS.items()
                if name.startswith(f"{key}.")
            ],
        )
        for key, words in GROUPS.items()
    ]


def hint(fact: rules.Fact) -> str:
    """What can be written for a fact."""
    if fact.type == YES_NO:
        return _("yes or no")
    if fact.type == NUMBER:
        return pgettext("words, screening", "%(unit)s, %(least)d to %(most)d") % {
            "unit": fact.unit,
            "least": fact.least,
            "most": fact.most,
        }
    return ", ".join(fact.choices) if fact.choices else _("code, for example %(code)s") % {"code": fact.example}
