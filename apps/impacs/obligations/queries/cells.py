"""A cell of the matrix: look and words of a status, alone or rolled up. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from apps.impacs.obligations.queries.status import Standing
from apps.impacs.obligations.rules.rag import AMBER, BLUE, GREEN, GREY, RED
from apps.impacs.queries.status_looks import LOOKS, RESERVED, WORST_FIRST, Look

GOOD = {RED: 0, AMBER: 1, GREEN: 2, BLUE: 3}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one State has come to in one line. `moved` is "up", "down" or "other" when `was` differed that day."""

    party: str
    name: str
    colour: str
    reasons: tuple[str, ...]
    words: str
    look: Look
    word: str = ""
    counts: bool = False
    action: UUID | None = None
    moved: str = ""
    was: str = ""

    @property
    def said(self) -> str:
        """The whole cell in words: "Grenada: overdue, due 12 days ago, no evidence"."""
        before = pgettext("words, impacs", ", previously: %(was)s") % {"was": LOOKS[self.was].word} if self.was else ""
        return f"{self.name}: {self.words}{before}"


def empty(party: Any) -> Cell:
    """A State to which the line is not addressed."""
    return Cell(party.code, party.short_name, GREY, (), pgettext("words, impacs", "not addressed"), LOOKS[GREY])


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
        words=describe_standing(worst),
        word=name_status(worst),
        look=look_of(worst),
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


def look_of(one: Standing) -> Look:
    """A reservation shows, unless the State is done or overdue all the same."""
    colour = one.status.colour
    return LOOKS[RESERVED if one.reserved and colour in {GREEN, AMBER} else colour]


def name_status(one: Standing) -> str:
    """The status in a few words, with the reservation where there is one."""
    return ", ".join([word_of(one), *([str(LOOKS[RESERVED].word)] if one.reserved else [])])


def describe_standing(one: Standing) -> str:
    """ "overdue, due 12 days ago, no evidence" """
    whole = zip(one.status.reasons, one.sentences, strict=True)
    said = [sentence[:1].lower() + sentence[1:].rstrip(".") for code, sentence in whole if code != "ON_TRACK"]
    return ", ".join([name_status(one), *said])


def word_of(one: Standing) -> str:
    """The colour in a word or two."""
    if one.status.colour == RED:
        return (
            pgettext("words, impacs", "overdue")
            if "OVERDUE" in one.status.reasons
            else pgettext("words, impacs", "far behind")
        )
    return str(LOOKS[one.status.colour].word)


def _worst(found: Sequence[Standing]) -> str:
    counting = [at for at in found if at.counts] or list(found)
    return min((at.status.colour for at in counting), key=WORST_FIRST.index)


def _moved(was: str, now: str) -> str:
    if not was or was == now:
        return ""
    if was not in GOOD or now not in GOOD:
        return "other"
    return "up" if GOOD[now] > GOOD[was] else "down"
