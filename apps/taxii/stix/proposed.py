"""With which report persons and things are proposed, and what is said of those that no words speak of."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched, groupby
from typing import Any

from apps.taxii.stix.entity_readers import Found, Thing
from apps.taxii.stix.markings import Decision

Plain = dict[str, Any]
TOGETHER = 50
"""How many things without words share a paragraph."""


def all_of(found: Found) -> list[str]:
    """Ids of everything that is proposed: things, then links and sightings of those."""
    return [*found.things, *found.ties, *found.seen]


def things_in(key: str, found: Found) -> set[str]:
    """The things that a proposal is of: itself, the ends of a link, what was sighted."""
    if key in found.ties:
        return {found.ties[key].source, found.ties[key].target}
    return {found.seen[key].thing} if key in found.seen else {key}


def with_reports(parts: Mapping[str, Sequence[Plain]], found: Found) -> dict[str, list[str]]:
    """{report: ids proposed with it}: with each that names them, the rest with the first. `parts`: it and its notes."""
    every = all_of(found)
    taken: dict[str, list[str]] = {}
    for report, objects in parts.items():
        refs = {ref for one in objects for ref in one["object_refs"]}
        inside = refs & found.things.keys()
        taken[report] = [key for key in every if key in refs or things_in(key, found) <= inside]
    named = {key for keys in taken.values() for key in keys}
    for report in list(taken)[:1]:
        taken[report] += [key for key in every if key not in named]
    return taken


def in_words(
    rest: Sequence[tuple[str, Decision]], found: Found
) -> Iterator[tuple[Decision, str, Plain | None, tuple[str, ...]]]:
    """Paragraphs of things that no words speak of, those marked alike together: marking, text, grade, things."""
    ordered = sorted(rest, key=lambda pair: repr(pair[1]))
    for decision, pairs in groupby(ordered, key=lambda pair: pair[1]):
        for some in batched(pairs, TOGETHER):
            keys = tuple(key for key, _decision in some)
            yield decision, "\n".join(_sentence(found.things[key]) for key in keys), None, keys


def _sentence(thing: Thing) -> str:
    says = "; ".join(f"{one.field.replace('_', ' ')} {one.value}" for one in thing.facts)
    return f"{thing.type.replace('_', ' ').capitalize()}: {says}."
