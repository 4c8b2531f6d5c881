"""What search finds of the watch: bulletins, for the desks that have them."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVector
from django.utils.translation import pgettext_lazy

from apps.search.queries.kinds import Kind
from apps.watch.models import Bulletin
from apps.watch.policy import CISNET


def list_watch_kinds() -> Iterator[Kind]:
    """They."""
    yield Kind(
        *("bulletin", pgettext_lazy("words, watch", "Bulletins"), "flag", "watch:bulletin"),
        rows=Bulletin.objects.visible_to,
        text=SearchVector("title", "short_text", "text", "area", config="english"),
        numbers=("number",),
        detail="area",
        at="valid_from",
        party="owner__party",
        works=CISNET,
        facets={"tlp": "tlp"},
    )
