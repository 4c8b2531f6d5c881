"""What follows from adding a watchlist entry and from withdrawing one: said before it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.binding_acts import Consequence
from apps.people.queries import desk_ids
from apps.screening import policy
from apps.screening.queries import visibility

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an entry touches: States at whose borders somebody can be stopped by it, desks that are told of a hit at
    once, and border desks that can be told when the JRCC refers one."""

    states: list[Any]
    told: int
    referred: int

    @property
    def named(self) -> str:
        """The States by their names, as long as they fit in a line."""
        return ", ".join(one.short_name for one in self.states) if len(self.states) <= MOST_NAMED else ""


def reach_of(
    actor: Actor | None,
    *,
    screen_for: Collection[str] | None,
    functions: Collection[str] | None,
    hit_visible_to: str,
    instruction: str,
) -> Reach:
    """What an entry of this visibility would touch, by the rules that screening and referral go by. Three queries."""
    idle = not visibility.compared(functions)
    states = [] if idle else [one for one in visibility.states() if screen_for is None or one.code in screen_for]
    if not states or actor is None:
        return Reach(states, 0, 0)
    owner = actor.party_code
    told = desk_ids("JRCC.watch", actor.desk_code, f"{owner}.intelligence")
    owner_only = policy.only_owner_may_know(instruction, hit_visible_to)
    acting = {owner} if owner_only else {one.code for one in states} | {owner}
    return Reach(states, len(told), len(desk_ids(*(f"{party}.border" for party in acting))))


def of_entry(_actor: Actor, _row: Any) -> Consequence:
    """An entry works at once, also on travellers whose list came before it."""
    return Consequence(
        _("Every traveller who is still to arrive is compared with the entry at once."),
        _("Matches are shown to the JRCC, and to the States that may use the entry. It can be changed or withdrawn."),
    )


def of_withdrawal(_actor: Actor, _row: Any) -> Consequence:
    """An entry that is withdrawn is compared with nobody; hits that are open stay open."""
    return Consequence(
        _("From now on no one is screened against this entry."),
        _("Hits that are open stay open. A withdrawn entry cannot be put in force again; add a new one."),
    )
