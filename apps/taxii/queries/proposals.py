"""What a bundle proposes beside a draft that was written of it: persons and things, links, sightings, for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.entities.queries import proposals, words
from apps.entities.queries.entities import Title
from apps.entities.rules.chart_places import said, stretch
from apps.entities.rules.proposals import Proposal
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import texts
from apps.taxii.models import Intake
from apps.taxii.stix.entity_readers import Found, Seen, Thing, Tie
from apps.taxii.stix.imports import Draft

PAGE = 40


@dataclass(slots=True)
class FactLine:
    """A fact that could be recorded; `held`: the paragraph says it already."""

    place: int
    label: str
    value: str
    period: str
    held: bool = False


@dataclass(slots=True)
class ThingLine:
    """A person or thing. `paragraph`: pid of the one that speaks of it; `taken`: the entity that it was recorded as."""

    n: int
    it: Thing
    kind: dict[str, Any]
    paragraph: str
    facts: list[FactLine] = field(default_factory=list)
    candidates: list[Title] = field(default_factory=list)
    taken: str = ""


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A link or sighting in words. `done`: it was recorded."""

    n: int
    id: str
    text: str
    more: str
    paragraph: str
    done: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of proposals. `paragraphs`: (pid, place, beginning of its words) of the draft as it is now."""

    paragraphs: list[tuple[str, int, str]]
    things: list[ThingLine]
    others: list[OtherLine]
    following: int | None


def page_proposals(actor: Actor, row: Intake, found: Found, draft: Draft, report: Report, start: int = 0) -> Sheet:
    """Things from a place on, with the links and sightings of things that are on the page or recorded. Five queries."""
    rows = texts.paragraphs(actor, [report])[report.pk]
    if not rows:
        return Sheet([], [], [], None)
    where = _Where(draft, rows)
    keys = [key for key in draft.takes if key in found.things]
    shown = keys[start : start + PAGE]
    numbers = {key: n for n, key in enumerate(draft.takes)}
    lines = [_line(numbers[key], found.things[key], where) for key in shown]
    _compare(actor, report, lines, where)
    for one in lines:
        one.taken = row.taken.get(one.it.id, "")
    ready = {*shown, *row.taken}
    ties = [found.ties[key] for key in draft.takes if key in found.ties]
    others = [_tie(numbers[one.id], one, found, where, row) for one in ties if {one.source, one.target} <= ready]
    seen = [found.seen[key] for key in draft.takes if key in found.seen and found.seen[key].thing in ready]
    others += [_seen(numbers[one.id], one, found, where, row) for one in seen]
    listed = [(str(one.pid), one.order, where.beginning(one)) for one in rows]
    return Sheet(listed, lines, others[: 2 * PAGE], start + PAGE if len(keys) > start + PAGE else None)


class _Where:
    """Finds the paragraph of the draft as it is now that has the words which came in."""

    def __init__(self, draft: Draft, rows: Sequence[Paragraph]) -> None:
        self.draft, self.rows = draft, rows
        self.sent = [" ".join(one["text"].split()) for one in draft.given["paragraphs"]]
        self.by_words = {" ".join(row.text.split()): row for row in rows}

    def paragraph(self, *ids: str) -> Paragraph:
        """Of the first of these objects that a paragraph speaks of; else the first."""
        place = next((self.draft.places[key] for key in ids if key in self.draft.places), None)
        words = self.sent[place] if place is not None and place < len(self.sent) else ""
        return self.by_words.get(words, self.rows[0])

    def beginning(self, row: Paragraph) -> str:
        """The first words of a paragraph that is as it came in; none of a changed one, which nobody has read here."""
        words = " ".join(row.text.split())
        return words[:60] if words in self.sent else ""


def _line(n: int, it: Thing, where: _Where) -> ThingLine:
    noted = [fact.note for fact in it.facts if fact.note]
    made = ThingLine(n, it, words.type_of(it.type), str(where.paragraph(*noted, it.id).pid))
    for place, one in enumerate(it.facts):
        period = " – ".join(day.isoformat() if day else "…" for day in one.period) if any(one.period) else ""
        made.facts.append(FactLine(place, words.field_label(one.field), one.value, period))
    return made


def _compare(actor: Actor, report: Report, lines: Sequence[ThingLine], where: _Where) -> None:
    by_pid = {str(row.pid): row for row in where.rows}
    asked = [
        (one, fact, proposals.Line(by_pid[one.paragraph], Proposal(one.it.type, said_.field, said_.value, 0, 0)))
        for one in lines
        for fact, said_ in zip(one.facts, one.it.facts, strict=True)
    ]
    proposals.compare(actor, report, [line for _one, _fact, line in asked])
    for one, fact, line in asked:
        fact.held = line.held is not None
        one.candidates += [each for each in line.candidates if each not in one.candidates]


def _tie(n: int, one: Tie, found: Found, where: _Where, row: Intake) -> OtherLine:
    source, target = (found.things[key].title for key in (one.source, one.target))
    text = f"{source} {words.link_label(one.type)} {target}"
    periods = [" – ".join(day.isoformat() if day else "…" for day in period) for _n, period in one.said if any(period)]
    noted = [note for note, _period in one.said if note]
    pid = str(where.paragraph(*noted, one.id, one.source, one.target).pid)
    return OtherLine(n, one.id, text, "; ".join(periods), pid, one.id in row.taken)


def _seen(n: int, one: Seen, found: Found, where: _Where, row: Intake) -> OtherLine:
    when = said(stretch(one.at, one.precision), one.precision) if one.at else ""
    more = " · ".join(filter(None, [when, one.place, one.position]))
    pid = str(where.paragraph(one.note, one.id, one.thing).pid)
    return OtherLine(n, one.id, found.things[one.thing].title, more, pid, one.id in row.taken)
