"""Rules in words: what a rule asks, and what was found. Plain English, as the ledger of the matcher writes it."""

from collections.abc import Collection
from typing import Any

from .facts import NUMBER, TOLD, YES_NO, Fact
from .language import ANY, AT_LEAST, AT_MOST, BEGINS, IS, KNOWN, NOT, ONE_OF, Ask, Condition

LONGEST_LIST = 6
ASKED = {
    IS: "{words} is {value}", ONE_OF: "{words} is one of {value}", BEGINS: "{words} begins with {value}",
    AT_LEAST: "{words} is {value} or more", AT_MOST: "{words} is {value} or less",
}  # fmt: skip


def sentence(condition: Condition) -> str:
    """The rule as one sentence, with a capital and a full stop."""
    text = _told(condition, outer=True)
    return f"{text[:1].upper()}{text[1:]}."


def found(leaf: Ask, value: Any, *, wanted: bool) -> str:
    """What a condition found: the subject's value, and what the rule asks; `wanted` is false under a not."""
    fact = leaf.fact
    if leaf.how == KNOWN:
        return f"{fact.label}: {'known' if leaf.value is wanted else 'not known'}"
    asked = f"{'' if wanted else 'not '}{_asked_value(leaf)}"
    shown = _shown(fact, value)
    return f"{fact.label}: {shown}" if shown == asked else f"{fact.label}: {shown} (rule: {asked})"


def _told(condition: Condition, *, outer: bool = False) -> str:
    if isinstance(condition, Ask):
        return _asked(condition)
    if condition.kind == NOT:
        return f"not ({_told(condition.parts[0], outer=True)})"
    joined = (" or " if condition.kind == ANY else " and ").join(_told(part) for part in condition.parts)
    return joined if outer or len(condition.parts) == 1 else f"({joined})"


def _asked(leaf: Ask) -> str:
    fact = leaf.fact
    if leaf.how == KNOWN:
        return f"{fact.words} is {'known' if leaf.value else 'not known'}"
    if fact.type == YES_NO:
        return fact.words if leaf.value else f"no {fact.words}"
    return ASKED[leaf.how].format(words=fact.words, value=_shown(fact, leaf.value))


def _asked_value(leaf: Ask) -> str:
    fact = leaf.fact
    form = {ONE_OF: "one of {}", BEGINS: "begins with {}", AT_LEAST: "{} or more", AT_MOST: "{} or less"}
    return form.get(leaf.how, "{}").format(_shown(fact, leaf.value))


def _shown(fact: Fact, value: Any) -> str:
    if value is None or value == "":
        return "not known"
    if fact.type == YES_NO:
        return TOLD[bool(value)]
    if fact.type == NUMBER:
        return f"{value:g}"
    values = sorted(value) if isinstance(value, Collection) and not isinstance(value, str) else [value]
    more = len(values) - LONGEST_LIST
    return ", ".join(values[:LONGEST_LIST]) + (f" and {more} more" if more > 0 else "")
