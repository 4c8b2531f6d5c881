"""The legislation board: States by topics, each cell a law on a day; and the model law of a topic."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.people.models import Party
from apps.people.queries import states_on
from apps.region.models import ModelLaw, Provision, Topic, Track
from apps.region.queries import laws
from apps.region.queries.counts import Moment
from apps.region.queries.laws import At

S = Track.Stage
SHAPES: dict[str, tuple[str, str]] = {
    S.IN_FORCE: ("dot", "done"),
    S.EXPIRED: ("tri", "late"),
    S.REPEALED: ("x", "late"),
    S.REJECTED: ("x", "late"),
    S.NOT_STARTED: ("circle", "none"),
    **dict.fromkeys((S.POLICY, S.DRAFTING, S.ATTORNEY, S.CABINET), ("half", "part")),
    **dict.fromkeys((S.TABLED, S.SECOND, S.COMMITTEE), ("half", "part")),
    **dict.fromkeys((S.PASSED, S.ASSENTED, S.GAZETTED), ("dia", "part")),
}
"""Drawing of each stage, and its class; the words of the stage are said with it."""
UNKNOWN = ("help", "na")
KEY = [
    ("dot", "done", pgettext_lazy("words, region", "in force")),
    ("dia", "part", gettext_lazy("passed, not yet in force")),
    ("half", "part", gettext_lazy("in preparation or before Parliament")),
    ("circle", "none", pgettext_lazy("words, region", "not started")),
    ("tri", "late", pgettext_lazy("words, region", "expired")),
    ("x", "late", gettext_lazy("repealed or rejected")),
]
"""The drawings and what they mean, in the order of a law's way."""
ENDED = frozenset({S.EXPIRED, S.REPEALED, S.REJECTED})


@dataclass(frozen=True, slots=True)
class Cell:
    """A State's law on a topic."""

    track: Track
    at: At

    @property
    def known(self) -> bool:
        """Whether anything is recorded of it on the day."""
        return bool(self.at.steps)

    @property
    def shape(self) -> tuple[str, str]:
        """How it is drawn."""
        return SHAPES[self.at.stage] if self.known else UNKNOWN

    @property
    def words(self) -> str:
        """ "in force", or that nothing is recorded."""
        return self.at.word.lower() if self.known else str(UNKNOWN_WORDS)


UNKNOWN_WORDS = pgettext_lazy("words, region", "nothing recorded")


@dataclass(frozen=True, slots=True)
class Row:
    """A State with its laws in the order of the topics."""

    party: Any
    cells: list[Cell]

    @property
    def in_force(self) -> int:
        """How many of its laws are in force."""
        return sum(cell.at.in_force for cell in self.cells)

    @property
    def known(self) -> int:
        """On how many topics anything is recorded of it."""
        return sum(cell.known for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many Member States are how far on a topic. What is known of nobody is counted nowhere but in `members`."""

    topic: Topic
    members: int
    in_force: int = 0
    under_way: int = 0
    not_started: int = 0
    ended: int = 0

    @property
    def known(self) -> int:
        """Of how many Member States anything is recorded."""
        return self.in_force + self.under_way + self.not_started + self.ended

    @property
    def unknown(self) -> int:
        """Of how many nothing is."""
        return self.members - self.known


@dataclass(frozen=True, slots=True)
class Board:
    """Topics, the rows of the States that the asker reads, and how far Member States are on each topic."""

    topics: list[Topic]
    rows: list[Row]
    tallies: list[Tally]


def read_participation_board(actor: Actor, day: datetime.date, known_at: Moment | None = None) -> Board:
    """The board on a day: Member States in roll-call order, then Associate Members. Six queries."""
    topics = list(Topic.objects.visible_to(actor).order_by("position"))
    tracks = list(Track.objects.visible_to(actor).select_related("topic"))
    at = laws.read_law_standings(actor, tracks, day, known_at)
    by_state: dict[str, dict[str, Cell]] = {}
    for track in tracks:
        by_state.setdefault(track.party_id, {})[track.topic_id] = Cell(track, at[track.pk])
    rows = []
    for party in states_on(day):
        cells = [by_state[party.code][topic.code] for topic in topics if topic.code in by_state.get(party.code, {})]
        if cells:
            rows.append(Row(party, cells))
    members = [row for row in rows if row.party.kind == Party.Kind.MEMBER_STATE]
    return Board(topics, rows, [_tally(topic, [row.cells[at] for row in members]) for at, topic in enumerate(topics)])


def _tally(topic: Topic, cells: Sequence[Cell]) -> Tally:
    found = Counter(_group(cell.at.stage) for cell in cells if cell.known)
    return Tally(topic, len(cells), **found)


def _group(stage: str) -> str:
    if stage == S.IN_FORCE:
        return "in_force"
    if stage in ENDED:
        return "ended"
    return "not_started" if stage == S.NOT_STARTED else "under_way"


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
