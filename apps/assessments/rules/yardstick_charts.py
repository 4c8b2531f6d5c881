"""A yardstick as numbers that a template draws: 420 units wide are 0 to 100 per cent, gaps as gaps."""

from dataclasses import dataclass

from apps.assessments.rules import yardsticks

WIDTH, PER_CENT = 420, 4.2
EDGE_LEFT, EDGE_RIGHT = 130, 290
"""Where a label would leave the drawing, it begins or ends at the band instead."""


@dataclass(frozen=True, slots=True)
class Box:
    """A band: where it begins, how wide it is, whether it is the chosen one."""

    x: float
    width: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The bands with the words of the chosen one and where they stand; no words for a statement of the present."""

    boxes: tuple[Box, ...]
    words: str
    x: float
    anchor: str


def scale(yardstick: str, term: str) -> Scale:
    """The yardstick with the band of a term."""
    chosen = yardsticks.band_of(yardstick, term)
    boxes = []
    for band in yardsticks.scale(yardstick):
        same = chosen is not None and (band.low, band.high) == (chosen.low, chosen.high)
        boxes.append(Box(band.low * PER_CENT + 0.5, round((band.high - band.low) * PER_CENT - 1, 1), same))
    if chosen is None:
        return Scale(tuple(boxes), "", 0, "start")
    middle = (chosen.low + chosen.high) / 2 * PER_CENT
    words = f"{chosen.term[:1].upper()}{chosen.term[1:]}, {chosen.low} to {chosen.high}%"
    if middle < EDGE_LEFT:
        return Scale(tuple(boxes), words, chosen.low * PER_CENT, "start")
    if middle > EDGE_RIGHT:
        return Scale(tuple(boxes), words, chosen.high * PER_CENT, "end")
    return Scale(tuple(boxes), words, middle, "middle")
