"""The facts that a rule may ask about, read once from facts.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

CODE, NUMBER, YES_NO = "code", "number", "yes_no"
TOLD: Final = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known of a subject.

    Values of a subject: `code` a text or a collection of texts in capitals, `number` an int or float in `unit`,
    `yes_no` a bool; None or absent is not known.
    """

    name: str
    label: str
    type: str
    words: str
    unit: str = ""
    person: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""
    least: float = 0
    most: float = 0

    def fault(self, value: Any) -> str:
        """What is wrong with a value that a rule compares this fact with; "" when nothing is."""
        if self.type == YES_NO:
            return "" if isinstance(value, bool) else "Choose yes or no."
        if self.type == NUMBER:
            return self._fault_of_number(value)
        if self.choices:
            return "" if value in self.choices else f"Choose one of {', '.join(self.choices)}."
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return ""
        return f"Write a code in capitals, for example {self.example}."

    def _fault_of_number(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "Write a number."
        within = self.least <= value <= self.most
        return "" if within else f"Write a number of {self.unit} from {self.least:g} to {self.most:g}."


def _read() -> Mapping[str, Fact]:
    raw = tomllib.loads((Path(__file__).parent / "facts.toml").read_text("utf-8"))
    facts = {}
    for group, members in raw.items():
        for name, row in members.items():
            row["choices"] = tuple(row.get("choices", ()))
            facts[f"{group}.{name}"] = Fact(name=f"{group}.{name}", **row)
    return MappingProxyType(facts)


FACTS: Final[Mapping[str, Fact]] = _read()
"""By name, `group.name`, in the order in which a page shows them."""
