"""What a seat would add for a person: how many records of each kind, up to which level, that no seat of theirs shows.

Asked before access is given, by whoever gives or approves it. Numbers and kinds alone, no record is named; beyond MOST
it is only said that there are more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Value

from apps.access.actor import Actor
from apps.access.database_context import portal_context
from apps.access.manifest import registry
from apps.access.models import Record
from apps.people.models import AccountProposal, DeskToken, Seat
from apps.people.queries.register import actor_at, unsaved_seat

MOST = 500


@dataclass(frozen=True, slots=True)
class Added:
    """Records of one kind, at most MOST counted, and the highest level among them."""

    kind: str
    number: int
    level: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.number > MOST


@dataclass(frozen=True, slots=True)
class Additions:
    """What one seat would add: kinds of records, the most of them first, and the circles that its desk is in."""

    kinds: list[Added]
    circles: list[str]


def seat_additions(seat: Any, before: Sequence[Any], *, clearance: int | None = None) -> Additions:
    """What a seat, saved or only asked for, shows that the seats `before` do not. One question for all kinds.

    `clearance` lowers what is read, as the level of a key does.
    """
    after = actor_at(seat)
    if clearance is not None:
        after = replace(after, clearance=min(after.clearance, clearance), via="api")
    return _additions([(after, [actor_at(one) for one in before])])[0]


def key_additions(key: DeskToken, clearance: int) -> Additions:
    """What a program with this key would be shown, if it reads as much as this clearance lets it."""
    seat = Seat.objects.select_related("user", "desk__function", "desk__party").get(pk=key.seat_id)
    return seat_additions(seat, [], clearance=clearance)


def proposal_additions(proposal: AccountProposal) -> Additions | None:
    """Of a seat that waits for somebody: what it would show that no seat of the person does. Else None."""
    desk = proposal.desk
    if proposal.state not in AccountProposal.WAITING or not proposal.verb.startswith("seat.") or desk is None:
        return None
    wanted = unsaved_seat(proposal.subject, desk, proposal.payload["role"])
    held = Seat.objects.in_force().filter(user=proposal.subject)
    return seat_additions(wanted, list(held.select_related("desk__function", "desk__party", "user")))


def clearance_additions(pairs: Sequence[tuple[Any, Any]]) -> list[Additions]:
    """For each (seat as it is, the same with another clearance) what the latter adds. One question for all of them."""
    return _additions([(actor_at(then), [actor_at(now)]) for now, then in pairs])


def _additions(asked: Sequence[tuple[Actor, Sequence[Actor]]]) -> list[Additions]:
    kinds = [model for model in apps.get_models() if issubclass(model, Record)]
    parts = [
        _levels(model, after, before, number, kind)
        for number, (after, before) in enumerate(asked)
        for kind, model in enumerate(kinds)
    ]
    found: dict[tuple[int, int], list[int]] = {}
    if parts:
        with portal_context("what a seat would add"):
            for number, kind, level in parts[0].union(*parts[1:], all=True):
                found.setdefault((number, kind), []).append(level)
    return [_told(after, kinds, number, found) for number, (after, _before) in enumerate(asked)]


def _levels(model: Any, after: Actor, before: Sequence[Actor], number: int, kind: int) -> Any:
    """(number, kind, level) of the rows that one seat shows and the others do not, MOST and one more at most."""
    rows = model._default_manager.visible_to(after)
    for one in before:
        rows = rows.exclude(pk__in=model._default_manager.visible_to(one).values("pk"))
    marked = rows.order_by().annotate(of_seat=Value(number), of_kind=Value(kind))
    return marked.values_list("of_seat", "of_kind", "level")[: MOST + 1]


def _told(after: Actor, kinds: Sequence[Any], number: int, found: dict[tuple[int, int], list[int]]) -> Additions:
    added = [
        Added(str(model._meta.verbose_name), len(levels), max(levels))
        for kind, model in enumerate(kinds)
        if (levels := found.get((number, kind)))
    ]
    circles = [name for of in registry.offered("people.circles").values() for name in of(after)]
    return Additions(sorted(added, key=lambda one: (-one.number, one.kind)), sorted(circles))
