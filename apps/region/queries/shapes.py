"""How a stage is drawn: shape, letter and words, told apart without colour."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.region.models import Participation, Provenance, StagePeriod

S = Participation.Stage


@dataclass(frozen=True, slots=True)
class Shape:
    """`mark` is the class on the map, `glyph` and `kind` the drawing in tables, `letter` stands in both."""

    mark: str
    glyph: str
    kind: str
    letter: str
    words: Any

    @property
    def icon(self) -> str:
        """The picture in a list of changes."""
        return ICONS[self.mark]


ICONS = {"m0": "circle", "m1": "plus", "m2": "circle-check", "m3": "pause", "m4": "help"}
ASKED = ("m1", "half", "part")
SHAPES: dict[str, Shape] = {
    S.LIVE: Shape("m2", "dot", "done", "L", _("in use")),
    S.INTERESTED: Shape(*ASKED, "A", _("has asked to join")),
    S.ASSESSMENT: Shape(*ASKED, "E", _("is being assessed")),
    S.SIGNED: Shape(*ASKED, "G", _("has signed the agreement")),
    S.LEGAL: Shape(*ASKED, "B", _("has its legal basis")),
    S.TESTING: Shape(*ASKED, "T", _("is testing")),
    S.SUSPENDED: Shape("m3", "tri", "warn", "S", _("suspended")),
    S.WITHDRAWN: Shape("m3", "x", "na", "W", _("withdrawn")),
    S.NONE: Shape("m0", "circle", "none", "N", _("not taking part")),
}
OFFERED = Shape("m0", "circle", "none", "O", _("was offered it, has not asked"))
UNKNOWN = Shape("m4", "help", "na", "?", _("not known"))
LEGEND = [SHAPES[S.LIVE], SHAPES[S.INTERESTED], SHAPES[S.SUSPENDED], SHAPES[S.NONE], UNKNOWN]
"""What the map's legend shows; all letters stand below the table."""
LETTERS = [*SHAPES.values(), OFFERED, UNKNOWN]
UNSURE = frozenset({Provenance.INFERRED, Provenance.DEMO})
"""Provenances that are marked wherever they are shown, and in no report."""


def shape_of(fact: StagePeriod | None) -> Shape:
    """The shape of what is known of a State on a day."""
    if fact is None:
        return UNKNOWN
    return OFFERED if fact.offered and fact.stage == S.NONE else SHAPES[fact.stage]


def is_unsure(fact: StagePeriod | None) -> bool:
    """Whether the fact is inferred or fictional."""
    return fact is not None and fact.provenance in UNSURE
