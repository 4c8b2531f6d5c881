"""Rules of accounts that hold on a day, and what they say of a person."""

import datetime
import hashlib
import json
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.access.actor import DECIDES, Actor
from apps.people.models import AccountProposal, AccountRule, Desk, Seat, SeatConflict, SeatWaiver, TwoPersonRule, User
from apps.people.queries.register import actor_at, has_second_factor, seats_in_force

PLATFORM = "IMPACS.platform"


def rule(code: str, day: datetime.date | None = None) -> int:
    """The value of a rule of accounts that holds on `day` (today); LookupError when there is none."""
    rows = AccountRule.objects.on(day or timezone.now().date()).filter(code=code)
    value: int | None = rows.order_by("-valid_from").values_list("value", flat=True).first()
    if value is None:
        raise LookupError(f"no rule {code}: run load_reference")
    return value


def two_person_rules(day: datetime.date | None = None) -> dict[str, set[str]]:
    """{kind: values} of what takes two people on `day` (today). One query."""
    rows = TwoPersonRule.objects.on(day or timezone.now().date()).values_list("kind", "value")
    found: dict[str, set[str]] = {}
    for kind, value in rows:
        found.setdefault(kind, set()).add(value)
    return found


def takes_two(verb: str, target: Any, fields: dict[str, Any], by: int = 0) -> bool:
    """Whether this act on accounts needs a second person; what cannot be is left to the verb's own refusal.

    `by` is the person who gives: nobody gives alone a seat from which more is read than they may read themselves.
    """
    rules = two_person_rules()
    if verb in {"seat.appoint", "seat.delegate", "seat.second"}:
        desk = Desk.objects.filter(code=fields["desk"]).select_related("function").first()
        roles = desk.function.roles if desk else []
        if desk is None or fields["role"] not in roles:
            return False
        if by and reads_above(by, fields.get("user", ""), desk):
            return True
        return seat_takes_two(rules, desk.function_id, roles.index(fields["role"]) + 1)
    if verb == "account.clear":
        return clearance_takes_two(rules, int(fields["clearance"]))
    if verb not in rules.get("verb", ()):
        return False
    if verb == "account.reactivate":
        return bool(target.for_cause)
    return verb != "account.renew" or has_second_factor(target)


def seat_takes_two(rules: dict[str, set[str]], function: str, rank: int) -> bool:
    """Whether a seat of this rank at a desk of this function needs a second person, by two_person_rules."""
    return function in rules.get("function", ()) or _reaches(rank, rules.get("rank"))


def reads_above(giver: int, username: str, desk: Desk) -> bool:
    """Whether this person would read a higher level at the desk than who gives the seat is cleared for. One query."""
    rows = User.objects.filter(Q(pk=giver) | Q(username=username)).values_list("pk", "username", "clearance")
    known = {key: level for pk, name, level in rows for key in (pk, name)}
    return min(known.get(username, 0), desk.function.max_level) > known.get(giver, 0)


def clearance_takes_two(rules: dict[str, set[str]], clearance: int) -> bool:
    """Whether this clearance needs a second person, by two_person_rules."""
    return _reaches(clearance, rules.get("clearance"))


def _reaches(value: int, least: set[str] | None) -> bool:
    return bool(least) and value >= min(map(int, least or ()))


def standing_of(user: User, verb: str, party: str = "") -> str:
    """A digest of what an act on a person starts from, so that an approval of something else does not count.

    Whether they have accepted their invitation meanwhile makes no difference; another mail address does. With `party`
    only
    their name and their seats there count: what another party does with its people voids nothing, and nobody learns of
    it.
    """
    state = "open" if user.state in {User.State.INVITED, User.State.ACTIVE} else user.state
    said: list[Any] = [state, user.full_name, *([] if party else [user.email])]
    if verb.startswith("seat."):
        held = Seat.objects.in_force().filter(user=user)
        seats = (held.filter(desk__party=party) if party else held).order_by("pk")
        said.append([list(seat) for seat in seats.values_list("pk", "desk_id", "rank")])
    else:
        said.append(user.clearance)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def asker_of(proposal: AccountProposal, **more: Any) -> Actor | None:
    """The actor of who asked for something, if their seat is still in force."""
    seat = seats_in_force().filter(pk=proposal.proposer_seat_id).first()
    return actor_at(seat, **more) if seat else None


def second_desk(actor: Actor) -> str:
    """The desk that approves what this actor asks for: their party's administration, or the platform's."""
    administration = f"{actor.party_code}.administration"
    seats = Seat.objects.current().filter(desk__code=administration, rank=DECIDES).exclude(kind=Seat.Kind.SERVICE)
    others = seats.exclude(user_id=actor.user_id).values("user_id").distinct().count()
    return administration if others else PLATFORM


def approval_for(actor: Actor, verb: str, subject: User) -> Any:
    """The approved proposal, not used yet, by which this actor may do `verb`; None without one.

    The account's own lock keeps two from using it.
    """
    rows = AccountProposal.objects.filter(
        verb=verb, subject=subject, proposer_id=actor.user_id, state="approved", expires_at__gt=timezone.now()
    )
    return rows.first()


def conflicts_of(user: User, desk: Desk, *, within: str = "") -> list[SeatConflict]:
    """Rules by which the person's seats, in whichever party, and a seat at this desk do not go together, not waived.

    `within` looks at the seats in one party alone, for who may not know of the others.
    """
    held = Seat.objects.in_force().filter(user=user)
    held = held.filter(desk__party=within) if within else held
    functions = set(held.values_list("desk__function_id", flat=True)) - {desk.function_id}
    rows = SeatConflict.objects.on(timezone.now().date())
    found = [
        row
        for row in rows
        if desk.function_id in {row.one, row.other} and functions & ({row.one, row.other} - {desk.function_id})
    ]
    return [row for row in found if not _waived(user, row)] if found else []


def conflicts_today() -> list[tuple[str, str]]:
    """Pairs of functions that one person does not hold together in one party."""
    rows = SeatConflict.objects.on(timezone.now().date()).order_by("one", "other")
    return list(rows.values_list("one", "other"))


def _waived(user: User, conflict: SeatConflict) -> bool:
    waivers = SeatWaiver.objects.filter(user=user, state="current", valid_to__gt=timezone.now())
    return waivers.filter(one=conflict.one, other=conflict.other).exists()


def invited_actor(user: User, **more: Any) -> Actor:
    """A person who opens their account by an invitation: they have no seat yet and sees nothing but it."""
    return Actor(
        user_id=user.pk,
        person=user.username,
        seat_id=0,
        seat_kind="invited",
        desk_id=0,
        desk_code="",
        party_code=user.home_party_id or "",
        party_name="",
        time_zone="UTC",
        function="",
        role="",
        rank=0,
        clearance=0,
        groups=(),
        **more,
    )
