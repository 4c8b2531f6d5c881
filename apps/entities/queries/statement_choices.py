"""What a form of a statement offers: paragraphs that it may rest on, and persons and things to link to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.access.actor import Actor
from apps.access.marking import Banner
from apps.entities.managers import speaking
from apps.entities.queries import entities, sources
from apps.entities.queries.sources import Source

MOST = 60
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Choice:
    """A paragraph to choose: `value` names report and paragraph."""

    value: str
    text: str
    source: Source


def spoken(actor: Actor, pk: Any, report: str) -> list[Choice]:
    """Paragraphs of the reports that speak of an entity, and of the report that the address names, newest first.

    Reports are those that the actor sees: two queries.
    """
    threads: set[Any] = set(entities.facts(actor, entity=pk).values_list("thread", flat=True).distinct()[:MOST])
    threads |= {named} if (named := _key(report)) else set()
    rows = speaking(actor).filter(report__thread__in=threads).select_related("report")
    listed = rows.order_by("-report__pk", "order")[:MOST]
    return [_choice(actor, row) for row in listed]


def _choice(actor: Actor, row: Any) -> Choice:
    text = row.text if len(row.text) <= EXCERPT else row.text[: EXCERPT - 1] + "…"
    return Choice(f"{row.report.thread}/{row.pid}", text, sources.source_of(actor, row))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def with_report(posted: Any) -> Any:
    """The form's `paragraph` names its report as well: here it is parted into the two that the action takes."""
    given = posted.copy()
    thread, slash, pid = given.get("paragraph", "").partition("/")
    if slash:
        given["report"], given["paragraph"] = thread, pid
    return given


def others(actor: Actor, pk: Any, asked: str) -> list[entities.Title]:
    """What an entity may be linked to: what a search finds, or else what stands in the same reports."""
    found = entities.search_entities(actor, asked) if asked else entities.near(actor, pk)
    return [one for one in found if one.pk != pk]


def marking(found: list[Choice]) -> Banner:
    """The banner of the paragraphs that are offered."""
    return sources.marking(one.source for one in found)
