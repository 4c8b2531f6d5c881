"""How a stage is drawn: shape, letter and words, told apart without colour."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    S.LIVE: Shape("m2", "dot", "done", "L", pgettext_lazy("words, region", "in use")),
    S.INTERESTED: Shape(*ASKED, "A", _("has asked to join")),
    S.ASSESSMENT: Shape(*ASKED, "E", _("is being assessed")),
    S.SIGNED: Shape(*ASKED, "G", _("has signed the agreement")),
    S.LEGAL: Shape(*ASKED, "B", _("has its legal basis")),
    S.TESTING: Shape(*ASKED, "T", pgettext_lazy("words, region", "is testing")),
    S.SUSPENDED: Shape("m3", "tri", "warn", "S", pgettext_lazy("words, region", "suspended")),
    S.WITHDRAWN: Shape("m3", "x", "na", "W", pgettext_lazy("words, region", "withdrawn")),
    S.NONE: Shape("m0", "circle", "none", "N", _("not taking part")),
}
OFFERED = Shape("m0", "circle", "none", "O", _("offered, has not asked to join"))
UNKNOWN = Shape("m4", "help", "na", "?", pgettext_lazy("words, region", "not known"))
LEGEND = [SHAPES[S.LIVE], SHAPES[S.INTERESTED], SHAPES[S.SUSPENDED], SHAPES[S.NONE], UNKNOWN]
"""What the map's legend shows."""
KEY = [
    ("dot", "done", pgettext_lazy("words, region", "in use")),
    ("half", "part", pgettext_lazy("words, region", "joining")),
    ("tri", "warn", pgettext_lazy("words, region", "suspended")),
    ("x", "na", pgettext_lazy("words, region", "withdrawn")),
    ("circle", "none", _("not taking part")),
]
"""What the drawings of the table mean."""
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
