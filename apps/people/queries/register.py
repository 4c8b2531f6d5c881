"""The actor behind a request, desks by name, and the States of a day."""

import dataclasses
import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import CharField, Exists, IntegerField, OuterRef, TextField, Value
from django.db.models.functions import Cast, Least
from django.utils import timezone

from apps.access.actor import DECIDES, Actor, Key
from apps.access.database_context import beyond, entrance_context
from apps.access.manifest import registry
from apps.access.short_cache import kept
from apps.people.models import Desk, DeskToken, Party, Seat, User

STATE_KINDS = frozenset({"member_state", "associate_member"})


def seats_in_force() -> models.QuerySet[Any]:
    """Seats in force now with what an actor is made of."""
    return Seat.objects.current().select_related("user", "desk__party", "desk__function")


def actor_at(seat: Any, **more: Any) -> Actor:
    """The actor at a seat that was loaded by seats_of and is in force."""
    desk = seat.desk
    return Actor(
        user_id=seat.user_id,
        person=seat.user.username,
        seat_id=seat.pk,
        seat_kind=seat.kind,
        desk_id=desk.pk,
        desk_code=desk.code,
        party_code=desk.party_id,
        party_name=desk.party.short_name,
        time_zone=desk.party.time_zone,
        function=desk.function_id,
        role=seat.role,
        rank=seat.rank,
        clearance=min(seat.user.clearance, desk.function.max_level),
        groups=(desk.pk,),
        seconded_from=seat.seconded_from,
        **more,
    )


def actor_for(user: User, seat_id: Any, **more: Any) -> Actor | None:
    """The actor for one of the user's own seats that is in force now, else None. One query."""
    seat = seats_in_force().filter(pk=seat_id, user=user).first() if seat_id else None
    return actor_at(seat, **more) if seat else None


def seats_of(user: User) -> list[Any]:
    """The user's seats in force now, in the order of their desks."""
    if user.state != User.State.ACTIVE or not user.is_active:
        return []
    # the account is at hand: without its table the planner needs half the time, and every page asks this
    rows = Seat.objects.in_force().confirmed().filter(user=user).select_related("desk__party", "desk__function")
    seats = list(rows.order_by("desk__code"))
    for seat in seats:
        seat.user = user
    return seats


def service_actor(desk_code: str, **more: Any) -> Actor:
    """The portal's own actor at an automation desk, e.g. JRCC.automation; raises LookupError if there is none."""
    rows = seats_in_force().filter(desk__code=desk_code, kind="service").order_by("pk")
    seat = kept(f"service seat {desk_code}", rows.first)
    if seat is None:
        raise LookupError(f"no service seat at {desk_code}: run load_reference")
    return actor_at(seat, via="task", **more)


def actor_for_token(sha256: str, **more: Any) -> tuple[Actor, DeskToken] | None:
    """(actor, key) for a live key with this hash, else None. One query."""
    token = _keys_at_work().filter(sha256=sha256).first()
    if token is None:
        return None
    actor = _of_key(token, via="api", **more)
    if not all(guard(actor, token) for guard in registry.offered("people.key_guards").values()):
        return None
    return _narrowed(actor, token), token


def actor_by_newest_key(desk_code: str, **more: Any) -> tuple[Actor, DeskToken] | None:
    """(actor, key) of a desk's newest live key that writes, for what the portal takes in for its programs.

    The networks of a key are not asked: what is taken in has no address.
    """
    keys = _keys_at_work().filter(scope=DeskToken.Scope.WRITE, seat__desk__code=desk_code)
    token = keys.order_by("-pk").first()
    return (_narrowed(_of_key(token, via="task", **more), token), token) if token else None


def _keys_at_work() -> models.QuerySet[Any]:
    """Keys by which a program may come now, with what an actor is made of."""
    seat = ("seat__user", "seat__desk__party", "seat__desk__function")
    return DeskToken.objects.at_work(timezone.now()).select_related(*seat, "maker_seat__user", "approver_seat__user")


def _of_key(token: DeskToken, **more: Any) -> Actor:
    actor = actor_at(token.seat, **more)
    return dataclasses.replace(
        actor,
        may_write=token.scope == DeskToken.Scope.WRITE,
        clearance=min(actor.clearance, token.clearance),
        key=Key(token.pk, token.prefix, made_by(token), approved_by(token)),
    )


def _narrowed(actor: Actor, token: DeskToken) -> Actor:
    for narrow in registry.offered("people.key_narrows").values():
        actor = narrow(actor, token)
    return actor


def made_by(token: DeskToken) -> str:
    """Who asked for a key, by user name, with the operator who ran the command; "" from before two people."""
    name = token.maker_seat.user.username if token.maker_seat else ""
    return f"{name} ({token.operator})" if token.operator else name


def approved_by(token: DeskToken) -> str:
    """Who approved a key, by user name; "" where nobody did."""
    return token.approver_seat.user.username if token.approver_seat else ""


def desk_ids(*codes: str) -> list[int]:
    """Group ids of the active desks with these codes, unknown ones left out; for grants inside actions."""
    return list(Desk.objects.filter(code__in=codes, active=True).values_list("pk", flat=True))


class Standing(NamedTuple):
    """What a seat in force gives its holder, and what they sign in with: their password's hash, their own party's
    rule."""

    clearance: int
    password: str
    home: str | None


def standing(
    seat_ids: Collection[int], session_keys: Collection[str], token_ids: Collection[int]
) -> tuple[dict[int, Standing], dict[str, str], dict[int, int]]:
    """({seat in force: Standing}, {live session: its data}, {live key: its clearance}) of those named. One query."""
    now = timezone.now()
    seats = (
        Seat.objects.current(now)
        .filter(pk__in=seat_ids)
        .values_list(
            Value("seat"),
            Cast("pk", CharField()),
            Least("user__clearance", "desk__function__max_level", output_field=IntegerField()),
            Cast("user__password", TextField()),
            Cast("user__home_party", TextField()),
        )
    )
    sessions = Session.objects.filter(session_key__in=session_keys, expire_date__gt=now).values_list(
        Value("session"), Cast("session_key", CharField()), Value(0), Cast("session_data", TextField()), Value("")
    )
    keys = DeskToken.objects.filter(pk__in=token_ids, state="live", expires_at__gt=now).values_list(
        Value("key"), Cast("pk", CharField()), Cast("clearance", IntegerField()), Value(""), Value("")
    )
    with entrance_context():  # a seat sees no session
        rows = list(seats.union(sessions, keys, all=True))
    return (
        {int(key): Standing(*more) for kind, key, *more in rows if kind == "seat"},
        {key: text for kind, key, _, text, _ in rows if kind == "session"},
        {int(key): level for kind, key, level, *_ in rows if kind == "key"},
    )


def has_second_factor(user: User) -> bool:
    """Whether the person has set one up; recovery codes alone are none. One query."""
    factors = beyond(Authenticator.objects.filter(user=user), "second factors")
    return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def administrators(desk: Desk | int) -> models.QuerySet[Any]:
    """Seats in force of those who may administer accounts at this administration desk."""
    return Seat.objects.current().filter(desk=desk, rank=DECIDES).exclude(kind=Seat.Kind.SERVICE)


def register_of(actor: Actor | None) -> models.QuerySet[Any]:
    """People (not programs) whose accounts the actor may see, with `second_factor`, true when one is set up."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    programs = Seat.objects.filter(user=OuterRef("pk"), kind=Seat.Kind.SERVICE)
    people = User.objects.visible_to(actor).filter(~Exists(programs)).annotate(second_factor=Exists(factors))
    return beyond(people, "second factors")


def colleagues(actor: Actor) -> dict[int, str]:
    """{seat: name} of the people who sit at the actor's desk now, themselves first, then by name. One query."""
    seats = Seat.objects.current().filter(desk=actor.desk_id).exclude(kind=Seat.Kind.SERVICE).select_related("user")
    ordered = sorted(seats, key=lambda seat: (seat.pk != actor.seat_id, seat.user.get_full_name()))
    return {seat.pk: seat.user.name_at(actor.party_code) for seat in ordered}


def colleague_ids(actor: Actor) -> models.QuerySet[Any]:
    """Ids of the people who sit at the actor's desk now, programs left out."""
    seats = Seat.objects.current().filter(desk=actor.desk_id).exclude(kind=Seat.Kind.SERVICE)
    ids: models.QuerySet[Any] = seats.values("user_id")
    return ids


def heads_at(desks: Collection[int], *, without: Collection[int] = ()) -> list[int]:
    """Seats in force of those who decide at these desks (group ids), but for some people."""
    return _keys_of(_heads(without).filter(desk__in=desks))


def heads_beside(seat: Seat, user_id: int) -> list[int]:
    """Seats in force of those who decide at the seat's desk, but for its own person and one other (`user_id`)."""
    return heads_at([seat.desk_id], without=[seat.user_id, user_id])


def standing_heads(desk: str, without: Collection[int]) -> list[int]:
    """The same of a desk by its code, without those who stand in for somebody."""
    return _keys_of(_heads(without).filter(desk__code=desk, kind=Seat.Kind.STANDING))


def _heads(without: Collection[int]) -> Any:
    seats = Seat.objects.current().filter(rank=DECIDES).exclude(kind=Seat.Kind.SERVICE)
    return seats.exclude(user_id__in=without)


def _keys_of(seats: Any) -> list[int]:
    return list(seats.values_list("pk", flat=True))


def unsaved_seat(user: User, desk: Desk, role: str) -> Seat:
    """A seat that is only asked for; ValueError for a role that the desk does not have."""
    return Seat(user=user, desk=desk, role=role, rank=desk.function.roles.index(role) + 1)


def own_desks(actor: Actor) -> list[Any]:
    """Active desks of the actor's own party, with their function; all desks for the platform desk."""
    desks = Desk.objects.filter(active=True).select_related("function").order_by("code")
    return list(desks if actor.function == "platform" else desks.filter(party_id=actor.party_code))


def desks_with_keys(actor: Actor) -> list[Any]:
    """Active desks that the actor may ask for keys of: token.propose says which."""
    desks = Desk.objects.filter(active=True).order_by("code")
    if actor.function == "administration":
        return list(desks.filter(party_id=actor.party_code))
    carriers = models.Q(function_id="carrier") if actor.function == "platform" else models.Q()
    return list(desks.filter(models.Q(pk=actor.desk_id) | carriers))


def seat_at_home(user: User) -> Any:
    """The person's first seat in force at a desk of their own party; None where they have none."""
    return Seat.objects.current().filter(user=user, desk__party=user.home_party_id).order_by("desk__code").first()


def elsewhere(party: str) -> list[Any]:
    """Seats of a party's people at desks of other parties, that are in force or begin later; by name. One query."""
    rows = Seat.objects.seconded().filter(user__home_party=party, state="current")
    return list(rows.select_related("user", "desk__function", "desk__party").order_by("user__full_name", "pk"))


def from_elsewhere(party: str) -> list[Any]:
    """Seats of other parties' people at a party's desks, that are in force or begin later; by desk. One query."""
    rows = Seat.objects.seconded().filter(desk__party=party, state="current")
    return list(rows.select_related("user", "desk__function", "desk__party").order_by("desk__code", "pk"))


def states_on(day: datetime.date, **columns: Any) -> list[Any]:
    """Member States of that day in roll-call order, then Associate Members; with `kind` and `columns`. One query."""
    dated: Any = Party.objects.as_of(day)
    rows = dated.filter(kind__in=STATE_KINDS).annotate(**columns)
    return sorted(rows, key=lambda party: (party.kind != "member_state", party.roll_call_order or 0, party.name))
