"""Indicators that the portal reckons: a layer above the register says how, and they stand beside the others.

    offers={"region.computed": {"LATE_ACTIONS": "queries.late_actions"}}                 # in the app's manifest

    def late_actions(actor: Actor, days: Sequence[date], known_at: Moment | None) -> Iterable[Value]: ...

The definition is a row of Indicator with `computed`, from a seed file or created by the app's own reference.py.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.access.actor import Actor
from apps.access.manifest import registry

Moment = datetime.datetime | datetime.date


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a day, of a State or (None) of the region; `url` leads to the rows that it was reckoned from."""

    party: str | None
    on: datetime.date
    value: Decimal
    source: str = ""
    url: str = ""


Provider = Callable[[Actor, Sequence[datetime.date], Moment | None], Iterable[Value]]
"""Given who asks, the days to reckon for, and the knowledge to use; reads through visible_to, in a few queries."""


def values(code: str, actor: Actor, days: Sequence[datetime.date], known_at: Moment | None = None) -> list[Value]:
    """The numbers of the days; none where nobody says how to reckon them."""
    provider: Provider | None = registry.offered("region.computed").get(code)
    return list(provider(actor, days, known_at)) if provider else []
