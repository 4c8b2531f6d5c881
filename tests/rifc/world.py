"""Records of the sharing of reports, for whoever asks who may see which."""

import uuid
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.rifc.actions import recalls, release_requests
from apps.rifc.models import Opening, RecallAck, SealedShare, SealedText
from apps.rifc.queries import sealed_texts
from tests.rifc.people import HEAD, shared


def some_reports(cast: Any) -> dict[str, Any]:
    """A report of Barbados' intelligence that Jamaica's has and asks to pass on; and an answer to another's recall."""
    row = shared(cast, "JAM.intelligence")
    asked = release_requests.submit_release_request(
        cast["jam.intelligence.officer"], None, of=row, to=["TTO.contact"], purpose="policy"
    )
    gone = shared(cast, "JAM.intelligence")
    recalls.recall_rifc_report(cast[HEAD], gone, reason_code="other", text="No longer.")
    outbox.drain()
    return {"shared_report": row, "release_request": asked, "recall_answer": RecallAck.objects.get(report=gone)}


def an_opening(cast: Any, report: Any, holders: Any) -> dict[str, Any]:
    """{sealed_opening, key_share} of the first holder's: who asks to read a text that is sealed for their State."""
    reader = cast[holders[0].name]
    text = SealedText.objects.create(report=report, text_id=uuid.uuid4(), body="x", made_by_id=report.author_id)
    shares = [
        SealedShare.objects.create(
            text=text,
            party_id="JAM",
            key=one.row,
            holder_id=one.row.user_id,
            x=x,
            check_hash="0" * 64,
            enc="x",
            share="x",
        )
        for x, one in enumerate(holders, start=1)
    ]
    opening = Opening.objects.create(
        report=report,
        text=text,
        user_id=reader.user_id,
        seat_id=reader.seat_id,
        desk_id=reader.desk_id,
        party_id="JAM",
        public=holders[0].row.public,
        why="Case 7",
        until=timezone.now() + sealed_texts.ANSWERED_WITHIN,
    )
    return {"sealed_opening": opening, "key_share": shares[0]}
