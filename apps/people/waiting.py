"""What waits for a seat: each room says what of its own records does, and My desk shows it in one list."""

import datetime
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.access.actor import Actor
from apps.access.models import FAR_FUTURE


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that waits: its title and page, when it is due (None: no date), a line of detail, an icon's name."""

    title: str
    url: str
    due: datetime.datetime | None
    detail: str
    kind: str


def cut(text: str, most: int) -> str:
    """A text on one line, of so many characters at most; what is left out ends at a word, and an ellipsis says so."""
    return textwrap.shorten(text, most, placeholder="…", break_on_hyphens=False)


Provider = Callable[[Actor], Iterable[WorkRow]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a room's provider; serves as a decorator. It reads through visible_to, in a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def waiting_for(actor: Actor | None) -> list[WorkRow]:
    """Everything that waits for the seat, what is due first on top."""
    if actor is None:
        return []
    rows = [row for provider in _providers for row in provider(actor)]
    return sorted(rows, key=lambda row: (row.due or FAR_FUTURE, row.title))
