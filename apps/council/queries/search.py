"""What search finds of the Council: decisions, papers, meetings, written procedures."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVector
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import pgettext_lazy

from apps.council.models import Decision, Meeting, Paper, WrittenProcedure
from apps.search.queries.kinds import Kind

COUNCIL = frozenset({"ministry", "secretariat"})
TEXT = SearchVector("title", "words", config="english")


def list_council_kinds() -> Iterator[Kind]:
    """They."""
    yield Kind(
        *("decision", pgettext_lazy("words, council", "Decisions"), "landmark", "council:decision"),
        rows=Decision.objects.visible_to,
        text=TEXT,
        numbers=("number", "working_no"),
        detail=Coalesce("number", "working_no"),
        works=COUNCIL,
    )

    yield Kind(
        *("paper", pgettext_lazy("words, council", "Papers"), "file-text", "council:paper"),
        rows=Paper.objects.visible_to,
        text=TEXT,
        numbers=("number",),
        detail="number",
        works=COUNCIL,
    )

    yield Kind(
        *("meeting", pgettext_lazy("words, council", "Meetings"), "calendar", "council:meeting"),
        rows=Meeting.objects.visible_to,
        text=SearchVector("place", "organ__name", config="english"),
        title=Concat("organ__name", Value(" "), Cast("number", TextField()), output_field=TextField()),
        detail="place",
        at="starts_at",
        works=COUNCIL,
    )

    yield Kind(
        *("procedure", pgettext_lazy("words, council", "Written procedures"), "clock", "council:procedure"),
        rows=WrittenProcedure.objects.visible_to,
        text=SearchVector("decision__title", config="english"),
        numbers=("reference",),
        title="decision__title",
        detail="reference",
        works=COUNCIL,
    )
