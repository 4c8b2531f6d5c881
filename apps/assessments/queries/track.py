"""The track record: what became of released judgements, as far as one reader has them, and how they are scored."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.assessments import policy
from apps.assessments.models import Assessment, Judgement, Outcome, Position
from apps.assessments.queries import released_judgements
from apps.assessments.rules import outlook, scores, yardsticks
from apps.rifc.queries import vocabulary

STANDS_BY = (Position.Kind.AGREE, Position.Kind.RESERVATION)
"""Positions by which a State stands by a judgement: it shares its score then."""

BY: dict[str, tuple[Any, Any]] = {
    "body": (pgettext_lazy("words, assessments", "Lead body"), lambda one: [one.body]),
    "state": (_("State that agreed"), lambda one: one.states),
    "threat": (pgettext_lazy("words, assessments", "Threat"), lambda one: [one.threat]),
    "period": (pgettext_lazy("words, assessments", "Half year"), lambda one: [one.period]),
}
"""{code: (label, keys of a scored judgement)}: by what scores are grouped."""


@dataclass(frozen=True, slots=True)
class Line:
    """A judgement whose date has come, with what is said of it; `may` are the verbs of the reader.

    Who takes part sees the assessment; everybody else the report that it became.
    """

    row: Any
    outcome: Outcome | None
    taking_part: bool
    may: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a reader sees of the past: scored judgements, and lines by how far they are."""

    scored: list[scores.Scored]
    known: list[Line]
    waiting: list[Line]
    due: list[Line]
    aside: list[Line]

    @property
    def brier(self) -> float | None:
        """The score of all."""
        return scores.brier(self.scored)

    @property
    def bins(self) -> list[scores.Bin]:
        """The calibration."""
        return scores.calibration(self.scored)

    def groups(self, by: str) -> list[scores.Group]:
        """Scores grouped by body, State, threat or period."""
        return scores.grouped(self.scored, BY[by][1])

    @property
    def level(self) -> int:
        """The marking of the highest judgement shown."""
        return max((one.row.level for one in [*self.known, *self.waiting, *self.due, *self.aside]), default=0)


def list_judgement_track(actor: Actor) -> Record:
    """The track record of the reader. Three queries."""
    rows = list(
        released_judgements.judgements(actor).exclude(likelihood=yardsticks.NOT_GIVEN).order_by("-timeframe_to", "pk")
    )
    keys, today = [row.pk for row in rows], released_judgements.today()
    said = {
        one.judgement_id: one
        for one in Outcome.objects.filter(judgement__in=keys, state__in=Outcome.COUNTS).select_related("user", "second")
    }
    stood: dict[Any, list[str]] = defaultdict(list)
    held = Position.objects.filter(judgement__in=keys, void_at=None, kind__in=STANDS_BY)
    for key, party in held.order_by("party_id").values_list("judgement_id", "party_id"):
        stood[key].append(party)
    found = Record([], [], [], [], [])
    for row in rows:
        line = _line(actor, row, row.assessment, said.get(row.pk), taking_part=row.taking_part)
        _sort(found, line, over=row.timeframe_to is not None and row.timeframe_to < today)
        if line.outcome is not None and line.outcome.state == Outcome.State.CONFIRMED:
            found.scored.extend(_scored(row, line.outcome, stood[row.pk]))
    return found


def of_assessment(actor: Actor, row: Assessment, judged: Iterable[Judgement]) -> list[Line]:
    """Lines of its judgements whose date has come, for somebody who takes part; none before its release. One query."""
    if row.state not in released_judgements.RELEASED:
        return []
    rows, today = Outcome.objects.filter(assessment=row, state__in=Outcome.COUNTS), released_judgements.today()
    said = {one.judgement_id: one for one in rows.select_related("user", "second")}
    lines = []
    for one in judged:
        over = one.timeframe_to is not None and one.timeframe_to < today and one.likelihood != yardsticks.NOT_GIVEN
        if over or one.pk in said:
            one.assessment = row
            lines.append(_line(actor, one, row, said.get(one.pk), taking_part=True))
    return lines


def _line(actor: Actor, row: Any, of: Assessment, outcome: Outcome | None, *, taking_part: bool) -> Line:
    return Line(row, outcome, taking_part, _may(actor, row, of, outcome) if taking_part else ())


def _sort(found: Record, line: Line, *, over: bool) -> None:
    if line.outcome is None:
        if over:
            found.due.append(line)
    elif line.outcome.state == Outcome.State.PROPOSED:
        found.waiting.append(line)
    elif line.outcome.kind == Outcome.Kind.UNTESTABLE:
        found.aside.append(line)
    else:
        found.known.append(line)


def _scored(row: Judgement, outcome: Outcome, stood: Sequence[str]) -> Iterable[scores.Scored]:
    band = yardsticks.band_of(row.assessment.yardstick, row.likelihood)
    if band is not None and outcome.kind in scores.VALUES and row.timeframe_to is not None:
        yield scores.Scored(
            row=row,
            band=band,
            value=scores.VALUES[outcome.kind],
            body=row.assessment.originator_id,
            states=tuple(stood),
            threat=row.threat_category,
            period=outlook.period_of(row.timeframe_to).code,
        )


def _may(actor: Actor, row: Any, of: Assessment, outcome: Outcome | None) -> tuple[tuple[str, Any], ...]:
    """(verb of a part, label) of what who takes part may do about a judgement's outcome."""
    if outcome is not None and outcome.state == Outcome.State.CONFIRMED:
        return (
            (("outcome-reopen", pgettext_lazy("button, assessments", "Reopen")),)
            if policy.may_direct(actor, of)
            else ()
        )
    if not policy.may_tell_outcome(actor, of) or actor.user_id in row.writers:
        return ()
    if outcome is None:
        return (("outcome", pgettext_lazy("button, assessments", "Record outcome")),)
    if outcome.user_id == actor.user_id:
        return ()
    return ("outcome-agree", pgettext_lazy("button, assessments", "Confirm")), (
        "outcome-disagree",
        pgettext_lazy("words, assessments", "Disagree"),
    )


def label(by: str, key: str) -> str:
    """The words of a group's key."""
    return (
        (vocabulary.label_of("threat_category", key) if key else str(pgettext_lazy("words, assessments", "none given")))
        if by == "threat"
        else key
    )
