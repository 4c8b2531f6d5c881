"""What oversight is shown of giving access: new keys, their first use, moved invitations, desks that read more.

One finding for each act, at the moment of the act: nothing here is a question of how many.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from apps.audit.models import AuditRecord
from apps.oversight.models import AnomalyRule
from apps.oversight.queries.findings import DAY, HOUR, Detector, Finding
from apps.people.models import AccountProposal, DeskToken, Invitation, Seat

BEFORE = 30 * DAY
SHARES_MORE = frozenset({"participation.go_live", "participation.resume", "participation.rejoin"})
"""Verbs after which the desks of a party are among those with whom a system's records are shared."""


def key_new(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Each key that two people made, by who was shown it; keys made by command have a rule of their own."""
    shown = list(_acts({"token.show"}, since, until))
    rows = DeskToken.objects.filter(state__in=["live", "revoked"]).select_related("seat__desk")
    keys = rows.in_bulk([int(row.object_id) for row in shown])
    for row in shown:
        if (key := keys.get(int(row.object_id))) is not None:
            yield _found(rule, row, key.seat.desk.party_id, key.seat.desk.code)


def key_first_use(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Each key when it is used for the first time, by the account of the desk's programs."""
    rows = DeskToken.objects.filter(first_used_at__gte=since, first_used_at__lt=until)
    for token in rows.select_related("seat__user", "seat__desk").order_by("first_used_at", "pk"):
        user, desk = token.seat.user, token.seat.desk
        at: Any = token.first_used_at
        yield Finding(rule, user.pk, user.username, desk.party_id, desk.code, at, at + HOUR, 1)


def invitation_moved(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Each invitation whose mail address somebody changed after it was sent, by who changed it."""
    for row in _acts({"account.move"}, since, until):
        desk = Invitation.objects.filter(user_id=row.object_id).values_list("desk__code", flat=True).first()
        yield _found(rule, row, row.owner_party or row.party, desk or row.desk)


def desk_widened(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Each act after which a desk reads a higher level, decides for the first time, or has a person of another party.

    Also a clearance that two people raised, and a system in which the party takes part from now on.
    """
    yield from _seats(rule, since, until)
    yield from _clearances(rule, since, until)
    for row in _acts(SHARES_MORE, since, until):
        yield _found(rule, row, row.owner_party or row.party, "")


def _seats(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    rows = Seat.objects.filter(valid_from__gte=since, valid_from__lt=until).exclude(kind__in=["service", "emergency"])
    for seat in rows.select_related("user", "desk__function").order_by("valid_from", "pk"):
        if _more_than_before(seat):
            user, desk, at = seat.user, seat.desk, seat.valid_from
            yield Finding(rule, user.pk, user.username, desk.party_id, desk.code, at, at + HOUR, 1)


def _more_than_before(seat: Seat) -> bool:
    """Against the desk's other seats of the 30 days before; a desk that had none has nothing to compare with."""
    if seat.seconded_from:
        return True
    ended_before = Q(valid_to__lte=seat.valid_from - BEFORE)
    others = Seat.objects.filter(desk=seat.desk_id, valid_from__lt=seat.valid_from).exclude(ended_before)
    known = [(_level(one), one.rank) for one in others.exclude(kind="service").select_related("user", "desk__function")]
    if not known:
        return False
    levels, ranks = zip(*known, strict=True)
    return _level(seat) > max(levels) or seat.rank > max(ranks)


def _level(seat: Seat) -> int:
    level: int = min(seat.user.clearance, seat.desk.function.max_level)
    return level


def _clearances(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Raised, as the second person approved it: what lowers one is approved by nobody."""
    raised = AccountProposal.objects.filter(verb="account.clear", state="done")
    for row in raised.filter(decided_at__gte=since, decided_at__lt=until).select_related("subject").order_by("pk"):
        at: Any = row.decided_at
        seat = Seat.objects.in_force().filter(user=row.subject).select_related("desk").order_by("pk").first()
        who = (row.subject_id, row.subject.username, row.party_id, seat.desk.code if seat else "")
        yield Finding(rule, *who, at, at + HOUR, 1)


def _acts(verbs: Any, since: datetime.datetime, until: datetime.datetime) -> Any:
    rows = AuditRecord.objects.filter(at__gte=since, at__lt=until, verb__in=verbs, outcome="done")
    return rows.order_by("at", "id")


def _found(rule: AnomalyRule, row: AuditRecord, party: str, desk: str) -> Finding:
    at: Any = row.at
    return Finding(rule, row.user_id, row.person, party, desk, at, at + HOUR, 1)


DETECTORS: dict[str, Detector] = {
    "key_new": key_new,
    "key_first_use": key_first_use,
    "invitation_moved": invitation_moved,
    "desk_widened": desk_widened,
}
