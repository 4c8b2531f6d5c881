"""Seats and records of the truth tables, from a few words: who asks, and what the policy reads of the record.

A seat: `JAM.border head`, a role of reader, officer or head, then what is not usual about it: `acting`, `emergency`,
`clearance=0`, `from=BRB` (sent there by Barbados). `JAM.ministry key` is a program with the desk's own key,
`JRCC.automation` the portal's own seat there. `JAM/BRB.border/customs reader/head` are eight seats. `JAM.others head`
is each desk of the party that no row of the same table names, `others head` each desk of all parties; `any.border` are
the border desks of all parties that have one.

A record: `state=held owner_id=JAM.border seat.user_id=me`. Only what is named is there: a policy that reads more raises
AttributeError. Words are strings, numbers numbers, `yes`, `no` and `none` what they say, `[JAM,BRB]` a list. `me` and
`somebody` are users, `my_seat` and `another_seat` seats; a desk's code is the desk's id. `= [[JAM]]` is the value
itself, `none` no record at all.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from apps.access.actor import Actor

PARTIES = {
    **dict.fromkeys(("JAM", "BRB", "TTO"), "member_state"),
    **{"MSR": "associate_member", "CCS": "", "IMPACS": "", "JRCC": "", "RIFC": "", "7T": "carrier", "BW": "carrier"},
}
"""Three States, an Associate Member, the Community's Secretariat, the region's bodies, two carriers; their kinds."""
SEED = tomllib.loads((Path(__file__).resolve().parent.parent / "apps/people/seed/desks.toml").read_text())
REAL = {party: SEED["kind"].get(kind) or SEED["party"][party] for party, kind in PARTIES.items()}
"""Functions of the desks that each party has."""
FUNCTIONS = tuple(dict.fromkeys(function for functions in REAL.values() for function in functions))
RANKS = {"reader": 1, "officer": 2, "head": 3}
KINDS = ("standing", "acting", "emergency", "service")
ME, SOMEBODY, MY_SEAT, ANOTHER_SEAT = 101, 102, 201, 202
DESKS = {f"{party}.{function}": 300 + n for n, (party, function) in enumerate(product(PARTIES, FUNCTIONS))}
WORDS: dict[str, Any] = {
    **{"none": None, "yes": True, "no": False, "[]": []},
    **{"me": ME, "somebody": SOMEBODY, "my_seat": MY_SEAT, "another_seat": ANOTHER_SEAT},
    **DESKS,
}


@cache
def seat(text: str) -> Actor:
    """The actor that one seat's words describe; ValueError for words that mean nothing."""
    code, *words = text.split()
    party, _, function = code.partition(".")
    if party not in PARTIES or function not in FUNCTIONS:
        raise ValueError(f"no desk {code}: {text}")
    said = {"rank": 2, "seat_kind": "standing", "clearance": 2, "via": "web", "seconded_from": ""}
    if function == "automation":
        said |= {"seat_kind": "service", "via": "task"}
    for word in words:
        said |= _said(word)
    return Actor(
        user_id=ME, person="A person", seat_id=MY_SEAT, desk_id=DESKS[code], desk_code=code, party_code=party,
        party_name=party, time_zone="UTC", function=function, role="", groups=(DESKS[code],), **said,
    )  # fmt: skip


def _said(word: str) -> dict[str, Any]:
    """What one word adds to a seat."""
    if word in RANKS:
        return {"rank": RANKS[word]}
    if word == "key":
        return {"seat_kind": "service", "via": "api"}
    if word in KINDS:
        return {"seat_kind": word}
    name, _, value = word.partition("=")
    if name == "clearance":
        return {"clearance": int(value)}
    if name == "via" and value in {"web", "api", "task"}:
        return {"via": value}
    if name == "from" and value in PARTIES:
        return {"seconded_from": value}
    raise ValueError(f"a seat knows no {word}")


def each_seat(text: str, named: frozenset[str] = frozenset()) -> Iterator[str]:
    """The single seats that one row's words stand for; `named` are the desks that its table names."""
    desks, *words = text.split()
    for desk in _desks(desks, named):
        for chosen in product(*(word.split("/") for word in words)):
            yield " ".join((desk, *chosen))


def _desks(text: str, named: frozenset[str]) -> Iterator[str]:
    parties, _, functions = text.rpartition(".")
    for party in PARTIES if parties in {"", "any"} else parties.split("/"):
        for function in functions.split("/"):
            if function != "others" and (parties != "any" or function in REAL[party]):
                yield f"{party}.{function}"
            elif function == "others":
                yield from (desk for one in REAL[party] if (desk := f"{party}.{one}") not in named)


def desks_named(texts: Iterable[str]) -> frozenset[str]:
    """Codes of the desks that seats name themselves, not as others."""
    codes = (text.split()[0] for text in texts)
    return frozenset(desk for code in codes if not code.endswith("others") for desk in _desks(code, frozenset()))


def value(text: str) -> Any:
    """What a word of a record means."""
    if text in WORDS:
        return WORDS[text]
    if text.startswith("[") and text.endswith("]"):
        return [value(one) for one in re.findall(r"\[[^\]]*\]|[^,\[\]]+", text[1:-1])]
    return int(text) if re.fullmatch(r"-?\d+", text) else text


@cache
def record(text: str) -> Any:
    """The plain object of a record's words; SimpleNamespace without attributes for none."""
    if text == "none":
        return None
    if text.startswith("="):
        return value(text[1:].strip())
    found = SimpleNamespace()
    for word in text.split():
        path, _, said = word.partition("=")
        *outer, last = path.split(".")
        at = found
        for name in outer:
            if not hasattr(at, name):
                setattr(at, name, SimpleNamespace())
            at = getattr(at, name)
        put(at, last, value(said))
    return found


def put(at: SimpleNamespace, name: str, said: Any) -> None:
    """Set an attribute, or with () what a method answers."""
    if name.endswith("()"):
        setattr(at, name[:-2], lambda: said)
    else:
        setattr(at, name, said)
