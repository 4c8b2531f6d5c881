"""Whether a rule holds for a subject, and by which conditions.

What is not known makes a condition neither true nor false (Kleene's three-valued logic), and a rule holds only when it
is true: nobody is picked out by what a carrier left out, unless the rule asks for just that with `known`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from .language import ALL, ANY, AT_LEAST, AT_MOST, BEGINS, KNOWN, NOT, ONE_OF, Ask, Condition
from .sentences import found

type Subject = Mapping[str, Any]


def holds(condition: Condition, subject: Subject) -> bool:
    """Whether the rule is true of the subject; false also where that is not known."""
    return _truth(condition, subject) is True


def explain(condition: Condition, subject: Subject) -> list[tuple[str, str]]:
    """(fact, sentence with the subject's value) of the conditions by which a rule that holds does hold."""
    lines: dict[str, str] = {}
    for leaf, wanted in _grounds(condition, subject, wanted=True):
        lines.setdefault(leaf.fact.name, found(leaf, subject.get(leaf.fact.name), wanted=wanted))
    return list(lines.items())


def _grounds(condition: Condition, subject: Subject, *, wanted: bool) -> list[tuple[Ask, bool]]:
    """Leaves by which the condition has this truth, each with its own truth."""
    if _truth(condition, subject) is not wanted:
        return []
    if isinstance(condition, Ask):
        return [(condition, wanted)]
    inner = wanted is not (condition.kind == NOT)
    return [ground for part in condition.parts for ground in _grounds(part, subject, wanted=inner)]


def _truth(condition: Condition, subject: Subject) -> bool | None:
    if isinstance(condition, Ask):
        return _answer(condition, subject)
    if condition.kind == NOT:
        inner = _truth(condition.parts[0], subject)
        return None if inner is None else not inner
    decisive = condition.kind == ANY
    unknown = False
    for part in condition.parts:
        truth = _truth(part, subject)
        if truth is decisive:
            return decisive
        unknown = unknown or truth is None
    return None if unknown else condition.kind == ALL


def _answer(leaf: Ask, subject: Subject) -> bool | None:
    value = subject.get(leaf.fact.name)
    known = value is not None and value != "" and value != [] and value != ()
    if leaf.how == KNOWN:
        return known is leaf.value
    if not known:
        return None
    if leaf.how == AT_LEAST:
        return bool(value >= leaf.value)
    if leaf.how == AT_MOST:
        return bool(value <= leaf.value)
    values: Collection[Any] = value if isinstance(value, Collection) and not isinstance(value, str) else (value,)
    if leaf.how == BEGINS:
        return any(one.startswith(leaf.value) for one in values)
    wanted = leaf.value if leaf.how == ONE_OF else (leaf.value,)
    return any(one in wanted for one in values)
