"""Passenger lists for benchmarks and tests: clean PAXLST of fictional people, flights of tomorrow."""

import datetime
from typing import Any

SURNAMES = ["ALDERWICK", "BREAKSPEAR", "CINNABAR", "DOVEDALE", "ELDERFLOWER", "FENNIMORE", "GOLDENEYE", "HAWKSBILL"]


def a_list(
    number: int,
    *,
    carrier: str = "7T",
    origin: str = "KIN",
    destination: str = "BGI",
    people: int = 3,
    hour: int = 14,
) -> str:
    """One PAXLST (D.12B) for flight `number + 1000` tomorrow, from this hour for three and a half, local time."""
    day = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    flight, stamp = f"{carrier}{1000 + number}", f"{day:%y%m%d}"
    travellers = "".join(person(number, index, origin, destination) for index in range(people))
    body = (
        f"UNH+P{number}+PAXLST:D:12B:UN:IATA+{flight}/{stamp}/{hour:02}00+01:F'BGM+745'TDT+20+{flight}'"
        f"LOC+125+{origin}'DTM+189:{stamp}{hour:02}00:201'LOC+87+{destination}'DTM+232:{stamp}{hour + 3:02}30:201'"
        f"{travellers}CNT+42:{people}'"
    )
    segments = body.count("'") + 1
    return (
        f"UNA:+.? 'UNB+UNOA:4+{carrier}APIS:ZZ+JRCC:ZZ+{stamp}:0900+R{number}++APIS'"
        f"{body}UNT+{segments}+P{number}'UNZ+1+R{number}'"
    )


def person(number: int, index: int, origin: str, destination: str) -> str:
    """The segments of one passenger; no two of a list share names, birth date or document."""
    surname = SURNAMES[(number + index) % len(SURNAMES)]
    given = f"{_word(number)}SEL {_word(index)}RIEL"
    born = datetime.date(1950, 1, 1) + datetime.timedelta(days=37 * index + number)
    return (
        f"NAD+FL+++{surname}:{given}'ATT+2++F'DTM+329:{born:%y%m%d}'"
        f"LOC+178+{origin}'LOC+179+{destination}'NAT+2+JAM'RFF+AVF:K{number:03d}{index:03d}'"
        f"DOC+P:110:111+J{number:05d}{index:03d}'DTM+36:310514'LOC+91+JAM'"
    )


def sought(number: int, index: int = 0) -> dict[str, Any]:
    """The same passenger as the subject of an entry, by passport alone: nobody else on these lists is found by it."""
    return {"documents": [{"type": "P", "number": f"J{number:05d}{index:03d}", "issuer": "JAM"}]}


def _word(number: int) -> str:
    """A number in letters: 0 is A, 26 is BA."""
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters = chr(65 + rest) + letters
        if not number:
            return letters
