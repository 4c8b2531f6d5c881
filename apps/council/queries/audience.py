"""Which desks are told: the groups that Council records are shared with."""

import datetime
from typing import Any

from apps.council.queries.membership import associates, roll
from apps.people.queries import desk_ids

BODIES = ("IMPACS.secretariat", "IMPACS.automation", "CCS.ministry")
"""The Council's Secretariat, the portal's clock, and the Community's Secretariat."""


def keepers() -> list[int]:
    """The bodies alone, for drafts."""
    return desk_ids(*BODIES)


def members(day: datetime.date) -> list[int]:
    """Ministries of the Member States of the day, and the bodies: for restricted matters."""
    return desk_ids(*(f"{party.code}.ministry" for party in roll(day)), *BODIES)


def everybody(day: datetime.date) -> list[int]:
    """Ministries of Member States and Associate Members of the day, and the bodies."""
    states = [*roll(day), *associates(day)]
    return desk_ids(*(f"{party.code}.ministry" for party in states), *BODIES)


def ministries(codes: list[str] | tuple[str, ...]) -> list[int]:
    """Ministries of named parties."""
    return desk_ids(*(f"{code}.ministry" for code in codes))


def is_restricted(decision: Any) -> bool:
    """Whether a decision is for Member States alone: by its item, or by that of the text it was drafted again from."""
    row = decision
    while row.item is None and row.retabled_from is not None:
        row = row.retabled_from
    return row.item is not None and row.item.restricted


def of_decision(decision: Any, day: datetime.date) -> list[int]:
    """Ministries that a decision on the table is for, and the bodies."""
    return members(day) if is_restricted(decision) else everybody(day)
