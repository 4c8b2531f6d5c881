"""The legislation board: States by topics, each cell a law on a day; and the model law of a topic."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.people.models import Party
from apps.people.queries import states_on
from apps.region.models import ModelLaw, Provision, Topic, Track
from apps.region.queries import laws
from apps.region.queries.counting import Moment
from apps.region.queries.laws import At

S = Track.Stage
SHAPES: dict[str, tuple[str, str, str]] = {
    S.IN_FORCE: ("dot", "done", "F"),
    S.EXPIRED: ("tri", "late", "X"),
    S.REPEALED: ("x", "na", "R"),
    S.REJECTED: ("x", "late", "J"),
    S.NOT_STARTED: ("circle", "none", "N"),
    S.POLICY: ("half", "part", "P"),
    S.DRAFTING: ("half", "part", "D"),
    S.ATTORNEY: ("half", "part", "G"),
    S.CABINET: ("half", "part", "C"),
    S.TABLED: ("half", "part", "B"),
    S.SECOND: ("half", "part", "2"),
    S.COMMITTEE: ("half", "part", "K"),
    S.PASSED: ("dia", "part", "V"),
    S.ASSENTED: ("dia", "part", "A"),
    S.GAZETTED: ("dia", "part", "Z"),
}
"""Drawing, its class and letter of each stage. Nothing recorded is drawn as "not started" with a question mark."""
UNKNOWN = ("help", "na", "?")
LETTERS = [(*SHAPES[stage], label) for stage, (_value, label) in zip(S, S.choices, strict=True)] + [
    (*UNKNOWN, _("nothing recorded"))
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A State's law on a topic."""

    track: Track
    at: At

    @property
    def shape(self) -> tuple[str, str, str]:
        """How it is drawn."""
        return SHAPES[self.at.stage] if self.at.steps else UNKNOWN

    @property
    def words(self) -> str:
        """ "in force", or that nothing is recorded."""
        return self.at.word.lower() if self.at.steps else str(UNKNOWN_WORDS)


UNKNOWN_WORDS = _("nothing recorded")


@dataclass(frozen=True, slots=True)
class Row:
    """A State with its laws in the order of the topics."""

    party: Any
    cells: list[Cell]
    in_force: int


@dataclass(frozen=True, slots=True)
class Board:
    """Topics, and the rows of the States that the asker reads; `sums`: laws in force of Member States by topic."""

    topics: list[Topic]
    rows: list[Row]
    sums: list[tuple[int, int]]


def board(actor: Actor, day: datetime.date, known_at: Moment | None = None) -> Board:
    """The board on a day: Member States in roll-call order, then Associate Members. Six queries."""
    topics = list(Topic.objects.visible_to(actor).order_by("position"))
    tracks = list(Track.objects.visible_to(actor).select_related("topic"))
    at = laws.standings(actor, tracks, day, known_at)
    by_state: dict[str, dict[str, Cell]] = {}
    for track in tracks:
        by_state.setdefault(track.party_id, {})[track.topic_id] = Cell(track, at[track.pk])
    rows = []
    for party in states_on(day):
        cells = [by_state[party.code][topic.code] for topic in topics if topic.code in by_state.get(party.code, {})]
        if cells:
            rows.append(Row(party, cells, sum(cell.at.in_force for cell in cells)))
    members = [row for row in rows if row.party.kind == Party.Kind.MEMBER_STATE]
    sums = [(sum(row.cells[place].at.in_force for row in members), len(members)) for place in range(len(topics))]
    return Board(topics, rows, sums)


@dataclass(frozen=True, slots=True)
class Model:
    """The newest model law on a topic, with its provisions in order."""

    law: ModelLaw
    provisions: Sequence[Provision]


def model_law(actor: Actor, topic: Topic) -> Model | None:
    """The newest model law on the topic; None where the region has none. Two queries."""
    law = ModelLaw.objects.visible_to(actor).filter(topic=topic).order_by("-issued_on", "-pk").first()
    if law is None:
        return None
    return Model(law, list(Provision.objects.visible_to(actor).filter(law=law).order_by("position")))
