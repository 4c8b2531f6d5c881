"""What search finds of the watchlists: entries by their owner's number, by name only where it is asked for."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy

from apps.screening.models import Entry
from apps.search.queries.kinds import Kind


def list_screening_kinds() -> Iterator[Kind]:
    """They."""
    yield Kind(
        *("entry", pgettext_lazy("words, screening", "Watchlist entries"), "list", "screening:entry"),
        rows=Entry.objects.visible_to,
        exact=("reference",),
        names=("display_name",),
        title="display_name",
        detail="reference",
        works=frozenset({"JRCC.watch", "border", "intelligence", "analysis"}),
        persons=True,
    )
