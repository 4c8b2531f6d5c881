"""The paragraphs behind facts: number, marking and grade of each, as the viewer sees its report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf

from apps.access.actor import Actor
from apps.access.marking import Banner, mark_columns, of
from apps.entities.managers import speaking, versions
from apps.entities.queries.keyed_hashes import hash_of
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import vocabulary
from apps.rifc.queries.report_pages import Graded, graded

Key = tuple[Any, Any, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph that says something: its report, its place in it, its mark and its grade."""

    report: Report
    number: str
    pid: Any
    order: int
    mark: str
    scheme: str
    grade: Graded | None

    @property
    def common(self) -> str:
        """The grade in 6×6 where it can be judged; empty where it cannot."""
        return (self.grade.common or self.grade.value) if self.grade and not self.grade.unknown else ""


def key_of(row: Any) -> Key:
    """By what a statement names its paragraph."""
    return row.thread, row.pid, row.words


def sources(actor: Actor, rows: Iterable[Any]) -> dict[Key, Source]:
    """{(thread, pid, words): its source, of the newest version} of statements that the actor sees. One query."""
    wanted = {key_of(row) for row in rows}
    if not wanted:
        return {}
    found = speaking(actor).filter(report__thread__in={one[0] for one in wanted}, pid__in={one[1] for one in wanted})
    known: dict[Key, Source] = {}
    for row in found.select_related("report").order_by("report__edition"):
        key = row.report.thread, row.pid, row.hashed
        if key in wanted:
            known[key] = source_of(actor, row)
    return known


def saying(actor: Actor, *, ever: bool = False) -> Any:
    """For statements: the paragraphs that say so to the actor now, or `ever` in a version that they see."""
    said = {"thread": "report__thread", "pid": "pid", "words": "hashed"}
    rows = versions(actor) if ever else speaking(actor)
    return rows.filter(**{column: OuterRef(name) for name, column in said.items()})


def named(actor: Actor) -> Subquery:
    """For statements that the actor sees: `{number, mark}` of the newest version that says so, for them."""
    rows = saying(actor)
    own = When(report__originator=actor.party_code, then="report__register_number")
    number = Coalesce(NullIf(Case(own, default="report__number"), Value("", CharField())), "report__title")
    facts: Any = JSONObject(number=number, mark=JSONObject(**mark_columns(Paragraph)))
    return Subquery(rows.order_by("-report__edition").annotate(facts=facts).values("facts")[:1])


def source_of(actor: Actor, row: Paragraph) -> Source:
    """A paragraph (its report loaded) as the actor may name it."""
    report = row.report
    number = report.register_number if report.originator_id == actor.party_code else report.number
    mark = vocabulary.portion_mark(row.portion)
    return Source(report, number or report.title, row.pid, row.order, mark, row.scheme, graded(row))


def paragraph(actor: Actor, thread: Any, pid: Any) -> Paragraph | None:
    """The paragraph that a statement is to rest on, in the newest version that the actor sees. One query."""
    rows = speaking(actor).filter(report__thread=thread, pid=pid).select_related("report")
    found: Paragraph | None = rows.order_by("-report__edition").first()
    return found


def anchor(row: Paragraph) -> dict[str, Any]:
    """The columns by which a statement names its paragraph."""
    report = row.report
    return {
        "thread": report.thread,
        "pid": row.pid,
        "words": hash_of(row.text),
        "originator_id": report.originator_id,
        "report_desk_id": report.owner_id,
    }


def marking(found: Iterable[Source]) -> Banner:
    """The banner of everything that is shown: the highest classification, the narrowest TLP, every limit of use."""
    return of(*{one.report.pk: one.report for one in found}.values(), intelligence=True)


def span(found: Sequence[Source]) -> tuple[str, str]:
    """(best, worst) grade in 6×6 among those that can be judged; ("", "") for none."""
    known = sorted(one.common for one in found if one.common)
    return (known[0], known[-1]) if known else ("", "")
