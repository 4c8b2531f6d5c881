"""Watches, bulletins and digests for tests, made by the people of the cast."""

import datetime
from typing import Any

from django.utils import timezone

from apps.watch.actions import bulletins, digests, handovers, log, receipts
from apps.watch.models import Bulletin, BulletinReceipt, Digest, Watch

OFFICER, LEAD = "rifc.watch.officer", "rifc.watch.supervisor"
JRCC, JRCC_LEAD = "jrcc.watch.officer", "jrcc.watch.supervisor"
JAMAICA, TRINIDAD, GUYANA = "jam.contact.officer", "tto.contact.officer", "guy.customs.officer"
HEAD = "brb.contact.head"
AUDIENCE = ["JAM.contact", "TTO.contact", "GUY.customs"]


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def a_watch(cast: Any, who: str = OFFICER) -> Watch:
    return log.open_watch(cast[who], None)


def entry(cast: Any, watch: Watch, text: str = "Call from the coast guard", who: str = OFFICER, **more: Any) -> Watch:
    return log.log_watch_entry(cast[who], watch, text=text, category="liaison", **more)


def handed_over(cast: Any, watch: Watch, out: str = OFFICER, into: str = LEAD) -> Watch:
    """The next watch, after a hand-over."""
    handovers.take_over_watch(cast[into], handovers.start_watch_handover(cast[out], watch, signed=True), signed=True)
    return Watch.objects.get(previous=watch)


GIVEN: dict[str, Any] = {
    "kind": "lookout",
    "subject": "vessel",
    "instruction": "observe",
    "title": "Blue pirogue with two outboard engines",
    "text": "Seen **twice** off Demo Bay.\n\nReport course and number of persons.",
    "short_text": "Blue pirogue, two engines, off Demo Bay: observe, do not alert, report to RIFC watch.",
    "area": "South coast",
    "classification": 1,
    "tlp": "AMBER",
    "to": AUDIENCE,
}


def a_draft(cast: Any, who: str = OFFICER, **more: Any) -> Bulletin:
    return bulletins.draft_bulletin(cast[who], None, **{**GIVEN, "valid_to": in_days(5), **more})


def issued(cast: Any, who: str = OFFICER, lead: str = LEAD, **more: Any) -> Bulletin:
    return bulletins.issue_bulletin(cast[lead], a_draft(cast, who, **more))


def receipt(row: Bulletin, desk: str) -> BulletinReceipt:
    newest = BulletinReceipt.objects.filter(bulletin=row, desk__code=desk).order_by("-round")
    found: BulletinReceipt = newest.select_related("bulletin")[0]
    return found


def known(cast: Any, row: Bulletin, who: str) -> BulletinReceipt:
    """That a desk opened a bulletin and said that it knows."""
    mine = receipt(row, who.rpartition(".")[0][:3].upper() + "." + who.split(".")[1])
    return receipts.acknowledge_bulletin(cast[who], receipts.open_bulletin(cast[who], mine))


def a_digest(cast: Any, who: str = OFFICER, to: tuple[str, ...] = ("JAM.contact", "TTO.contact")) -> Digest:
    return digests.draft_digest(cast[who], None, week_to=timezone.now().date(), to=list(to))


def issued_digest(cast: Any, **more: Any) -> Digest:
    return digests.issue_digest(cast[LEAD], digests.submit_digest(cast[OFFICER], a_digest(cast, **more)))
