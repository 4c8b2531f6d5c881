"""Minutes that a step may take, and whom an overdue one climbs to."""

import datetime
from functools import cache
from typing import NamedTuple

from apps.manifests.queries.dated import in_force, read_seed_rows


def service_minutes(day: datetime.date, party: str, grade: str, step: str) -> int | None:
    """Minutes that a step may take on a day: the party's own number, else everybody's; None where none is agreed."""
    iso = day.isoformat()
    found = {
        row["party"]: int(row["minutes"])
        for row in _service_levels()
        if (row["grade"], row["step"]) == (grade, step)
        and row["valid_from"] <= iso
        and (not row["valid_to"] or iso < row["valid_to"])
    }
    return found.get(party, found.get("*"))


@cache
def _service_levels() -> list[dict[str, str]]:
    return read_seed_rows("jrcc", "service_levels")


class Rung(NamedTuple):
    """A rung of the ladder: minutes after a step was due, and whom to tell, (desk, whether only who decides)."""

    number: int
    minutes: int
    to: tuple[tuple[str, bool], ...]


def ladder(day: datetime.date, step: str, party: str) -> list[Rung]:
    """Whom an overdue step of a party climbs to, from the lowest rung: a party's own row goes before everybody's."""
    found: dict[str, dict[str, str]] = {}
    for row in in_force(_ladder(), day):
        if row["step"] in {"*", step} and row["party"] in {"*", party}:
            known = found.get(row["rung"])
            if known is None or known["party"] == "*":
                found[row["rung"]] = row
    return [
        Rung(int(number), int(row["minutes"]), tuple(_told(one.format(party=party)) for one in row["to"].split()))
        for number, row in sorted(found.items())
    ]


def _told(text: str) -> tuple[str, bool]:
    desk, _colon, who = text.partition(":")
    return desk, who == "decides"


@cache
def _ladder() -> list[dict[str, str]]:
    return read_seed_rows("jrcc", "hit_ladder")
