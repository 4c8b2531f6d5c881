"""What a report's text seems to speak of, beside what is known already; nothing of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.access.actor import Actor
from apps.entities.queries import entities, words
from apps.entities.queries.entities import Title
from apps.entities.rules.identifiers import BadValue, normal
from apps.entities.rules.proposals import Proposal, proposals
from apps.people.models import Party
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import texts
from apps.screening.matching import prepare, probe_keys

MOST = 60
MOST_CANDIDATES = 5


@dataclass(slots=True)
class Line:
    """A proposal with the entities that it may be of, the likest first; `held`: the report says it already."""

    paragraph: Paragraph
    it: Proposal
    candidates: list[Title] = field(default_factory=list)
    held: Title | None = None

    @property
    def kind(self) -> dict[str, Any]:
        """Label, icon and letter of its type."""
        return words.type_of(self.it.type)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paragraph with what is proposed in it marked."""

    row: Paragraph
    html: SafeString


def places() -> list[tuple[str, str]]:
    """(name, code) of the States of the region. One query."""
    kinds = ("member_state", "associate_member")
    rows = Party.objects.filter(periods__kind__in=kinds).distinct().order_by("code")
    return [(row.short_name, row.code) for row in rows]


def lines(actor: Actor, report: Report) -> tuple[list[Spoken], list[Line]]:
    """(paragraphs with marks, proposals) of a version that the actor sees. Six queries, however long it is."""
    rows = texts.paragraphs(actor, [report])[report.pk]
    known = places()
    found = [Line(row, one) for row in rows for one in proposals(row.text, known)][:MOST]
    compare(actor, report, found)
    spoken = [Spoken(row, _marked(row.text, [one.it for one in found if one.paragraph is row])) for row in rows]
    return spoken, found


def compare(actor: Actor, report: Report, found: Sequence[Line]) -> None:
    """Say of each line which entities it may be of, and whether the report says it already. Four queries."""
    _candidates(actor, found)
    _held(actor, report, found)


def _marked(text: str, found: Sequence[Proposal]) -> SafeString:
    pieces, place = [], 0
    for one in found:
        pieces += [format_html("{}<mark>{}</mark>", text[place : one.start], text[one.start : one.end])]
        place = one.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, format_html("{}", text[place:])]))


def normal_of(of_field: str, value: str) -> str:
    """A value in the one form of its field; empty where it has none."""
    known = words.fields().get(of_field)
    try:
        return normal(known["form"], value).value if known else ""
    except BadValue:
        return ""


def _candidates(actor: Actor, found: Sequence[Line]) -> None:
    """Entities with the same identifier, or a name that the matching engine takes for the same. Three queries."""
    wanted = {normal_of(one.it.field, one.it.value) for one in found if one.it.field not in words.NAMES} - {""}
    by_value: dict[tuple[str, str], list[Any]] = {}
    if wanted:
        rows = entities.facts(actor, normal__in=wanted, field__in=words.identifiers())
        for entity, name, value in rows.order_by("pk").values_list("entity", "field", "normal"):
            by_value.setdefault((name, value), []).append(entity)
    by_name = _names(actor, [one for one in found if one.it.field in words.NAMES])
    ids = {pk for each in [*by_value.values(), *by_name.values()] for pk in each}
    titles = entities.titles(actor, ids)
    for one in found:
        key = one.it.field, normal_of(one.it.field, one.it.value)
        listed = by_name.get(one.it.value, []) if one.it.field in words.NAMES else by_value.get(key, [])
        kept = [titles[pk] for pk in dict.fromkeys(listed) if pk in titles and titles[pk].type == one.it.type]
        one.candidates = kept[:MOST_CANDIDATES]


def _names(actor: Actor, found: Sequence[Line]) -> dict[str, list[Any]]:
    """{name: entities with a name like it, the likest first}. One query."""
    asked = {one.it.value: prepare({"full_name": one.it.value}, strict=False) for one in found}
    keys = {name: probe_keys(identity) for name, identity in asked.items() if identity.names}
    every = sorted(set().union(*keys.values())) if keys else []
    if not every:
        return {}
    rows = entities.facts(actor, field__in=words.NAMES, keys__overlap=every)
    known = list(rows.order_by("pk").values_list("entity", "value", "keys")[: entities.MOST_COMPARED])
    scored: dict[str, dict[Any, float]] = {}
    for name, probe in keys.items():
        for entity, value, held in known:
            if probe & set(held):
                score = entities.likeness(asked[name], value)
                if score >= entities.REVIEW_THRESHOLD:
                    best = scored.setdefault(name, {})
                    best[entity] = max(score, best.get(entity, 0.0))
    return {name: sorted(best, key=lambda pk: (-best[pk], str(pk))) for name, best in scored.items()}


def _held(actor: Actor, report: Report, found: Sequence[Line]) -> None:
    """Mark what is recorded of the same paragraph already. One query."""
    rows = entities.in_report(actor, report.thread)
    there = {(row.pid, row.field, row.normal): row for row in rows}
    for one in found:
        row = there.get((one.paragraph.pid, one.it.field, normal_of(one.it.field, one.it.value)))
        one.held = entities.title_of([row]) if row else None
