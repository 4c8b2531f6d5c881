"""A request for whoever asks who may see which."""

from typing import Any

from apps.exchange.actions import clock
from apps.exchange.models import Addressee, Overlap
from apps.exchange.queries import matches
from apps.people.queries import service_actor
from tests.exchange.people import TRINIDAD, sent


def some_requests(cast: Any) -> dict[str, Any]:
    """Barbados' intelligence asks Jamaica's; Trinidad asks about the same phone, which RIFC's watch is told of."""
    phone = [{"kind": "phone", "value": "+1 246 555 0142"}]
    row = sent(cast, variants=[{"to": ["JAM.intelligence"], "text": "Who?"}], subjects=phone)
    other = sent(cast, TRINIDAD, TRINIDAD, variants=[{"to": ["CYM.contact"], "text": "Who?"}], subjects=phone)
    robot = service_actor("RIFC.automation", request_id="test")
    for pair in matches.pairs(robot, other.sent_at):
        clock.record_overlap(robot, None, pair=pair)
    return {
        "information_request": row,
        "request_part": Addressee.objects.get(request=row),
        "overlap": Overlap.objects.get(),
    }
