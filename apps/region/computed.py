"""Indicators that the portal reckons: a floor above the register says how, and they stand beside the others.

    @computed.register("LATE_ACTIONS")                      # in the app's AppConfig.ready imports
    def late_actions(actor: Actor, days: Sequence[date], known_at: Moment | None) -> Iterable[Value]: ...

The definition is a row of Indicator with `computed`, from a seed file or created by the app's own reference.py.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.access.actor import Actor

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
_PROVIDERS: dict[str, Provider] = {}


def register(code: str) -> Callable[[Provider], Provider]:
    """Say how the indicator of this code is reckoned."""

    def declare(provider: Provider) -> Provider:
        _PROVIDERS[code] = provider
        return provider

    return declare


def values(code: str, actor: Actor, days: Sequence[datetime.date], known_at: Moment | None = None) -> list[Value]:
    """The numbers of the days; none where nobody says how to reckon them."""
    provider = _PROVIDERS.get(code)
    return list(provider(actor, days, known_at)) if provider else []
