"""How documents leave the portal, and how they are taken back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also
from apps.access.grants import groups_that_see, share, unshare
from apps.audit.verb_labels import noted
from apps.documents import policy, storage
from apps.documents.models import IssuedDocument

noted("document.download", _("Downloaded a document"))
noted("document.issue", _("Issued a document"))
noted("document.read", _("Read about a document"))

S = IssuedDocument.State
LONGEST_REASON = 300


def issue(
    actor: Actor,
    *,
    kind: str,
    record: Any,
    number: str,
    title: str,
    fmt: str,
    data: bytes,
    content_hash: str,
    public: bool,
    groups: Iterable[int],
    copy_mark: str = "",
    issued_to: int | None = None,
    desk_id: int | None = None,
    at: datetime.datetime | None = None,
) -> IssuedDocument:
    """Hand out these bytes as a document of `record`, within an app's own action; the row, shared with `groups`.

    The desk that issues is the actor's, or `desk_id` where the portal's own desk acts for another; it always sees the
    document. Level and originator are the record's. The same bytes of the same record once more give the same row,
    shared with more groups; bytes that were revoked, or that belong to another record, raise ValidationError.
    Audited and streamed as `document.issue`.
    """
    sha256 = storage.store_document(data)
    owner = desk_id or actor.desk_id
    known = IssuedDocument.objects.select_for_update(of=("self",)).filter(sha256=sha256).first()
    if known is not None:
        return _issued_again(actor, known, record, groups)
    document = IssuedDocument.objects.create(
        owner_id=owner,
        originator_id=getattr(record, "originator_id", actor.party_code),
        level=record.level,
        changed_by_seat_id=actor.seat_id,
        kind=kind,
        object_type=record._meta.label_lower,
        object_id=str(record.pk),
        number=number,
        title=title,
        format=fmt,
        sha256=sha256,
        size=len(data),
        content_hash=content_hash,
        issued_at=at or timezone.now(),
        issued_to_id=issued_to,
        copy_mark=copy_mark,
        public=public,
    )
    share(actor, document, {owner, *groups}, basis=f"{kind} {number}"[:80])
    also("document.issue", document, after=S.ISSUED, number=number)
    return document


def _issued_again(actor: Actor, document: IssuedDocument, record: Any, groups: Iterable[int]) -> IssuedDocument:
    if (document.object_type, document.object_id) != (record._meta.label_lower, str(record.pk)):
        raise ValidationError(_("This exact file was issued for another record. Give the document its own number."))
    if document.state == S.REVOKED:
        raise ValidationError(_("This exact file was revoked. Issue a new version."))
    share(actor, document, {document.owner_id, *groups}, basis=f"{document.kind} {document.number}"[:80])
    also("document.issue", document, before=S.ISSUED, after=S.ISSUED, number=document.number)
    return document


def withdraw(record: Any, *, reason: str) -> None:
    """Revoke all documents that hold of a record, and let nobody open them any more. Within an app's own action."""
    rows = IssuedDocument.objects.select_for_update(of=("self",)).filter(
        object_type=record._meta.label_lower, object_id=str(record.pk), state=S.ISSUED
    )
    for row in rows.order_by("pk"):
        row.state, row.revoked_at, row.revoke_reason = S.REVOKED, timezone.now(), reason[:LONGEST_REASON]
        change_also("document.revoke", row, "state", "revoked_at", "revoke_reason", before=S.ISSUED)
        unshare(row, groups_that_see(row))


def name_publicly(record: Any, *, public: bool) -> None:
    """Let the verification page give number and title of what was issued from a record, or no longer.

    Within an app's own action, when the record enters a public register or leaves it.
    """
    rows = IssuedDocument.objects.filter(object_type=record._meta.label_lower, object_id=str(record.pk))
    rows.exclude(public=public).update(public=public)


@action(
    "document.revoke",
    model=IssuedDocument,
    label=pgettext_lazy("button, documents", "Revoke"),
    done=_("Revoked a document"),
    policy=policy.may_revoke,
    starts={S.ISSUED},
    ends=S.REVOKED,
    takes={
        "reason": forms.CharField(
            label=pgettext_lazy("field, documents", "Reason"),
            max_length=LONGEST_REASON,
            help_text=_("Anyone who verifies a copy of a public document sees this."),
        )
    },
)
def revoke_document(actor: Actor, document: IssuedDocument, *, reason: str) -> IssuedDocument:
    """Say that a document holds no longer; its bytes stay, and whoever verifies them is told."""
    document.revoked_at, document.revoke_reason = timezone.now(), reason
    return document
