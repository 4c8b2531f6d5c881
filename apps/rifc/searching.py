"""What search finds of reports, how its facets are called, and that a passage shown is a reading."""

from collections.abc import Mapping, Sequence

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.rifc import policy
from apps.rifc.actions import reading
from apps.rifc.queries import finding, vocabulary
from apps.search import kinds
from apps.search.kinds import Kind, Passage
from apps.search.marking import pieces
from apps.search.question import Question


def passages(actor: Actor, question: Question, versions: Sequence[str]) -> Mapping[str, Passage]:
    """{version: the paragraph that fits best, with its marking}, once the action under way has noted the readings."""
    found = finding.paragraphs(actor, question, versions)
    others = [row.report_id for row in found if row.report.owner_id != actor.desk_id]
    shown = reading.note_many(actor, others, "search") if others else set()
    return {
        str(row.report_id): Passage(vocabulary.portion_mark(row.portion), pieces(row.headline))
        for row in found
        if row.report.owner_id == actor.desk_id or row.report_id in shown
    }


def offer() -> None:
    """Reports for whoever is sent any, and what the values of their facets are called."""
    kinds.register(
        Kind(
            "report",
            _("Shared reports"),
            "file-text",
            "rifc:report",
            rows=finding.rows,
            match=finding.match,
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
                "box": finding.in_box,
                "cites": finding.citing,
                "as_of": finding.in_force,
                "place": lambda found, value, actor: found.filter(report__event_place__icontains=value),
            },
            passages=passages,
            # as text, which no index orders: walking the newest reports reads the words of most that do not fit
            newest=Cast("pk", CharField()).desc(),
        )
    )
    kinds.register_labels("category", lambda: dict(vocabulary.choices("threat_category")))
    kinds.register_labels("sort_of", lambda: dict(vocabulary.choices("kind")))
    kinds.register_labels("level", _levels)


def _levels() -> dict[str, str]:
    found = vocabulary.terms("classification", vocabulary.today())
    return {str(term.extra["level"]): term.label for term in found.values()}
