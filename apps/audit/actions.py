"""Writing the memory. Called by the doors (apps.access), never by a view."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models

from apps.audit.managers import Reader
from apps.audit.models import AuditRecord

PORTAL = "PORTAL"


class Who(Reader, Protocol):
    """The actor as the audit names him."""

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
    """What sets a seat apart from others of its desk: one of an emergency, or of a person whom another party sent."""
    sent_by = getattr(who, "seconded_from", "")
    emergency = {"emergency": True} if getattr(who, "seat_kind", "") == "emergency" else {}
    return emergency | ({"seconded_from": sent_by} if sent_by else {})


def append(rows: Iterable[AuditRecord]) -> None:
    """Add rows to their chains in one statement, ordered by chain so that two writers never deadlock.

    Call it last in the transaction: the head of each chain stays locked until the commit.
    """
    ordered = sorted(rows, key=lambda row: row.stream)
    if ordered:
        AuditRecord.objects.bulk_create(ordered)


def _owner(target: Any) -> tuple[str, int | None]:
    """(party code, desk id) that own a record; ("", None) where nothing is owned."""
    if isinstance(target, type):
        return "", None
    audited = getattr(target, "audited_as", None)
    if audited is not None:
        return audited()
    return getattr(target, "originator_id", "") or "", getattr(target, "owner_id", None)
