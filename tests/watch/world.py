"""Records of the watch, for whoever asks who may see which."""

from typing import Any

from apps.access import outbox
from tests.watch.people import JRCC, a_watch, entry, issued, issued_digest


def some_watch(cast: Any) -> dict[str, Any]:
    """The JRCC's watch; a bulletin of RIFC's for Jamaica's intelligence and the JRCC; a digest for both."""
    watch = a_watch(cast, JRCC)
    entry(cast, watch, who=JRCC)
    to = ["JAM.intelligence", "JRCC.watch"]
    bulletin = issued(cast, to=to)
    digest = issued_digest(cast, to=tuple(to))
    outbox.drain()
    return {"duty": watch, "bulletin": bulletin, "digest": digest}
