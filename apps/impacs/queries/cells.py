"""A cell of the matrix: shape, letter and words of a status, alone or rolled up. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.impacs.queries.standing import Standing
from apps.impacs.status import rag
from apps.impacs.status.rag import AMBER, BLUE, GREEN, GREY, RED

SHAPES: dict[str, tuple[str, str, Any]] = {
    BLUE: ("dot", "done", gettext_lazy("done")),
    GREEN: ("half", "part", gettext_lazy("on track")),
    AMBER: ("dia", "warn", gettext_lazy("needs attention")),
    RED: ("tri", "late", gettext_lazy("overdue or far behind")),
    "RESERVED": ("sq", "res", gettext_lazy("reservation")),
    GREY: ("minus", "na", gettext_lazy("no obligation now")),
}
"""Drawing, its class, and words: six shapes that are told apart without their colour."""

WORST_FIRST = (RED, AMBER, GREEN, BLUE, GREY)
GOOD = {RED: 0, AMBER: 1, GREEN: 2, BLUE: 3}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one State has come to in one line. `moved` is "up", "down" or "other" when `was` differed that day."""

    party: str
    name: str
    colour: str
    reasons: tuple[str, ...]
    words: str
    shape: tuple[str, str]
    counts: bool = False
    action: UUID | None = None
    moved: str = ""
    was: str = ""

    @property
    def letter(self) -> str:
        """The letter printed beside the shape."""
        return rag.LETTERS[self.colour]

    @property
    def said(self) -> str:
        """The whole cell in words: "Grenada: overdue, due 12 days ago, no evidence"."""
        before = _(", it was: %(was)s") % {"was": SHAPES[self.was][2]} if self.was else ""
        return f"{self.name}: {self.words}{before}"


def empty(party: Any) -> Cell:
    """A State to which the line is not addressed."""
    return Cell(party.code, party.short_name, GREY, (), _("not addressed"), SHAPES[GREY][:2])


def cell(party: Any, found: Sequence[tuple[UUID, Standing]], then: Sequence[Standing] = ()) -> Cell:
    """The cell of one State from its actions in the line; with several, the worst of them and its reasons.

    `then` are the same actions on the day compared with.
    """
    if not found:
        return empty(party)
    pk, worst = worst_of(found)
    colour = worst.status.colour
    was = _worst(then) if then else ""
    return Cell(
        party=party.code,
        name=party.short_name,
        colour=colour,
        reasons=worst.status.reasons,
        words=in_words(worst),
        shape=shape_of(worst),
        counts=worst.counts,
        action=pk,
        moved=_moved(was, colour),
        was=was if was != colour else "",
    )


def worst_of(found: Sequence[tuple[UUID, Standing]]) -> tuple[UUID, Standing]:
    """The action that decides a cell: the worst of those that count, or of all if none does."""
    if len(found) == 1:
        return found[0]
    counting = [(pk, at) for pk, at in found if at.counts] or list(found)
    return min(counting, key=lambda each: WORST_FIRST.index(each[1].status.colour))


def shape_of(one: Standing) -> tuple[str, str]:
    """A reservation shows, unless the State is done or overdue all the same."""
    colour = one.status.colour
    return SHAPES["RESERVED" if one.reserved and colour in {GREEN, AMBER} else colour][:2]


def in_words(one: Standing) -> str:
    """ "overdue, due 12 days ago, no evidence" """
    whole = zip(one.status.reasons, one.sentences, strict=True)
    said = [sentence[:1].lower() + sentence[1:].rstrip(".") for code, sentence in whole if code != "ON_TRACK"]
    reserved = [str(SHAPES["RESERVED"][2])] if one.reserved else []
    return ", ".join([word_of(one), *reserved, *said])


def word_of(one: Standing) -> str:
    """The colour in a word or two."""
    if one.status.colour == RED:
        return _("overdue") if "OVERDUE" in one.status.reasons else _("far behind")
    return str(SHAPES[one.status.colour][2])


def _worst(found: Sequence[Standing]) -> str:
    counting = [at for at in found if at.counts] or list(found)
    return min((at.status.colour for at in counting), key=WORST_FIRST.index)


def _moved(was: str, now: str) -> str:
    if not was or was == now:
        return ""
    if was not in GOOD or now not in GOOD:
        return "other"
    return "up" if GOOD[now] > GOOD[was] else "down"
