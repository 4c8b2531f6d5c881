"""How one person looks in two records: every way in which registers, desks and machines change what they write."""

import copy
import datetime
import random
from collections.abc import Callable

from .people import People, Record, cultures
from .tables import (
    ACCENTS,
    CARE,
    CYRILLIC,
    DATES,
    DOCUMENT_LETTERS,
    HEARD,
    KEYS,
    NAMES,
    NICKNAMES,
    OTHERS,
    PARTICLES,
    SEEN,
    spellings,
)


class Errors:
    """Each method changes a record in place and says whether it could."""

    def __init__(self, people: People) -> None:
        self.people, self.chance = people, people.chance

    def _word(self, person: Record, change: Callable[[str], str | None], *keys: str) -> bool:
        """Change one word of the names, the first that can be changed in a random order."""
        places = [(key, i) for key in keys or ("surname", "given_names") for i in range(len(person[key].split()))]
        self.chance.shuffle(places)
        for key, i in places:
            words = person[key].split()
            new = change(words[i])
            if new and new != words[i]:
                words[i] = new
                person[key] = " ".join(words)
                return True
        return False

    def _typed(self, word: str) -> str:
        i, chance = self.chance.randrange(1, len(word)), self.chance
        kind = chance.randrange(5)
        if kind == 0:
            return word[:i] + word[i + 1 :]
        if kind == 1:
            return (
                word[:i] + word[i - 1 : i] + word[i:]
                if chance.random() < 0.5
                else word[:i] + chance.choice("aeiounrstlm") + word[i:]
            )
        if kind == 2 and i + 1 < len(word):
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if kind == 3:
            return word[:i] + chance.choice(KEYS.get(word[i].lower(), "aeion")) + word[i + 1 :]
        return word[:i] + chance.choice("aeiounrstlm") + word[i + 1 :]

    def _exchanged(self, word: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
        low = word.lower()
        fits = [(old, new) for old, new in pairs if old in low[1:]]
        if not fits or len(word) < 4:
            return None
        old, new = self.chance.choice(fits)
        return word[0] + low[1:].replace(old, new, 1)

    def typed(self, person: Record) -> bool:
        return self._word(person, lambda w: self._typed(w) if len(w) >= 5 else None)

    def typed_twice(self, person: Record) -> bool:
        return self._word(person, lambda w: self._typed(self._typed(w)) if len(w) >= 8 else None)

    def seen(self, person: Record) -> bool:
        return self._word(person, lambda w: self._exchanged(w, SEEN))

    def heard(self, person: Record) -> bool:
        return self._word(person, lambda w: self._exchanged(w, HEARD))

    def _listed(self, person: Record, table: dict[str, list[str]], *keys: str) -> bool:
        return self._word(
            person, lambda w: self.chance.choice(table[w.lower()]).title() if w.lower() in table else None, *keys
        )

    def respelled(self, person: Record) -> bool:
        return self._listed(person, spellings()[0])

    def familiar(self, person: Record) -> bool:
        return self._listed(person, spellings()[1], "given_names")

    def exchanged(self, person: Record) -> bool:
        person["surname"], person["given_names"] = person["given_names"], person["surname"]
        return True

    def fewer_names(self, person: Record) -> bool:
        words = person["given_names"].split()
        if len(words) < 2:
            return False
        person["given_names"] = " ".join(words[:-1] if self.chance.random() < 0.75 else words[1:])
        return True

    def initials(self, person: Record) -> bool:
        words = person["given_names"].split()
        kept = 1 if len(words) > 1 and self.chance.random() < 0.75 else 0
        person["given_names"] = " ".join([*words[:kept], *(w[0] for w in words[kept:])])
        return True

    def run_together(self, person: Record) -> bool:
        keys = [k for k in ("surname", "given_names") if len(person[k].replace("-", " ").split()) > 1]
        for key in keys if self.chance.random() < 0.5 else keys[:1]:
            person[key] = "".join(person[key].replace("-", " ").replace("'", "").split()).upper()
        return bool(keys)

    def hyphens(self, person: Record) -> bool:
        for key in ("surname", "given_names"):
            if "-" in person[key]:
                person[key] = person[key].replace("-", self.chance.choice((" ", " ", "")))
                return True
        return False

    def one_surname(self, person: Record) -> bool:
        words = [w for w in person["surname"].replace("-", " ").split() if w.lower() not in PARTICLES]
        if len(words) < 2 or person["_culture"] not in ("spanish", "portuguese", "creole_english", "atlantic"):
            return False
        person["surname"] = words[-1] if person["_culture"] == "portuguese" else words[0]
        return True

    def without_particle(self, person: Record) -> bool:
        words = person["surname"].split()
        kept = [w for w in words if w.lower() not in PARTICLES]
        if kept and len(kept) < len(words):
            person["surname"] = " ".join(kept)
            return True
        if person["surname"].lower().startswith(("al-", "el-")):
            rest = person["surname"][3:]
            person["surname"] = self.chance.choice((rest, "Al " + rest, "El " + rest, "Al" + rest.lower()))
            return True
        return False

    def cut(self, person: Record) -> bool:
        """The name field of a machine-readable zone or of a message ended too early."""
        line = f"{person['surname']}<<{person['given_names']}".upper().replace("'", "")
        limit = self.chance.choice((39, 35, 30, 24, 20))
        surname, _, given = line[:limit].replace("-", " ").partition("<<")
        if len(line) <= limit or not given.strip():
            return False
        person["surname"], person["given_names"] = surname, given.strip()
        return True

    def title(self, person: Record) -> bool:
        person["given_names"] = person["given_names"].upper() + (
            "MR" if person["sex"] == "M" else self.chance.choice(("MRS", "MS", "MISS"))
        )
        return True

    def accents(self, person: Record) -> bool:
        return self._word(person, lambda w: w.translate(ACCENTS) if self.chance.random() < 0.3 else None)

    def cyrillic(self, person: Record) -> bool:
        if person["_culture"] != "slavic":
            return False
        for key in ("surname", "given_names"):
            text = person[key].lower()
            for latin, letter in CYRILLIC:
                text = text.replace(latin, letter)
            person[key] = text.title()
        return True

    def day_and_month(self, person: Record) -> bool:
        year, month, day = (person["birth_date"] or "").split("-") if _whole(person) else ("", "", "99")
        if int(day) > 12 or day == month:
            return False
        person["birth_date"] = f"{year}-{day}-{month}"
        return True

    def digit(self, person: Record) -> bool:
        old = person["birth_date"]
        for _ in range(20 if _whole(person) else 0):
            i = self.chance.choice((2, 3, 3, 6, 8, 9, 9))
            new = old[:i] + str(self.chance.randrange(10)) + old[i + 1 :]
            if new != old and _is_day(new):
                person["birth_date"] = new
                return True
        return False

    def year_off(self, person: Record) -> bool:
        if not _whole(person) or person["birth_date"][5:] == "02-29":
            return False
        person["birth_date"] = (
            str(int(person["birth_date"][:4]) + self.chance.choice((-1, 1, 1, -2, 10, -10))) + person["birth_date"][4:]
        )
        return True

    def year_alone(self, person: Record) -> bool:
        if not person["birth_date"]:
            return False
        year = person["birth_date"][:4]
        person["birth_date"] = self.chance.choice((year, f"{year}-00-00", f"{year}-01-01"))
        return True

    def month_alone(self, person: Record) -> bool:
        if not _whole(person):
            return False
        person["birth_date"] = person["birth_date"][:7]
        return True

    def about(self, person: Record) -> bool:
        """An age that somebody guessed."""
        if not _whole(person):
            return False
        year, off = int(person["birth_date"][:4]), self.chance.choice((0, 1, 2))
        person["birth_date"] = {"from": year - 3 + off, "to": year + off + 1}
        return True

    def no_date(self, person: Record) -> bool:
        person["birth_date"] = None
        return True

    def wrong_date(self, person: Record) -> bool:
        person["birth_date"] = self.people.birth_date()
        return True

    def other_nationality(self, person: Record) -> bool:
        person["nationality"] = [
            self.chance.choice(("USA", "CAN", "GBR", "JAM", "TTO", "GUY", "NLD", "FRA", "DOM", "VEN", "BRB"))
        ]
        return True

    def no_nationality(self, person: Record) -> bool:
        person["nationality"] = []
        return True

    def wrong_sex(self, person: Record) -> bool:
        person["sex"] = {"M": "F", "F": "M"}.get(person["sex"])
        return True

    def no_sex(self, person: Record) -> bool:
        person["sex"] = self.chance.choice((None, "X"))
        return True

    def no_document(self, person: Record) -> bool:
        person["documents"] = []
        return True

    def renewed(self, person: Record) -> bool:
        if person["documents"]:
            country = person["documents"][0]["issuer"]
            person["documents"] = [self.people.passport(country), *person["documents"][1:]]
        return bool(person["documents"])

    def number_misread(self, person: Record) -> bool:
        places = [(d, i) for d in person["documents"] for i, c in enumerate(d["number"]) if i and c.isdigit()]
        if not places:
            return False
        document, i = self.chance.choice(places)
        old = document["number"]
        new = DOCUMENT_LETTERS.get(old[i], "") if self.chance.random() < 0.6 else str(self.chance.randrange(10))
        document["number"] = old[:i] + (new or old[i]) + old[i + 1 :]
        return True

    def number_marked(self, person: Record) -> bool:
        for document in person["documents"][:1]:
            document["number"] = (
                document["number"][:2] + self.chance.choice((" ", "-", "<")) + document["number"][2:].lower()
            )
        return bool(person["documents"])

    def married(self, person: Record) -> bool:
        if person["sex"] != "F":
            return False
        person["surname"] = self.people.surname(cultures()[person["_culture"]])
        return True

    def as_alias(self, person: Record) -> bool:
        """The person is listed under another name, the true one beside it."""
        true, other = f"{person['given_names']} {person['surname']}", self.people.person(person["_culture"])
        person["aliases"] = [true, *([self.chance.choice(NICKNAMES)] if self.chance.random() < 0.3 else [])]
        person["surname"] = other["surname"]
        if self.chance.random() < 0.5:
            person["given_names"] = other["given_names"]
        return True


def _whole(person: Record) -> bool:
    date = person["birth_date"]
    return isinstance(date, str) and len(date) == 10 and "-00" not in date


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def see_again(people: People, person: Record, care: int) -> tuple[Record, list[str]]:
    """Another record of the same person, and what happened; `care` 0 (a chip read well) to 3 (hearsay)."""
    record, errors, chance = copy.deepcopy(person), Errors(people), people.chance
    most, date, other = CARE[care]
    done: list[str] = []
    if care or chance.random() < 0.5:
        _happen(errors, record, NAMES, chance.randint(1, most), done)
    _happen(errors, record, DATES, int(chance.random() < date), done)
    _happen(errors, record, OTHERS, int(chance.random() < other) + int(chance.random() < other / 2), done)
    _lay_out(chance, record)
    return record, done


def _happen(errors: Errors, record: Record, table: dict[str, float], count: int, done: list[str]) -> None:
    for _ in range(count):
        for _try in range(12):
            kind = errors.chance.choices(list(table), list(table.values()))[0]
            if kind not in done and getattr(errors, kind)(record):
                done.append(kind)
                break


def _lay_out(chance: random.Random, record: Record) -> None:
    if chance.random() < 0.3:
        record["surname"], record["given_names"] = record["surname"].upper(), record["given_names"].upper()
    if chance.random() < 0.1:
        surname, given = record["surname"], record["given_names"]
        record["full_name"] = f"{surname}, {given}" if chance.random() < 0.4 else f"{given} {surname}"
        record["surname"] = record["given_names"] = None
