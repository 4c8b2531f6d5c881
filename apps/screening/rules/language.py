"""The language of rules: a tree of conditions in JSON.

    {"all": [condition, …]}        {"any": [condition, …]}        {"not": condition}
    {"fact": NAME, "is": VALUE}    {"fact": NAME, "is_one_of": [VALUE, …]}    {"fact": NAME, "begins_with": "AB"}
    {"fact": NAME, "at_least": N}  {"fact": NAME, "at_most": N}   {"fact": NAME, "known": true | false}

There is nothing else: no arithmetic, no loops, no names from outside `facts.toml`, so a rule costs no more than its
conditions are many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .facts import CODE, FACTS, NUMBER, Fact

DEEPEST, LARGEST, MOST_VALUES = 4, 40, 200
IS, ONE_OF, BEGINS, AT_LEAST, AT_MOST, KNOWN = "is", "is_one_of", "begins_with", "at_least", "at_most", "known"
ASKS: Final = {
    CODE: (IS, ONE_OF, BEGINS, KNOWN),
    NUMBER: (AT_LEAST, AT_MOST, IS, KNOWN),
    "yes_no": (IS, KNOWN),
}
"""What can be asked of a fact of each type."""

ALL, ANY, NOT = "all", "any", "not"


class BadRule(ValueError):
    """Everything that is wrong with a rule: `faults` holds (JSON pointer, sentence), RFC 6901."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{pointer or '/'}: {message}" for pointer, message in faults))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Ask:
    """A condition on one fact: what is asked of it (`how`, one of `ASKS`) and the value wanted."""

    fact: Fact
    how: str
    value: Any

    def leaves(self) -> Iterator["Ask"]:
        """This condition."""
        yield self

    def rests_on_the_person_alone(self) -> bool:
        """Whether it asks for age, sex or nationality."""
        return self.fact.person


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that are joined: all, any, or not with a single one."""

    kind: str
    parts: tuple["Condition", ...]

    def leaves(self) -> Iterator[Ask]:
        """The conditions on single facts, in the order in which they are written."""
        for part in self.parts:
            yield from part.leaves()

    def rests_on_the_person_alone(self) -> bool:
        """Whether it can hold by nothing but age, sex and nationality."""
        judged = [part.rests_on_the_person_alone() for part in self.parts]
        return any(judged) if self.kind == ANY else all(judged)


type Condition = Ask | Group


def read_condition(raw: Any) -> Condition:
    """The condition that JSON describes; BadRule with every fault and its place."""
    faults: list[tuple[str, str]] = []
    condition = _read(raw, "", 1, faults)
    if condition is not None and not faults:
        size = sum(1 for _leaf in condition.leaves())
        if size > LARGEST:
            faults.append(("", f"A rule has at most {LARGEST} conditions; this one has {size}."))
        elif condition.rests_on_the_person_alone():
            faults.append(("", "Age, sex and nationality are never enough: add what the person does or carries."))
    if condition is None or faults:
        raise BadRule(faults)
    return condition


def _read(raw: Any, place: str, depth: int, faults: list[tuple[str, str]]) -> Condition | None:
    if not isinstance(raw, dict):
        faults.append((place, "Write a condition."))
        return None
    if depth > DEEPEST:
        faults.append((place, f"Groups stand at most {DEEPEST} deep."))
        return None
    if "fact" in raw:
        return _ask(raw, place, faults)
    kinds = [kind for kind in (ALL, ANY, NOT) if kind in raw]
    if len(kinds) != 1 or len(raw) != 1:
        faults.append((place, "Write one of all, any or not, or a fact."))
        return None
    return _group(kinds[0], raw[kinds[0]], f"{place}/{kinds[0]}", depth, faults)


def _group(kind: str, inner: Any, place: str, depth: int, faults: list[tuple[str, str]]) -> Condition | None:
    if kind == NOT:
        part = _read(inner, place, depth + 1, faults)
        return Group(NOT, (part,)) if part else None
    if not isinstance(inner, list) or not inner:
        faults.append((place, "Add at least one condition."))
        return None
    if len(inner) > LARGEST:
        faults.append((place, f"A group has at most {LARGEST} conditions."))
        return None
    parts = [_read(each, f"{place}/{i}", depth + 1, faults) for i, each in enumerate(inner)]
    return Group(kind, tuple(part for part in parts if part is not None))


def _ask(raw: dict[str, Any], place: str, faults: list[tuple[str, str]]) -> Ask | None:
    name = raw["fact"]
    fact = FACTS.get(name) if isinstance(name, str) else None
    if fact is None:
        faults.append((f"{place}/fact", "Choose a fact of the list."))
        return None
    asked = [how for how in raw if how != "fact"]
    if len(asked) != 1 or asked[0] not in ASKS[fact.type]:
        faults.append((place, f"Ask one of {', '.join(ASKS[fact.type])}."))
        return None
    how, value = asked[0], raw[asked[0]]
    fault = _fault(fact, how, value)
    if fault:
        faults.append((f"{place}/{how}", fault))
        return None
    return Ask(fact, how, tuple(value) if how == ONE_OF else value)


def _fault(fact: Fact, how: str, value: Any) -> str:
    if how == KNOWN:
        return "" if isinstance(value, bool) else "Choose yes or no."
    if how == BEGINS:
        short = isinstance(value, str) and value.isascii() and value.isalnum() and value == value.upper()
        return "" if short and len(value) <= 20 else "Write the first letters or digits in capitals."
    if how != ONE_OF:
        return fact.fault(value)
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_VALUES:
        return f"Name 1 to {MOST_VALUES} values."
    return next((fault for one in value if (fault := fact.fault(one))), "")


def written(condition: Condition) -> dict[str, Any]:
    """The JSON of a condition; `read(written(c)) == c`."""
    if isinstance(condition, Ask):
        value = list(condition.value) if condition.how == ONE_OF else condition.value
        return {"fact": condition.fact.name, condition.how: value}
    if condition.kind == NOT:
        return {NOT: written(condition.parts[0])}
    return {condition.kind: [written(part) for part in condition.parts]}
