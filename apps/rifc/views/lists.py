"""Boxes of reports: received, sent, in writing, and what is open to the whole community."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import pagination
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.actions import receipts as acts
from apps.rifc.lists.reports import receipt_chip
from apps.rifc.models import Report
from apps.rifc.queries import report_pages, shares, vocabulary
from apps.rifc.queries import reports as queries
from apps.rifc.rules.facts import TLP

PAGE = 50
BOXES = [
    ("inbox", pgettext_lazy("words, rifc", "Received"), _("Sent to your desk, or to you by name.")),
    ("sent", pgettext_lazy("tab, rifc", "Sent"), _("Shared by your desk, with who has opened them.")),
    ("drafts", pgettext_lazy("words, rifc", "Drafts"), _("Only your desk sees these.")),
    ("community", _("Open to all"), _("TLP:GREEN and CLEAR, for the whole community.")),
]


@require_GET
def reports(request: Any) -> HttpResponse:
    """Reports of a box, newest first; `?q=` words or a number, `?category=`, `?tlp=`, `?from=`, `?unanswered=1`."""
    actor = request.actor
    asked = _asked(request.GET, actor)
    try:
        pagination.key(Report, request.GET, "after")
        before = pagination.key(Report, request.GET, "before")
        rows, older, newer = pagination.cut(_narrowed(actor, asked, before), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    mine = shares.own_receipts(actor, rows) if rows else {}
    if asked["box"] == "inbox":
        fresh = [one for one in mine.values() if one.state == "sent"]
        if fresh:
            acts.deliver_rifc_report(actor, fresh[0], also_of=[one.pk for one in fresh])
    context = {
        "rows": [
            {"it": row, "mine": own, "chip": receipt_chip(own) if own else None}
            for row in rows
            for own in [mine.get(row.pk)]
        ],
        "asked": asked,
        "boxes": BOXES,
        "said": dict((code, text) for code, _label, text in BOXES)[asked["box"]],
        "narrowed": any(value for name, value in asked.items() if name != "box"),
        "categories": vocabulary.choices("threat_category"),
        "labels": TLP,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_write(actor, None)),
        "marking": report_pages.highest(rows),
    }
    return render(request, "rifc/reports.html", context)


def _asked(params: Any, actor: Any) -> dict[str, str]:
    """The filters of the address; a value that is none of the choices is left out."""
    box = params.get("box", "inbox")
    category, tlp = params.get("category", ""), params.get("tlp", "")
    return {
        "box": box if box in queries.BOXES else "inbox",
        "q": params.get("q", "").strip()[:200],
        "category": category if category in dict(vocabulary.choices("threat_category")) else "",
        "tlp": tlp if tlp in TLP else "",
        "from": params.get("from", "").strip().upper()[:8],
        "unanswered": "1" if params.get("unanswered") == "1" else "",
    }


def _narrowed(actor: Any, asked: dict[str, str], before: Any) -> Any:
    rows = queries.boxed(queries.rows(actor, before), asked["box"], actor)
    rows = queries.worded(rows, asked["q"])
    if asked["category"]:
        rows = rows.filter(threat_categories__contains=[asked["category"]])
    if asked["tlp"]:
        rows = rows.filter(tlp=asked["tlp"])
    if asked["from"]:
        rows = rows.filter(originator=asked["from"])
    return queries.unanswered(rows, actor) if asked["unanswered"] else rows
