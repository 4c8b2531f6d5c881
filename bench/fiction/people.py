"""Fictional people: drawn from hand-written lists of names by a seeded generator."""

import datetime
import random
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
type Record = dict[str, Any]

# Digits for #, letters for @; other countries: a letter of theirs and seven digits.
NUMBERS = {
    **{"JAM": "A#######", "TTO": "TB######", "GUY": "R#######", "BRB": "Y######", "HTI": "@@######", "SUR": "SR#####"},
    **{
        "USA": "#########",
        "GBR": "#########",
        "CAN": "@@######",
        "IND": "@#######",
        "CHN": "E@#######",
        "DOM": "RD######",
    },
    **{
        "VEN": "########",
        "NLD": "N@@#@####",
        "DEU": "C##@###@#",
        "FRA": "##@@#####",
        "BRA": "F@######",
        "COL": "A@######",
    },
}
SECOND_NATIONALITIES = ("USA", "CAN", "GBR", "NLD", "FRA", "JAM", "TTO", "GUY", "ESP")
YOUNGEST, OLDEST = 2012, 1934


class Culture(NamedTuple):
    """Names that go together; common ones first. Given names may be two words."""

    name: str
    share: float
    nationalities: tuple[str, ...]
    surnames: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]

    def given(self, sex: str) -> tuple[str, ...]:
        """Given names of a sex."""
        return self.male if sex == "M" else self.female


@cache
def cultures() -> dict[str, Culture]:
    """Read names.txt: four lines for each culture."""
    lines = [x for x in (FOLDER / "names.txt").read_text("utf-8").splitlines() if not x.startswith("#")]
    found = {}
    for head, *rest in zip(*[iter(lines)] * 4, strict=True):
        name, _, about = head.partition("] ")
        share, _, codes = about.partition(" | ")
        found[name[1:]] = Culture(name[1:], float(share), tuple(codes.split()), *map(_names, rest))
    return found


def _names(line: str) -> tuple[str, ...]:
    return tuple(line[2:].split("|" if "|" in line else " "))


class People:
    """Makes people; `coined` is the share of names made of the halves of two listed ones, as rare names are."""

    def __init__(self, seed: int, coined: float = 0.0) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.coined = coined
        self._steps: dict[int, list[float]] = {}

    def person(self, culture: str = "") -> Record:
        """A record of the matching contract, with its culture under `_culture`."""
        chance = self.chance
        every = cultures()
        if not culture:
            culture = chance.choices(list(every), [c.share for c in every.values()])[0]
        of = every[culture]
        sex = chance.choice("MF")
        country = chance.choice(of.nationalities)
        person: Record = {
            "surname": self._surnames(of, sex),
            "given_names": self.given_names(of, sex),
            "full_name": None,
            "aliases": [],
            "sex": sex,
            "birth_date": self.birth_date(),
            "nationality": [country],
            "documents": [],
            "_culture": culture,
        }
        if chance.random() < 0.07:
            person["nationality"] = sorted({country, chance.choice(SECOND_NATIONALITIES)})
        person["documents"] = self.documents(country)
        return person

    def surname(self, of: Culture) -> str:
        """One family name, common ones often."""
        return self._name(of.surnames)

    def _surnames(self, of: Culture, sex: str) -> str:
        own = self.surname(of)
        if of.name == "spanish" and self.chance.random() < 0.75:
            return f"{own} {self.surname(of)}"
        if of.name == "portuguese" and self.chance.random() < 0.6:
            return f"{self.surname(of)} {own}"
        if (
            of.name in ("creole_english", "dutch_caribbean", "haitian", "atlantic")
            and sex == "F"
            and self.chance.random() < 0.1
        ):
            return f"{own}-{self.surname(of)}"
        if of.name == "slavic" and sex == "F" and own.endswith(("ov", "ev", "in")):
            return own + "a"
        return own

    def given_names(self, of: Culture, sex: str, unlike: str = "") -> str:
        """One to three given names, the first not among the words of `unlike`."""
        first = self._name(of.given(sex))
        while first in unlike or first.split()[0] in unlike.split():
            first = self._name(of.given(sex))
        names = [first]
        if self.chance.random() < {"chinese": 0.05, "javanese": 0.2, "arabic": 0.5}.get(of.name, 0.55):
            names.append(self._name(of.male if of.name == "arabic" else of.given(sex)))
        if self.chance.random() < 0.08:
            names.append(self._name(of.given(sex)))
        return " ".join(dict.fromkeys(names))

    def _name(self, listed: tuple[str, ...]) -> str:
        if self.coined and self.chance.random() < self.coined:
            return self._coin(listed)
        steps = self._steps.setdefault(len(listed), [])
        if not steps:
            total = 0.0
            for place in range(len(listed)):
                total += 1 / (place + 3) ** 0.8
                steps.append(total)
        return self.chance.choices(listed, cum_weights=steps)[0]

    def _coin(self, listed: tuple[str, ...]) -> str:
        plain = [x for x in listed if len(x) > 3 and x.isalpha()] or list(listed)
        head, tail = self.chance.choice(plain), self.chance.choice(plain)
        made = head[: self.chance.randint(2, max(2, len(head) - 2))] + tail[len(tail) // 2 :].lower()
        return made if 4 <= len(made) <= 14 else head

    def birth_date(self) -> str:
        """A day between OLDEST and YOUNGEST; a twentieth are the 1 January of registers that knew only the year."""
        year = min(YOUNGEST, max(OLDEST, round(self.chance.gauss(1982, 16))))
        if self.chance.random() < 0.01:
            return f"{year}-01-01"
        return (datetime.date(year, 1, 1) + datetime.timedelta(self.chance.randrange(365))).isoformat()

    def documents(self, country: str) -> list[Record]:
        """Mostly a passport, sometimes an identity card's number beside it."""
        found = [self.passport(country)] if self.chance.random() < 0.9 else []
        if self.chance.random() < 0.12:
            found.append({"type": "ID", "number": str(self.chance.randrange(10**8, 10**10)), "issuer": country})
        return found

    def passport(self, country: str) -> Record:
        """A passport of a country, its number in the country's form."""
        form = NUMBERS.get(country, country[0] + "#######")
        letters = "ABCDEFGHJKLMNPRTXYZ"
        number = "".join(
            str(self.chance.randrange(10)) if c == "#" else self.chance.choice(letters) if c == "@" else c for c in form
        )
        return {"type": "P", "number": number, "issuer": country}


def without_notes(person: Record) -> Record:
    """The record without the generator's own notes."""
    return {key: value for key, value in person.items() if not key.startswith("_")}
