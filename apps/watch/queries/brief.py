"""What a watch has to keep in mind besides its log: what is late, what ends, what has come. One statement."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.carriers.queries.work import lists_missing
from apps.exchange.models import Addressee
from apps.jrcc.queries.work import hits_handed_over
from apps.people.queries.work import Ask, Facts, WorkRow, gathered, moment
from apps.rifc.models import RecallAck, Receipt, ReleaseRequest, Report
from apps.rifc.queries import vocabulary
from apps.watch.models import Bulletin, BulletinReceipt

RECEIPTS, REQUESTS, RECALLS, ENDING, UNREAD = "receipts", "requests", "recalls", "ending", "unread"
HITS, MISSING = "hits", "missing"
FLOOR = "JRCC.watch"
"""The desk whose watch has a layer of hits."""


def headings() -> dict[str, str]:
    """What each list is called, in the order of the page."""
    return {
        HITS: _("Hits in progress"),
        MISSING: pgettext("words, watch", "Missing manifests"),
        RECEIPTS: pgettext("words, watch", "Overdue receipts"),
        REQUESTS: pgettext("words, watch", "Requests waiting"),
        RECALLS: _("Overdue answers to recalls"),
        ENDING: _("Bulletins ending soon"),
        UNREAD: _("New for the desk"),
    }


def ending_soon() -> datetime.timedelta:
    """How long before its end a bulletin counts as ending."""
    return datetime.timedelta(hours=vocabulary.detail("watch_limit", "ending")["hours"])


def list_brief_rows(actor: Actor, now: datetime.datetime) -> dict[str, list[WorkRow]]:
    """{list: rows} of everything that the desk may see of it."""
    floor: dict[str, list[Ask]] = {}
    if actor.desk_code == FLOOR:
        floor = {
            HITS: [hits_handed_over(actor)],
            MISSING: [one for one in lists_missing(actor) if isinstance(one, Ask)],
        }
    return gathered(
        {
            **floor,
            RECEIPTS: [_receipts(actor, now), _bulletin_receipts(actor, now)],
            REQUESTS: [_requests(actor), _questions(actor, now)],
            RECALLS: [_recalls(actor, now)],
            ENDING: [_ending(actor, now)],
            UNREAD: [_unread(actor)],
        }
    )


def frozen(found: dict[str, list[WorkRow]]) -> dict[str, list[dict[str, str]]]:
    """The lists as they are kept in a hand-over."""
    return {
        name: [
            {
                "title": row.title,
                "code": row.code,
                "due": row.due.isoformat() if row.due else "",
                "url": row.url,
                "detail": row.detail,
            }
            for row in rows
        ]
        for name, rows in found.items()
        if name != UNREAD
    }


def _row(title: str, url: str, due: Any, detail: str, kind: str) -> Sequence[WorkRow]:
    return [WorkRow(title=title, url=url, due=moment(due), detail=detail, kind=kind)]


def _receipts(actor: Actor, now: datetime.datetime) -> Ask:
    seen = Report.objects.visible_to(actor).filter(state=Report.State.SHARED)
    rows = Receipt.objects.visible_to(actor).filter(
        Q(user=None), ack_required=True, ack_at=None, ack_due__lte=now, state__in=sorted(Receipt.LIVE), report__in=seen
    )
    rows = rows.filter(Q(desk_id=actor.desk_id) | Q(report__owner_id=actor.desk_id))
    facts = {
        "number": F("report__number"), "thread": F("report__thread"), "due": F("ack_due"), "desk": F("desk__code"),
    }  # fmt: skip
    return Ask(rows, ["ack_due", "pk"], facts, lambda f: _late(f, reverse("rifc:report", args=[f["thread"]])))


def _late(facts: Facts, url: str) -> Sequence[WorkRow]:
    return _row(facts["number"], url, facts["due"], facts["desk"], "file-text")


def _bulletin_receipts(actor: Actor, now: datetime.datetime) -> Ask:
    rows = BulletinReceipt.objects.visible_to(actor).filter(
        due__lte=now, state__in=sorted(BulletinReceipt.WAITING), bulletin__state__in=["issued", "renewed", "cancelled"]
    )
    facts = {"number": F("bulletin__number"), "key": F("bulletin_id"), "due": F("due"), "desk": F("desk__code")}
    return Ask(rows, ["due", "pk"], facts, lambda f: _late(f, reverse("watch:bulletin", args=[f["key"]])))


def _requests(actor: Actor) -> Ask:
    rows = ReleaseRequest.objects.visible_to(actor).filter(state__in=sorted(ReleaseRequest.OPEN))
    facts = {"key": F("pk"), "number": F("report__number"), "due": F("due_at"), "desk": F("owner__code")}
    return Ask(
        rows,
        ["due_at"],
        facts,
        lambda f: _row(
            pgettext("words, watch", "Release of %(number)s")
            % {"number": f["number"] or pgettext("words, watch", "a draft")},
            reverse("rifc:request", args=[f["key"]]),
            f["due"],
            pgettext("words, watch", "requested by %(desk)s") % {"desk": f["desk"]},
            "send",
        ),
    )


def _questions(actor: Actor, now: datetime.datetime) -> Ask:
    """Requests for information that the desk owes, or is owed, an answer to since their day."""
    rows = Addressee.objects.visible_to(actor).filter(state__in=sorted(Addressee.LIVE), due_at__lte=now)
    rows = rows.filter(Q(owner_id=actor.desk_id) | Q(asker_id=actor.desk_id))
    facts = {"key": F("request_id"), "number": F("number"), "due": F("due_at"), "desk": F("owner__code")}
    return Ask(rows, ["due_at"], facts, lambda f: _late(f, reverse("exchange:request", args=[f["key"]])))


def _recalls(actor: Actor, now: datetime.datetime) -> Ask:
    rows = RecallAck.objects.visible_to(actor).filter(state__in=sorted(RecallAck.WAITING), recall__ack_due__lte=now)
    rows = rows.filter(Q(desk_id=actor.desk_id, user=None) | Q(report_desk_id=actor.desk_id))
    facts = {
        "number": F("report__number"), "thread": F("report__thread"), "due": F("recall__ack_due"),
        "desk": F("desk__code"),
    }  # fmt: skip
    return Ask(rows, ["recall__ack_due"], facts, lambda f: _late(f, reverse("rifc:report", args=[f["thread"]])))


def _ending(actor: Actor, now: datetime.datetime) -> Ask:
    rows = Bulletin.objects.visible_to(actor).filter(
        state__in=sorted(Bulletin.IN_FORCE), valid_to__gt=now, valid_to__lte=now + ending_soon()
    )
    facts = {"number": F("number"), "key": F("pk"), "due": F("valid_to"), "title": F("title")}
    return Ask(
        rows,
        ["valid_to"],
        facts,
        lambda f: _row(f["number"], reverse("watch:bulletin", args=[f["key"]]), f["due"], f["title"], "flag"),
    )


def _unread(actor: Actor) -> Ask:
    seen = Report.objects.visible_to(actor).filter(state=Report.State.SHARED)
    rows = Receipt.objects.visible_to(actor).filter(desk_id=actor.desk_id, user=None, opened_at=None, report__in=seen)
    rows = rows.exclude(state__in=["withdrawn", "void"])
    facts = {"number": F("report__number"), "thread": F("report__thread"), "tlp": F("report__tlp")}
    return Ask(
        rows,
        ["-pk"],
        facts,
        lambda f: _row(f["number"], reverse("rifc:report", args=[f["thread"]]), None, f"TLP:{f['tlp']}", "file-text"),
        most=10,
    )
