"""Reports whose text is sealed, as people of Barbados write, approve and share them."""

from typing import Any

from apps.rifc.actions import approvals, openings, shares
from apps.rifc.models import Opening, Report
from tests.rifc.people import fresh
from tests.sealing.holders import (
    BARBADOS,
    JAMAICA,
    a_sealed_draft,
    asked,
    release,
)

AUTHOR, HEAD, POINT = BARBADOS
READER = JAMAICA[0]
OUTSIDER = "tto.contact.officer"


def opened(cast: Any, name: str, report: Report, *with_them: Any) -> tuple[Opening, Any]:
    """(an opening that two holders answered, the key of its reader's browser)."""
    opening, browser = asked(cast, name, report)
    for holder in with_them:
        opening = release(cast, holder, opening)
    return opening, browser


def approved(cast: Any, ours: Any, *parties: str, **more: Any) -> Report:
    """A sealed report that its second person has opened, read and approved."""
    row, _browser = a_sealed_draft(cast, *parties, **more)
    row = approvals.submit_rifc_report(cast[AUTHOR], row)
    opening, _key = opened(cast, HEAD, row, ours[0], ours[1])
    openings.read_sealed_text(cast[HEAD], opening)
    return approvals.approve_rifc_report(cast[HEAD], fresh(row))


def shared(cast: Any, ours: Any, *parties: str, to: tuple[str, ...] = ("JAM.intelligence",), **more: Any) -> Report:
    row = approved(cast, ours, *parties, **more)
    return shares.share_rifc_report(cast[AUTHOR], row, to=list(to), without_rifc="no keys there")
