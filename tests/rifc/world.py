"""Records of the sharing of reports, for whoever asks who may see which."""

from typing import Any

from apps.access import outbox
from apps.rifc.actions import recalling, releasing
from apps.rifc.models import RecallAck
from tests.rifc.people import HEAD, shared


def some_reports(cast: Any) -> dict[str, Any]:
    """A report of Barbados' intelligence that Jamaica's has and asks to pass on; and an answer to another's recall."""
    row = shared(cast, "JAM.intelligence")
    asked = releasing.submit(cast["jam.intelligence.officer"], None, of=row, to=["TTO.contact"], purpose="policy")
    gone = shared(cast, "JAM.intelligence")
    recalling.recall(cast[HEAD], gone, reason_code="other", text="No longer.")
    outbox.drain()
    return {"shared_report": row, "release_request": asked, "recall_answer": RecallAck.objects.get(report=gone)}
