"""The evidence of a round of access: its seats, and the sheet that a party keeps; its SHA-256 stands in the audit."""

import base64
import hashlib
from typing import Any

from django.http import HttpResponse

from apps.access.downloads import state_marking
from apps.access.marking import OFFICIAL
from apps.access.middleware import note_read
from apps.audit.spreadsheets import csv_text
from apps.people.models import ReviewItem

COLUMNS = (
    "party", "round_opened", "round_due", "round_state", "desk", "user", "name", "role", "kind", "since",
    "seconded_from", "dormant", "unused", "conflicting", "answer", "note", "answered_by", "answered_at",
)  # fmt: skip


def items_of(actor: Any, it: Any) -> Any:
    """The seats of a round that the actor may see, by desk and name."""
    rows = ReviewItem.objects.visible_to(actor).filter(review=it)
    return rows.select_related("seat__user", "seat__desk__function", "by_seat__user").order_by(
        "seat__desk__code", "seat__user__full_name", "pk"
    )


def taken_along(request: Any, it: Any, text: str) -> HttpResponse:
    """The sheet as a file with its digest (RFC 9530), which is noted with who took it along."""
    digest = hashlib.sha256(text.encode())
    note_read(request, "review.export", it, sha256=digest.hexdigest())
    name = f"access-review-{it.party_id}-{it.opened_at:%Y-%m-%d}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(digest.digest()).decode()}:",
    }
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8", headers=headers)
    state_marking(answer, OFFICIAL)
    return answer


def sheet(it: Any, items: Any) -> str:
    """The round as CSV, one line for each seat."""
    return csv_text([COLUMNS, *(_line(it, item, item.seat) for item in items)])


def _line(it: Any, item: Any, seat: Any) -> tuple[Any, ...]:
    return (
        it.party_id, it.opened_at.isoformat(), it.due_at.isoformat(), it.state, seat.desk.code,
        seat.user.username, seat.user.full_name, seat.role, seat.kind, seat.valid_from.isoformat(),
        seat.seconded_from, item.dormant, item.unused, item.conflicting, item.state, item.note,
        item.by_seat.user.username if item.by_seat else "",
        item.decided_at.isoformat() if item.decided_at else "",
    )  # fmt: skip
