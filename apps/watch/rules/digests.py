"""What joins many things: the highest marking, and only those whom every one of them is for (field notes, 4.3)."""

from collections.abc import Iterable, Mapping

from apps.rifc.rules.facts import CLEAR, TLP, Codes


def highest(markings: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """(level, TLP) of a collection: the highest level and the narrowest label; (0, CLEAR) for an empty one."""
    found = list(markings)
    level = max((one for one, _label in found), default=0)
    return level, max((label for _one, label in found), key=TLP.index, default=CLEAR)


def audience(wanted: Iterable[str], items: Mapping[str, Codes]) -> tuple[list[str], dict[str, list[str]]]:
    """(desks that may have every item, {item: desks wanted that it is not for}) of {item: desks it is for}."""
    desks = list(wanted)
    shut = {key: [desk for desk in desks if desk not in fit] for key, fit in items.items()}
    barred = {desk for out in shut.values() for desk in out}
    return [desk for desk in desks if desk not in barred], {key: out for key, out in shut.items() if out}
