"""By whose hand: who gave and who approved a seat, and who made a key. The audit knows; the register shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.people.models import AccountProposal, DeskToken, Seat, User

GIVES = frozenset({"seat.appoint", "seat.delegate", "seat.second", "seat.emergency"})
APPROVES = frozenset({"proposal.approve", "proposal.agree"})
COLUMNS = ("id", "verb", "object_type", "object_id", "person", "desk", "party", "user_id", "request_id")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who gave a seat, and who approved it: people of the reader's own party by user name, others by their desk."""

    given_by: str
    approved_by: list[str]


def hands_of(actor: Actor, user: User, seats: Collection[Seat]) -> dict[int, Hand]:
    """{seat: by whose hand} of a person's seats, as far as the actor reads the audit. Two queries, none for no seat.

    What was there before the audit, as the demonstration's people, is left out.
    """
    if not seats:
        return {}
    asked = AccountProposal.objects.visible_to(actor).filter(subject=user, state="done", verb__startswith="seat.")
    desks = dict(asked.values_list("pk", "desk_id"))
    named = Q(object_type="people.seat", verb__in=GIVES, object_id__in=[str(seat.pk) for seat in seats])
    named |= Q(object_type="people.accountproposal", verb__in=APPROVES, object_id__in=[str(pk) for pk in desks])
    rows = list(AuditRecord.objects.visible_to(actor).filter(named, outcome="done").only(*COLUMNS).order_by("id"))
    given = {int(row.object_id): row for row in rows if row.verb in GIVES}
    answers = [row for row in rows if row.verb in APPROVES]
    found = {}
    for seat in seats:
        if row := given.get(seat.pk):
            about = [answer for answer in answers if desks[int(answer.object_id)] == seat.desk_id]
            found[seat.pk] = Hand(_said(actor, row), _approved(actor, row, about))
    return found


def _approved(actor: Actor, given: AuditRecord, answers: list[AuditRecord]) -> list[str]:
    """Who approved the proposal by which a seat was given: it was carried out in the request of its last answer."""
    last = [row for row in answers if row.request_id == given.request_id]
    if not last:
        return []
    proposal = min(last, key=lambda row: abs(row.pk - given.pk)).object_id
    return [_said(actor, row) for row in answers if row.object_id == proposal]


def _said(actor: Actor, row: AuditRecord) -> str:
    return row.person if row.party == actor.party_code else row.desk


def hand_of(actor: Actor, seat: Seat | None) -> str:
    """Who asked for a key or approved it: of the reader's own party by user name, others by their desk; "" for nobody.

    No query if the seat is loaded with person and desk.
    """
    if seat is None:
        return ""
    name: str = seat.user.username if seat.desk.party_id == actor.party_code else seat.desk.code
    return name


def makers_of(actor: Actor, keys: Collection[DeskToken]) -> dict[int, str]:
    """{key: who asked for it}; of keys from before two people, as the actor reads it in the audit: one query."""
    found = {key.pk: hand_of(actor, key.maker_seat) for key in keys if key.maker_seat is not None}
    older = [str(key.pk) for key in keys if key.maker_seat is None]
    if older:
        rows = AuditRecord.objects.visible_to(actor).filter(object_type="people.desktoken", verb="token.create")
        rows = rows.filter(object_id__in=older, outcome="done").only(*COLUMNS)
        found |= {int(row.object_id): _said(actor, row) for row in rows}
    return found


def keys_made_by(actor: Actor, user: User) -> list[Any]:
    """Live keys that a person asked for or approved, and may know; they are the desks' and outlive their account.

    The next to end first.
    """
    rows = AuditRecord.objects.visible_to(actor).filter(user_id=user.pk, verb="token.create", outcome="done")
    older = [int(pk) for pk in rows.filter(object_type="people.desktoken").values_list("object_id", flat=True)]
    his = Q(pk__in=older) | Q(maker_seat__user=user) | Q(approver_seat__user=user)
    keys = DeskToken.objects.visible_to(actor).filter(his, state="live", expires_at__gt=timezone.now())
    return list(keys.with_hands().order_by("expires_at", "pk"))
