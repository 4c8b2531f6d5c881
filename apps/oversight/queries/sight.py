"""Who could have seen a record at a moment, and why: from the history of grants, seats, clearances and keys.

What is asked is the reading door of then: a seat in force, of a person whose account was open, at a desk that held a
grant, with a clearance that reached the record's level. Kinds of records with a rule of their own beyond that, such as
reports with their handling, are asked by it as it is today, and each line says so. The highest level of a desk is
reference data and taken as it is today.
"""

import copy
import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from guardian.utils import get_group_obj_perms_model

from apps.access.actor import DECIDES, Actor
from apps.access.database_context import portal_context, seat_context
from apps.access.managers import ScopedQuerySet, permission_id
from apps.access.models import GrantPeriod, Part, Record
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.audit.managers import is_regional
from apps.audit.models import AuditRecord
from apps.people.models import ClearanceChange, DeskToken, Invitation, Seat, User
from apps.people.queries import actor_at

FOR = "who could have seen"
OWNER, SHARED, RULE = "owner", "shared", "rule"
ENDS_A_KEY = ("token.revoke", "token.outlive")


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """A grant at that moment: since when, on which basis, by which desk's seat."""

    since: datetime.datetime
    basis: str
    by_desk: str


@dataclasses.dataclass(frozen=True, slots=True)
class Sight:
    """One who could have seen it: from which seat, up to which level, and why; of a program with which key."""

    seat: Any
    level: int
    why: str
    held: Held | None
    key: str = ""
    today: bool | None = None
    """Whether the rule of this kind of record, as it is today, lets them; None where there is none beyond the grant."""


def kinds() -> dict[str, Any]:
    """{type: model} of the records that can be asked about, and of their parts."""
    found = [model for model in apps.get_models() if issubclass(model, Record | Part)]
    return {model._meta.label_lower: model for model in found}


def asked_about(actor: Actor | None, kind: str, key: Any) -> Any:
    """The record, its root for a part, for who may ask about it; Refused("not-visible") for everybody else.

    The oversight of the party that first recorded it and the region's, which do not read it here; and who decides at
    the desk that keeps it, if they see it.
    """
    model = kinds().get(kind)
    if actor is None or model is None or actor.seat_kind not in {"standing", "acting"}:
        raise Refused("not-visible")
    with portal_context(FOR):
        row = visible_or_404(model._default_manager.all(), actor, key)
        while isinstance(row, Part):
            row = getattr(row, row.root_field)
    if not isinstance(row, Record):
        raise Refused("not-visible")
    oversees = actor.function == "oversight" and (is_regional(actor) or row.originator_id == actor.party_code)
    if oversees:
        return row
    if actor.rank < DECIDES or row.owner_id != actor.desk_id:
        raise Refused("not-visible")
    return visible_or_404(type(row), actor, row.pk)


def who_could_see(record: Any, at: datetime.datetime) -> list[Sight]:
    """Everybody who could have seen the record at `at`, by desk and name; nobody before it was there.

    Some ten questions; for a kind with a rule of its own one more for each seat that was in force.
    """
    if at < record.created_at:
        return []
    own_rule = type(type(record)._default_manager.all()).visible_to is not ScopedQuerySet.visible_to
    with portal_context(FOR):
        level, grants = _level_then(record, at), _grants_then(record, at)
        seats = _seats_then(at, None if own_rule else set(grants))
        keys = _keys_then([seat.pk for seat in seats if seat.kind == Seat.Kind.SERVICE], at)
        found = [one for seat in seats for one in _sights(record, seat, level, grants, own_rule, keys)]
    return sorted(found, key=lambda one: (one.seat.desk.code, one.seat.user.full_name, one.key))


def _sights(
    record: Any, seat: Any, level: int, grants: dict[int, Held], own_rule: bool, keys: dict[int, Any]
) -> Iterator[Sight]:
    held = grants.get(seat.desk.pk)
    for key, cap in keys.get(seat.pk, []) if seat.kind == Seat.Kind.SERVICE else [("", 3)]:
        own = min(seat.user.clearance, seat.desk.function.max_level, cap)
        today = _by_rule(record, seat, own) if own_rule else None
        if (held is not None and own >= level) or today:
            why = RULE if held is None else OWNER if seat.desk_id == record.owner_id else SHARED
            yield Sight(seat, own, why, held, key, today)


def _by_rule(record: Any, seat: Any, level: int) -> bool:
    actor = dataclasses.replace(actor_at(seat), clearance=level, via="api" if seat.kind == "service" else "web")
    with seat_context(actor):
        return bool(type(record)._default_manager.visible_to(actor).filter(pk=record.pk).exists())


def _level_then(record: Any, at: datetime.datetime) -> int:
    """As the last act before that moment left it; for one without an act before, as it is now."""
    acts = AuditRecord.objects.filter(object_type=record._meta.label_lower, object_id=str(record.pk), outcome="done")
    last = acts.filter(at__lte=at).order_by("-at", "-id").values_list("level", flat=True).first()
    return int(record.level if last is None else last)


def _grants_then(record: Any, at: datetime.datetime) -> dict[int, Held]:
    """{group: its grant then}. Three questions."""
    model: Any = type(record)
    view = permission_id(model, "view")
    grants: Any = get_group_obj_perms_model(model)
    running = grants.objects.filter(content_object=record, permission_id=view, at__lte=at, until__gt=at)
    past = GrantPeriod.objects.filter(
        object_type=model._meta.label_lower, object_id=record.pk, permission_id=view, since__lte=at, until__gt=at
    )
    rows = [(one.group_id, one.since, one.basis, one.by_seat_id) for one in past]
    rows += [(one.group_id, one.at, one.basis, one.by_seat_id) for one in running]
    seats = Seat.objects.filter(pk__in={seat for *_more, seat in rows if seat})
    desks = dict(seats.values_list("pk", "desk__code"))
    return {group: Held(since, basis, desks.get(seat or 0, "")) for group, since, basis, seat in rows}


def _seats_then(at: datetime.datetime, desks: set[int] | None) -> list[Any]:
    """Seats in force then, of people whose account was open and confirmed, with their clearance of then as `user`'s."""
    rows = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)
    rows = rows.exclude(desk__function_id="automation").select_related("user", "desk__function", "desk__party")
    seats = list(rows if desks is None else rows.filter(desk_id__in=desks))
    people = {seat.user_id for seat in seats}
    clearances, states, unconfirmed = _clearances_then(people, at), _states_then(people, at), _unconfirmed(people, at)
    found = []
    for seat in seats:
        user = copy.copy(seat.user)
        user.clearance = clearances.get(user.pk, user.clearance)
        if states.get(user.pk, user.state) == User.State.ACTIVE and user.pk not in unconfirmed:
            seat.user = user
            found.append(seat)
    return found


def _clearances_then(people: set[int], at: datetime.datetime) -> dict[int, int]:
    """{person: clearance then} of those whose clearance was changed since: what it was before the first change."""
    rows = ClearanceChange.objects.filter(user_id__in=people, at__gt=at).order_by("-at", "-pk")
    return dict(rows.values_list("user_id", "former"))


def _states_then(people: set[int], at: datetime.datetime) -> dict[int, str]:
    """{person: state of the account then} of those whose state was changed since, from the audit."""
    keys = [str(one) for one in people]
    rows = AuditRecord.objects.filter(object_type="people.user", object_id__in=keys, outcome="done", at__gt=at)
    changed = rows.exclude(before="").order_by("-at", "-id").values_list("object_id", "before", "after")
    return {int(key): before for key, before, after in changed if before != after}


def _unconfirmed(people: set[int], at: datetime.datetime) -> set[int]:
    """People who had opened their account by an invitation and were not confirmed then."""
    opened = Invitation.objects.filter(user_id__in=people, desk__isnull=False, decided_at__lte=at)
    said = AuditRecord.objects.filter(object_type="people.invitation", verb="invitation.confirm", outcome="done")
    later = set(said.filter(at__gt=at).values_list("object_id", flat=True))
    return {one.user_id for one in opened if one.state == Invitation.State.AWAITS or str(one.pk) in later}


def _keys_then(seats: list[int], at: datetime.datetime) -> dict[int, list[tuple[str, int]]]:
    """{seat of a desk's programs: (first letters, level) of each key that was live then}. Three questions."""
    keys = list(DeskToken.objects.filter(seat__in=seats, created_at__lte=at, expires_at__gt=at).exclude(sha256=None))
    acts = AuditRecord.objects.filter(object_type="people.desktoken", object_id__in=[str(one.pk) for one in keys])
    done = acts.filter(outcome="done")
    ended = done.filter(at__lte=at, verb__in=ENDS_A_KEY).values_list("object_id", flat=True)
    not_shown = done.filter(at__gt=at, verb="token.show").values_list("object_id", flat=True)
    gone, found = {*ended, *not_shown}, defaultdict(list)
    for one in keys:
        if str(one.pk) not in gone:
            found[one.seat_id].append((one.prefix, one.clearance))
    return dict(found)


def named(actor: Actor, one: Sight) -> str:
    """The name of who could have seen it, for oversight and in their own party; else "": the desk is named alone."""
    own = actor.party_code in {one.seat.desk.party_id, one.seat.user.home_party_id}
    return one.seat.user.username if own or actor.function == "oversight" else ""
