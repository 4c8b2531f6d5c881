"""Two released assessments side by side, and two moments of a section with who wrote what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Judgement, Position, Section
from apps.assessments.queries import parts, released_judgements
from apps.assessments.rules import text_pairs, yardsticks
from apps.coedit.actions import section_texts


@dataclass(frozen=True, slots=True)
class Written:
    """A block of a section at two moments; `who` wrote what stands in it at the later one."""

    side: text_pairs.Side
    who: list[str]


def moments(section: Any, before: int, after: int, names: Mapping[int, str]) -> list[Written] | None:
    """What changed between two rows of the log, block by block; None where one is no longer kept. Three queries."""
    changes = section_texts.compare_moments(section.pk, before, after)
    if changes is None:
        return None
    authors = section_texts.authors(section.pk, after)
    return [_written(one, authors, names) for one in changes]


def _written(one: Any, authors: Mapping[str, list[int]], names: Mapping[int, str]) -> Written:
    old = None if one.kind == "added" else one.before
    new = None if one.kind == "removed" else one.after
    who = authors.get(one.pid, []) if new else []
    return Written(text_pairs.side(old, new), [names.get(user, "") for user in who])


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in two assessments: its words, which way its likelihood went, and positions that differ."""

    old: Judgement | None
    new: Judgement | None
    side: text_pairs.Side
    likelihood: str
    positions: list[tuple[str, str, str]]

    @property
    def confidence(self) -> tuple[str, str]:
        """Before and after; empty where there is no such judgement."""
        return (self.old.confidence if self.old else "", self.new.confidence if self.new else "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two released assessments."""

    judgements: list[Judged]
    sections: list[tuple[str, list[text_pairs.Side]]]


def choices(actor: Actor, row: Assessment) -> list[Assessment]:
    """Released assessments that the actor takes part in, with which one can be compared, newest first. One query."""
    rows = Assessment.objects.visible_to(actor).filter(state__in=released_judgements.RELEASED).exclude(pk=row.pk)
    return list(rows.order_by("-released_at"))


def usual(row: Assessment, found: Sequence[Assessment]) -> Assessment | None:
    """The one that it replaced, or that replaced it, or the newest; None of none."""
    before = next((one for one in found if one.successor_id == row.pk), None)
    return before or next((one for one in found if one.pk == row.successor_id), None) or (found[0] if found else None)


def compare_versions(old: Assessment, new: Assessment) -> Comparison:
    """The earlier with the later: judgements by what their writers named, sections by their titles. Four queries.

    Two judgements are held against each other only where the later one was written as going on from the earlier one:
    likeness of words says nothing of whether they ask the same, and a State's position would be misreported.
    """
    both = [old.pk, new.pk]
    judged: dict[Any, list[Judgement]] = {old.pk: [], new.pk: []}
    for one in Judgement.objects.filter(assessment__in=both, dropped_at=None).order_by("order", "pk"):
        judged[one.assessment_id].append(one)
    # what is released is frozen: every position that is not void is on these words
    held: dict[Any, dict[str, str]] = defaultdict(dict)
    for said in Position.objects.filter(assessment__in=both, void_at=None):
        held[said.judgement_id][said.party_id] = str(Position.Kind(said.kind).label)
    pairs = text_pairs.paired(judged[old.pk], judged[new.pk], {one.pk: one.predecessor_id for one in judged[new.pk]})
    sections = Section.objects.filter(assessment__in=both, removed_at=None).order_by("order", "pk")
    texts = parts.texts(new, list(sections))
    return Comparison(
        [_judged(old, new, one, two, held) for one, two in pairs],
        _sections(*([text for text in texts if text.section.assessment_id == key] for key in both)),
    )


def _judged(old: Assessment, new: Assessment, one: Any, two: Any, held: Mapping[Any, dict[str, str]]) -> Judged:
    side = text_pairs.side(one.text if one else None, two.text if two else None)
    was, now = held.get(one.pk if one else None, {}), held.get(two.pk if two else None, {})
    parties = sorted({*old.accepted, *new.accepted}) if one and two else []
    differs = [(party, was.get(party, ""), now.get(party, "")) for party in parties]
    return Judged(one, two, side, _way(old, new, one, two), [each for each in differs if each[1] != each[2]])


def _way(old: Assessment, new: Assessment, one: Any, two: Any) -> str:
    """ "up", "down" or "same" by the middles of the bands; "" where one of them has none."""
    bands = [
        yardsticks.band_of(row.yardstick, each.likelihood) if each else None for row, each in ((old, one), (new, two))
    ]
    if bands[0] is None or bands[1] is None:
        return ""
    step = (bands[1].low + bands[1].high) - (bands[0].low + bands[0].high)
    return "up" if step > 0 else "down" if step < 0 else "same"


def _sections(old: Iterable[parts.Text], new: Iterable[parts.Text]) -> list[tuple[str, list[text_pairs.Side]]]:
    before = {text.section.title.casefold(): text for text in old}
    found = []
    for text in new:
        was = before.pop(text.section.title.casefold(), None)
        found.append((text.section.title, text_pairs.lined(_paragraphs(was), _paragraphs(text))))
    return found + [(text.section.title, text_pairs.lined(_paragraphs(text), [])) for text in before.values()]


def _paragraphs(text: parts.Text | None) -> list[str]:
    return [block.text for block in text.paragraphs] if text else []
