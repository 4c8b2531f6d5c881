"""What search finds of the watchlists: entries by their owner's number, by name only where it is asked for."""

from django.utils.translation import gettext_lazy as _

from apps.screening.models import Entry
from apps.search.kinds import Kind, register


def offer() -> None:
    """Register them."""
    register(
        Kind(
            *("entry", _("Watchlist entries"), "list", "screening:entry"),
            rows=Entry.objects.visible_to,
            exact=("reference",),
            names=("display_name",),
            title="display_name",
            detail="reference",
            works=frozenset({"JRCC.watch", "border", "intelligence", "analysis"}),
            persons=True,
        )
    )
