"""The documents of a record for a seat; and verification: what the portal says to anybody, and nothing more."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.database_context import portal_context
from apps.documents.models import IssuedDocument
from apps.documents.rules.codes import Wanted


@dataclass(frozen=True, slots=True)
class Answer:
    """`said`: bytes (exactly these), content (a document that says this), revoked, or unknown.

    Number, title and reason are empty for a document that is not public.
    """

    said: Literal["bytes", "content", "revoked", "unknown"]
    issued_at: datetime.datetime | None = None
    revoked_at: datetime.datetime | None = None
    number: str = ""
    title: str = ""
    reason: str = ""


UNKNOWN = Answer("unknown")


def documents_of(actor: Actor | None, record: Any) -> list[Any]:
    """Documents issued from a record that the actor may open, newest first, with their desks. One query."""
    rows = IssuedDocument.objects.visible_to(actor).select_related("owner", "issued_to")
    return list(rows.filter(object_type=record._meta.label_lower, object_id=str(record.pk)).order_by("-pk"))


def of_file(sha256: str) -> Answer:
    """The answer for a file of this hash. One query."""
    return _answer(_first(Q(sha256=sha256)), exact=True)


def of_typed(wanted: Wanted) -> Answer:
    """The answer for a hash (of a file or of a content) or for a printed code (of a content). One query."""
    if not wanted.is_whole:
        return _answer(_first(Q(content_hash__startswith=wanted.digits)), exact=False)
    row = _first(Q(sha256=wanted.digits) | Q(content_hash=wanted.digits))
    return _answer(row, exact=row is not None and row.sha256 == wanted.digits)


def _first(condition: Q) -> Any:
    """Of several copies the first that holds; one that may be named goes before one that may not."""
    with portal_context("published"):
        # "issued" sorts before "revoked"
        return IssuedDocument.objects.filter(condition).order_by("state", "-public", "issued_at").first()


def _answer(row: Any, *, exact: bool) -> Answer:
    if row is None:
        return UNKNOWN
    revoked = row.state == IssuedDocument.State.REVOKED
    return Answer(
        said="revoked" if revoked else "bytes" if exact else "content",
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
        number=row.number if row.public else "",
        title=row.title if row.public else "",
        reason=row.revoke_reason if row.public else "",
    )
