"""Labelled pairs, and lists with travellers of whom some are on them."""

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from .people import People, Record, without_notes
from .resemblance import another, neighbours
from .sightings import Errors, see_again

NEIGHBOURS_OF = 20_000
COINED_IN_A_LIST = 0.4
"""Share of coined names in a list: a few hundred listed ones would give a long list far too many namesakes."""


SPARSE = 0.12
"""Share of the other pairs that state a name and a birth date alone, as old registers do, often with the date wrong."""


class World(NamedTuple):
    """A list with `ref`, travellers with `ref`, and which entry a traveller truly is."""

    entries: list[Record]
    travellers: list[Record]
    truth: dict[str, str]


def pairs(count: int, seed: int) -> list[dict[str, Any]]:
    """Labelled pairs in the form of the contract with `same` and `what`; half are one person, a seventh names alone."""
    people = People(seed)
    found: list[dict[str, Any]] = []
    near = neighbours(People(seed + 1), NEIGHBOURS_OF)
    while len(found) < count:
        same = len(found) % 2 == 0
        a, b, what = _same(people) if same else _different(people, near)
        if people.chance.random() < 0.14:
            if not _tell_apart(same, what):
                continue
            for one in (a, b):
                one.update(birth_date=None, nationality=[], sex=None, documents=[])
            what = [*what, "names_alone"]
        elif people.chance.random() < SPARSE:
            what = [*what, *_sparse(people, b, same), "sparse"]
            for one in (a, b):
                one.update(nationality=[], sex=None, documents=[d for d in one["documents"] if d["type"] == "ID"])
        if people.chance.random() < 0.5:
            a, b = b, a
        found.append(
            {"id": f"F{len(found):05d}", "same": same, "what": what, "a": without_notes(a), "b": without_notes(b)}
        )
    people.chance.shuffle(found)
    return found


def _same(people: People) -> tuple[Record, Record, list[str]]:
    person = people.person()
    b, what = see_again(people, person, people.chance.choices(range(4), (15, 30, 35, 20))[0])
    a = person
    if people.chance.random() < 0.15:
        a, before = see_again(people, person, 0)
        what += before
    if b["surname"] and not {"no_date", "wrong_date", "year_alone", "digit"} & set(what):
        errors, luck = Errors(people), people.chance.random()
        if luck < 0.03 and errors.married(b):
            what.append("married")
        elif luck < 0.07 and errors.as_alias(b):
            what.append("as_alias")
    return a, b, what


def _different(people: People, near: Any) -> tuple[Record, Record, list[str]]:
    if people.chance.random() < 0.4:
        a, b = next(near)
        what = ["neighbour"]
        luck, errors = people.chance.random(), Errors(people)
        if luck < 0.45:
            errors.year_alone(a)
        elif luck < 0.6:
            errors.no_date(a)
    else:
        a = people.person()
        b, kind = another(people, a)
        what = [kind]
    if people.chance.random() < 0.5:
        b, more = see_again(people, b, people.chance.choice((0, 0, 1)))
        what += more
    return a, b, what


def _sparse(people: People, record: Record, same: bool) -> list[str]:
    errors, chance = Errors(people), people.chance
    kinds = (
        ["typed", "seen", "heard", "exchanged", "digit", "wrong_date", "day_and_month", "typed"]
        if same
        else ["typed", "seen"]
    )
    if not record["surname"]:
        return []
    return [kind for kind in chance.sample(kinds, chance.choice((0, 1, 2))) if getattr(errors, kind)(record)]


def _tell_apart(same: bool, what: list[str]) -> bool:
    """Whether names alone can decide: namesakes cannot be told apart by them."""
    if same:
        return not {"married", "as_alias"} & set(what)
    return what[0] not in ("namesake", "father_and_son", "common_name", "next_number") and "initials" not in what


def world(entries: int, travellers: int, seed: int, hit_rate: float = 0.02) -> World:
    """A list of persons and travellers, a share of whom (`hit_rate`) are entries seen again."""
    people = People(seed, coined=COINED_IN_A_LIST)
    chance = people.chance
    true, listed = [], []
    for person, entry in entries_of(people, entries):
        true.append(person)
        listed.append(entry)
    found, truth = [], {}
    for number in range(travellers):
        ref = f"T{number:06d}"
        if chance.random() < hit_rate:
            place = chance.randrange(entries)
            record = met(people, true[place])
            truth[ref] = listed[place]["ref"]
        else:
            record = stranger(people)
        found.append({"ref": ref, **record})
    return World(listed, found, truth)


def entries_of(people: People, count: int) -> Iterator[tuple[Record, Record]]:
    """Persons, each as they are and as a list holds them, with `ref`; one at a time, for lists of a million."""
    errors = Errors(people)
    for number in range(count):
        person = people.person()
        yield person, {"ref": f"E{number:06d}", **without_notes(_as_listed(errors, person))}


def met(people: People, person: Record) -> Record:
    """A listed person as a traveller."""
    record, _ = see_again(people, person, people.chance.choices(range(4), (30, 35, 25, 10))[0])
    return without_notes(record)


def stranger(people: People) -> Record:
    """A traveller who is on no list; nearly all show a document."""
    record, _ = see_again(people, people.person(), 0)
    if not record["documents"]:
        record["documents"] = [people.passport((record["nationality"] or ["USA"])[0])]
    return without_notes(record)


def _as_listed(errors: Errors, person: Record) -> Record:
    """What a list holds of a person: often a year alone, half the time no document, sometimes aliases."""
    entry, chance = copy.deepcopy(person), errors.chance
    luck = chance.random()
    if luck < 0.22:
        errors.year_alone(entry)
    elif luck < 0.33:
        errors.no_date(entry)
    elif luck < 0.36:
        errors.about(entry)
    if chance.random() < 0.5:
        entry["documents"] = []
    luck = chance.random()
    if luck < 0.06:
        errors.as_alias(entry)
    elif luck < 0.2:
        other = copy.deepcopy(entry)
        if errors.respelled(other) or errors.familiar(other):
            entry["aliases"] = [{"full_name": f"{other['given_names']} {other['surname']}"}]
    return entry
