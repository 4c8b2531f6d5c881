"""What search finds of reports, how its facets are called, and that a passage shown is a reading."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.rifc import policy
from apps.rifc.actions import receipts
from apps.rifc.queries import text_search, vocabulary
from apps.search.queries.kinds import Kind, Passage
from apps.search.rules.highlights import pieces
from apps.search.rules.question import Question


def passages(actor: Actor, question: Question, versions: Sequence[str]) -> Mapping[str, Passage]:
    """{version: the paragraph that fits best, with its marking}, once the action under way has noted the readings."""
    found = text_search.paragraphs(actor, question, versions)
    others = [row.report_id for row in found if row.report.owner_id != actor.desk_id]
    shown = receipts.note_many(actor, others, "search") if others else set()
    return {
        str(row.report_id): Passage(vocabulary.portion_mark(row.portion), pieces(row.headline))
        for row in found
        if row.report.owner_id == actor.desk_id or row.report_id in shown
    }


def list_rifc_kinds() -> Iterator[Kind]:
    """Reports for whoever is sent any, and what the values of their facets are called."""
    yield Kind(
        "report",
        pgettext_lazy("words, rifc", "Shared reports"),
        "file-text",
        "rifc:report",
        rows=text_search.rows,
        match=text_search.match,
        kept=True,
        title="report__title",
        detail=Case(
            When(report__number="", then=Concat(Value("TLP:"), "report__tlp", output_field=CharField())),
            default=Concat("report__number", Value(", TLP:"), "report__tlp", output_field=CharField()),
        ),
        at=Coalesce("report__shared_at", "report__changed_at"),
        key="report__thread",
        level="report__level",
        party="report__originator",
        works=policy.CISNET | policy.READERS,
        facets={"tlp": "report__tlp", "category": "report__threat_categories", "sort_of": "report__kind"},
        many=frozenset({"category"}),
        filters={
            "box": text_search.in_box,
            "cites": text_search.citing,
            "as_of": text_search.in_force,
            "place": lambda found, value, actor: found.filter(report__event_place__icontains=value),
        },
        passages=passages,
        # as text, which no index orders: walking the newest reports reads the words of most that do not fit
        newest=Cast("pk", CharField()).desc(),
    )


def name_levels() -> dict[str, str]:
    """What the values of the facet are called."""
    found = vocabulary.terms("classification", vocabulary.today())
    return {str(term.extra["level"]): term.label for term in found.values()}


def name_categories() -> dict[str, str]:
    """What the values of the facet are called."""
    return dict(vocabulary.choices("threat_category"))


def name_sorts() -> dict[str, str]:
    """What the values of the facet are called."""
    return dict(vocabulary.choices("kind"))
