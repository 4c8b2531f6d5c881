"""A vote as the room and the record show it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """One State's place at a vote: is it there, may it vote and why not, and its ballot as far as it may be known.

    `received_at` is when it confirmed the notification of a written vote.
    """

    party: str
    name: str
    present: bool
    entitled: bool
    reason: str
    value: str
    voted: bool
    at: datetime.datetime | None
    received_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A vote as it stands, or as it ended: for the chair, the room and the record.

    `closes_at` is the last moment for ballots of a written vote, None in a meeting; `period_source` the rule behind it.
    """

    state: str
    method: str
    number: int
    seats: list[Seat]
    counts: Mapping[str, int]
    required: int
    members_total: int
    quorum_required: int
    present: int
    standing: str
    sentence: str
    arithmetic: list[tuple[str, str]]
    text_hash8: str
    rule_set: str
    by_analogy: bool
    outcome: str
    closes_at: datetime.datetime | None = None
    period_source: str = ""
