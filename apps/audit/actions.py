"""Writing the memory. Called by access (apps.access), never by a view."""

import datetime
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models, transaction

from apps.audit import repeated_refusals
from apps.audit.managers import Reader
from apps.audit.models import AuditRecord
from apps.audit.verb_labels import require_words

PORTAL = "PORTAL"


class Who(Reader, Protocol):
    """The actor as the audit names them."""

    @property
    def person(self) -> str: ...
    @property
    def seat_id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def desk_code(self) -> str: ...
    @property
    def request_id(self) -> str: ...
    @property
    def via(self) -> str: ...
    @property
    def address(self) -> str | None: ...


def entry(
    who: Who,
    verb: str,
    target: models.Model | type[models.Model],
    *,
    outcome: str,
    reason: str = "",
    before: str = "",
    after: str = "",
    changed: Iterable[str] = (),
    detail: dict[str, Any] | None = None,
    object_id: str = "",
) -> AuditRecord:
    """An unsaved audit row about `target` (a record, or a model class where no record exists)."""
    require_words(verb)
    owner = _owner(target)
    return AuditRecord(
        stream=owner[0] or who.party_code or PORTAL,
        request_id=who.request_id,
        user_id=who.user_id,
        person=who.person,
        seat_id=who.seat_id,
        role=who.role,
        desk_id=who.desk_id,
        desk=who.desk_code,
        party=who.party_code,
        via=who.via,
        address=who.address,
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=object_id or str(getattr(target, "pk", None) or "" if isinstance(target, models.Model) else ""),
        owner_party=owner[0],
        owner_desk_id=owner[1],
        level=getattr(target, "level", 0) if isinstance(target, models.Model) else 0,
        outcome=outcome,
        reason=reason,
        before=before,
        after=after,
        changed=sorted(changed),
        detail=(detail or {}) | _of_the_seat(who),
    )


def _of_the_seat(who: Who) -> dict[str, Any]:
    """What sets a seat apart from others of its desk: an emergency's, that of a person whom another party sent, a key.

    By whose hands a key was made is said as who acts is said, by user name.
    """
    sent_by = getattr(who, "seconded_from", "")
    key = getattr(who, "key", None)
    emergency = {"emergency": True} if getattr(who, "seat_kind", "") == "emergency" else {}
    hands = {"key": key.prefix, "key_made_by": key.made_by, "key_approved_by": key.approved_by} if key else {}
    return emergency | ({"seconded_from": sent_by} if sent_by else {}) | hands


def append(rows: Iterable[AuditRecord]) -> None:
    """Add rows to their chains in one statement, ordered by chain so that two writers never deadlock.

    Call it last in the transaction: the head of each chain stays locked until the commit.
    """
    ordered = sorted(rows, key=lambda row: row.stream)
    if ordered:
        AuditRecord.objects.bulk_create(ordered)


def append_refusal(row: AuditRecord) -> None:
    """Add a refusal to its chain at once, or count it where the same was refused a moment ago."""
    with transaction.atomic():
        if repeated_refusals.is_first(row):
            append([row])


def append_repetitions(now: datetime.datetime) -> int:
    """Add what was counted in windows that have ended, one row for each; how many."""
    with transaction.atomic():
        rows = list(repeated_refusals.taken(now))
        append(rows)
    return len(rows)


def _owner(target: Any) -> tuple[str, int | None]:
    """(party code, desk id) that own a record; ("", None) where nothing is owned."""
    if isinstance(target, type):
        return "", None
    audited = getattr(target, "audited_as", None)
    if audited is not None:
        return audited()
    return getattr(target, "originator_id", "") or "", getattr(target, "owner_id", None)
