"""Different people who look like one: relatives, namesakes, and strangers whom a search brings together."""

import copy
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from .people import People, Record, cultures

KINDS = {
    **{"sibling": 14, "twin": 6, "father_and_son": 6, "namesake": 14, "common_name": 6, "same_birthday": 5},
    **{
        "same_given_and_birthday": 6,
        "spouse": 4,
        "surname_only": 8,
        "next_number": 4,
        "other_issuer": 2,
        "stranger": 5,
    },
}


def another(people: People, person: Record) -> tuple[Record, str]:
    """A different person who resembles this one, and how."""
    kind = people.chance.choices(list(KINDS), list(KINDS.values()))[0]
    other = copy.deepcopy(person)
    other["aliases"] = []
    other["documents"] = people.documents(other["nationality"][0])
    getattr(Likeness(people), kind)(person, other)
    return other, kind


class Likeness:
    """Each method makes `other`, a copy of `person` with new documents, somebody else."""

    def __init__(self, people: People) -> None:
        self.people, self.chance = people, people.chance

    def _given(self, person: Record, sex: str) -> str:
        return self.people.given_names(cultures()[person["_culture"]], sex, unlike=person["given_names"])

    def _born(self, person: Record, *years: int) -> str:
        year = int(person["birth_date"][:4]) + self.chance.choice(years)
        return f"{year}{self.people.birth_date()[4:]}"

    def sibling(self, person: Record, other: Record) -> None:
        other["sex"] = self.chance.choice("MF")
        other["given_names"] = self._given(person, other["sex"])
        other["birth_date"] = self._born(person, -7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 6)

    def twin(self, person: Record, other: Record) -> None:
        other["sex"] = self.chance.choice("MF")
        other["given_names"] = self._given(person, other["sex"])

    def father_and_son(self, person: Record, other: Record) -> None:
        other["birth_date"] = self._born(person, *range(-38, -19))
        words = other["given_names"].split()
        if len(words) > 1 and self.chance.random() < 0.4:
            other["given_names"] = words[0]

    def namesake(self, person: Record, other: Record) -> None:
        other["birth_date"] = self.people.birth_date()
        if self.chance.random() < 0.3:
            other["nationality"] = [self.chance.choice(cultures()[person["_culture"]].nationalities)]
        words = other["given_names"].split()
        if len(words) > 1 and self.chance.random() < 0.5:
            other["given_names"] = words[0]

    def common_name(self, person: Record, other: Record) -> None:
        of = cultures()[person["_culture"]]
        for one in (person, other):
            one["surname"] = of.surnames[0]
            one["given_names"] = of.given(person["sex"])[0]
        person["surname"] = other["surname"] = self.chance.choice(of.surnames[:8])
        person["given_names"] = other["given_names"] = self.chance.choice(of.given(person["sex"])[:8])
        other["birth_date"] = self.people.birth_date()
        other["nationality"] = [self.chance.choice(of.nationalities)]

    def same_birthday(self, person: Record, other: Record) -> None:
        stranger = self.people.person(person["_culture"])
        other.update({key: stranger[key] for key in ("surname", "given_names", "sex")})

    def same_given_and_birthday(self, person: Record, other: Record) -> None:
        of = cultures()[person["_culture"]]
        while other["surname"] in person["surname"] or person["surname"] in other["surname"]:
            other["surname"] = self.people.surname(of)

    def spouse(self, person: Record, other: Record) -> None:
        other["sex"] = "F" if person["sex"] == "M" else "M"
        other["given_names"] = self._given(person, other["sex"])
        other["birth_date"] = self._born(person, -4, -2, -1, 0, 1, 3)

    def surname_only(self, person: Record, other: Record) -> None:
        stranger = self.people.person(person["_culture"])
        stranger["surname"] = person["surname"]
        other.update(stranger)

    def next_number(self, person: Record, other: Record) -> None:
        self.sibling(person, other)
        for document in person["documents"][:1]:
            number = document["number"]
            tail = f"{(int(number[-2:]) + 1) % 100:02d}" if number[-2:].isdigit() else number[-2:]
            other["documents"] = [{**document, "number": number[:-2] + tail}]

    def other_issuer(self, person: Record, other: Record) -> None:
        other.update(self.people.person())
        for document in person["documents"][:1]:
            other["documents"] = [{**document, "issuer": self.chance.choice(("PAN", "COL", "DEU", "ZAF"))}]

    def stranger(self, _person: Record, other: Record) -> None:
        other.update(self.people.person())


def neighbours(people: People, count: int) -> Iterator[tuple[Record, Record]]:
    """Endless pairs out of `count` people who share what a search looks for: two names, a name and a year or a day."""
    boxes: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for _ in range(count):
        person = people.person()
        words = sorted(
            {
                w[:4].lower()
                for w in f"{person['surname']} {person['given_names']}".replace("-", " ").split()
                if len(w) > 2
            }
        )
        for word in words:
            boxes[word, person["birth_date"][:4]].append(person)
            boxes[word, person["birth_date"][5:]].append(person)
        for pair in combinations(words, 2):
            boxes[pair].append(person)
    full = [box for _, box in sorted(boxes.items()) if len(box) > 1]
    while True:
        a, b = people.chance.sample(people.chance.choice(full), 2)
        yield copy.deepcopy(a), copy.deepcopy(b)
