"""Watchlists of the demonstration: fictional people, put on the lists by the cast's own officers."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from apps.screening import actions
from apps.screening.actions import thresholds
from apps.screening.models import Entry, Thresholds, WatchList
from demo.people import seated
from demo.scenes import Scene

PLAN = tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))
ENTRY_PARTS = ("list", "reference", "instruction", "reason")
MEETS: list[dict[str, Any]] = [
    {"reference": one["reference"], "list": one["list"], "traveller": one["traveller"], **one["subject"]}
    for one in PLAN["meets"]
]
"""The twelve entries that demonstration flights bring: IDENTITY of the entry, with `reference`, `list`, and
`traveller`, the IDENTITY as a carrier sends that person."""

INSTRUCTIONS = ("arrest", "refuse", "refuse", "question", "question", "question", "inform", "inform", "discreet")
REASONS = {
    "arrest": ("Warrant of the High Court.", "Escaped from lawful custody.", "Failed to appear for trial."),
    "refuse": ("Removed earlier; the bar still runs.", "Used a false visa.", "Overstayed on two visits."),
    "question": ("Undeclared currency on an earlier crossing.", "Sponsor could not be traced.", "Unclear purpose."),
    "inform": ("Movements are of interest to an inquiry.", "Missing person, reported by the family."),
    "discreet": ("Under observation; no contact.", "Associate of a person under inquiry."),
}


def load() -> int:
    """Open the lists and add the entries that are not there yet; the number of entries added."""
    chance = random.Random(PLAN["seed"])  # noqa: S311  (made-up people, not secrets)
    added = 0
    for one in PLAN["list"]:
        keeper = seated(one["keeper"])
        if not WatchList.objects.filter(code=one["code"]).exists():
            actions.open_watchlist(keeper, None, code=one["code"], name=one["name"], kind=one["kind"])
        wanted = [*_generated(one, chance), *(_met(meet) for meet in PLAN["meets"] if meet["list"] == one["code"])]
        there = set(Entry.objects.filter(list__code=one["code"]).values_list("reference", flat=True))
        for fields in wanted:
            if fields["reference"] not in there:
                actions.create_watchlist_entry(keeper, None, **fields)
                added += 1
    _propose_thresholds()
    return added


def _propose_thresholds() -> None:
    """A proposal that waits for a second person."""
    one = PLAN["thresholds"]
    if not Thresholds.objects.exists():
        thresholds.propose_thresholds(
            seated(one["proposer"]), None, alerts_per_1000=one["alerts_per_1000"], why=one["why"]
        )


def _met(meet: dict[str, Any]) -> dict[str, Any]:
    visibility = {"screen_for": meet.get("screen_for", "all")}
    if "hit_visible_to" in meet:
        visibility["hit_visible_to"] = meet["hit_visible_to"]
    kind = Entry.Kind.PERSON if "surname" in meet["subject"] else Entry.Kind.DOCUMENT
    return {**{part: meet[part] for part in ENTRY_PARTS}, "subject": meet["subject"], "visibility": visibility} | {
        "kind": kind
    }


def _generated(one: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """The made-up entries of a list, always the same for one seed."""
    make = _person if one["communities"] else _document
    return [make(one, number, chance) for number in range(1, one["entries"] + 1)]


def _person(one: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    community = PLAN["community"][chance.choice(one["communities"])]
    sex = chance.choice("MMMF")
    given = chance.sample(community["men" if sex == "M" else "women"], chance.choice([1, 1, 2]))
    nationality = chance.choice(one["nationalities"])
    subject = {
        "surname": chance.choice(community["surnames"]).upper(),
        "given_names": " ".join(given).upper(),
        "sex": sex,
        "birth_date": _birth_date(chance),
        "nationality": [nationality],
    }
    if chance.random() < 0.4:
        subject["documents"] = [_passport(nationality, chance)]
    instruction = chance.choice(INSTRUCTIONS)
    own = one["code"].partition("-")[0]
    hidden = instruction == "discreet" and own not in {"RIFC", "JRCC"}
    return {
        "list": one["code"],
        "reference": f"{own}-{'R' if own == 'RIFC' else 'W'}-{number:04}",
        "subject": subject,
        "instruction": instruction,
        "reason": chance.choice(REASONS[instruction]),
        "visibility": {
            "screen_for": [own] if hidden else "all",
            "hit_visible_to": "owner" if hidden else "owner_and_acting",
        },
        "valid_until": datetime.date(2031, chance.randint(1, 12), 28) if chance.random() < 0.5 else None,
    }


def _document(one: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    verb = chance.choice(["Stolen", "Lost"])
    return {
        "list": one["code"],
        "reference": f"SLTD-{number:04}",
        "kind": Entry.Kind.DOCUMENT,
        "subject": {"documents": [_passport(chance.choice(one["nationalities"]), chance)]},
        "instruction": "refuse" if verb == "Stolen" else "question",
        "reason": f"{verb}, reported by the issuing State in 2026.",
    }


def _birth_date(chance: random.Random) -> str:
    """Most dates are full; some know the year or the month alone."""
    date = f"{chance.randint(1955, 2004)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return date[: chance.choice([10, 10, 10, 10, 10, 7, 4])]


def _passport(issuer: str, chance: random.Random) -> dict[str, Any]:
    return {
        "type": "P",
        "number": f"{chance.choice('ABCEHKMRT')}{chance.randint(1_000_000, 9_999_999)}",
        "issuer": issuer,
    }


SCENES = [Scene("entries", load)]
