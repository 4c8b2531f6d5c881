"""The board of requests, and the overview of who asks whom for those who chase what is late."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.access import pagination
from apps.access.actor import WORKS
from apps.access.forms import posted_version
from apps.access.marking import Banner, of
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.exchange.actions import clock as acts
from apps.exchange.models import Addressee, Overlap, Request
from apps.exchange.queries import requests as queries
from apps.exchange.queries import routes as overview_of
from apps.exchange.queries import vocabulary
from apps.exchange.rules import lines

PAGE = 50
BOXES = [
    ("received", _("Received by us"), _("Requests to your desk. “We hold nothing” is an answer, and so is a refusal.")),
    ("asked", _("Sent by us"), _("Requests from your desk, with the status at each desk asked.")),
]
SHOWN = [
    ("open", pgettext_lazy("tab, exchange", "Open")),
    ("late", pgettext_lazy("words, exchange", "Overdue")),
    ("all", pgettext_lazy("words, exchange", "All")),
]


@require_GET
def requests(request: Any) -> HttpResponse:
    """A box, newest first; `?q=` words or a number, `?priority=`, `?show=open|late|all`."""
    actor = request.actor
    asked = _asked(request.GET)
    try:
        pagination.key(Request, request.GET, "after")
        before = pagination.key(Request, request.GET, "before")
        rows, older, newer = pagination.cut(_narrowed(actor, asked, before), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    mine = queries.own_parts(actor, rows) if asked["box"] == "received" and rows else {}
    parts = queries.parts(actor, rows) if asked["box"] == "asked" and rows else {}
    shown = [_row(row, mine.get(row.pk), parts.get(row.pk, [])) for row in rows]
    context = {
        "rows": shown,
        "asked": asked,
        "boxes": BOXES,
        "shown": SHOWN,
        "said": dict((code, text) for code, _label, text in BOXES)[asked["box"]],
        "narrowed": asked["q"] or asked["priority"] or asked["show"] != "open",
        "priorities": vocabulary.choices("priority"),
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": actor.rank >= WORKS,
        "overview": overviews(actor),
        "marking": marking(*(mine.get(row.pk) or row for row in rows)),
    }
    return render(request, "exchange/requests.html", context)


def _row(row: Request, part: Any, parts: Any) -> dict[str, Any]:
    """A row of the board, of the part where the desk is asked."""
    it = part or row
    subject = queries.subject_of(part) if part else row.subject
    done = sum(one.state not in Addressee.LIVE for one in parts)
    from_whom = part.asker if part else None
    return {
        "pk": row.pk,
        "number": row.number,
        "subject": subject,
        "tlp": it.tlp,
        "level": it.level,
        "state": it.state,
        "label": it.get_state_display(),
        "due": it.due_at,
        "waits": part.state in Addressee.LIVE if part else it.state in Request.OPEN,
        "priority": vocabulary.label_of("priority", row.priority),
        "asker": from_whom,
        "done": done,
        "of": len(parts),
        "more_time": any(one.extension_due for one in parts),
    }


def marking(*shown: Any, least: int = 0) -> Banner:
    """The banner of requests, parts of them, answers and texts that a page shows."""
    return of(*shown, least=least, intelligence=True)


def overviews(actor: Any) -> bool:
    """Whether the seat reads who asks whom: a line's watch, and a State's point of contact."""
    return actor.function == "contact" or bool(lines.watched_by(actor.desk_code))


def _asked(params: Any) -> dict[str, str]:
    """The filters of the address; a value that is none of the choices is left out."""
    box, show, priority = params.get("box", "received"), params.get("show", "open"), params.get("priority", "")
    return {
        "box": box if box in queries.BOXES else "received",
        "show": show if show in dict(SHOWN) else "open",
        "priority": priority if priority in dict(vocabulary.choices("priority")) else "",
        "q": params.get("q", "").replace("\x00", "").strip()[:200],
    }


def _narrowed(actor: Any, asked: dict[str, str], before: Any) -> Any:
    rows = queries.worded(queries.boxed(queries.known(actor, before), asked["box"], actor), asked["q"], actor)
    if asked["priority"]:
        rows = rows.filter(priority=asked["priority"])
    if asked["show"] == "open":
        return queries.open_ones(rows, actor)
    return queries.late_ones(rows, actor) if asked["show"] == "late" else rows


@require_GET
def overview(request: Any) -> HttpResponse:
    """Who asks whom, how far it is, until when: numbers and desks, no word of what is asked."""
    actor = request.actor
    if not overviews(actor):
        raise Refused("not-visible")
    show = request.GET.get("show", "open")
    show = show if show in dict(SHOWN) else "open"
    party = request.GET.get("party", "").replace("\x00", "").strip().upper()[:8]
    context = {
        "rows": overview_of.routes(actor, show, party),
        "overlaps": overview_of.overlaps(actor),
        "watches": bool(lines.watched_by(actor.desk_code)),
        "shown": SHOWN,
        "show": show,
        "party": party,
        "marking": marking(least=1),
    }
    return render(request, "exchange/overview.html", context)


@require_GET
def route(request: Any, pk: Any) -> HttpResponse:
    """The place in the overview that a notice tells of."""
    row = overview_of.route(request.actor, pk)
    if row is None:
        raise Refused("not-visible")
    return redirect(f"{reverse('exchange:overview')}?show=all&party={row['owner__code'].partition('.')[0]}")


@require_GET
def overlap(request: Any, pk: Any) -> HttpResponse:
    """The place in the overview that a notice of one subject tells of."""
    visible_or_404(Overlap, request.actor, pk)
    return redirect(f"{reverse('exchange:overview')}#same")


@require_POST
def settle(request: Any, pk: Any) -> HttpResponse:
    """The parties were brought together, or there is no need."""
    row = visible_or_404(Overlap, request.actor, pk)
    acts.settle_overlap(request.actor, row, version=posted_version(request))
    return redirect(f"{reverse('exchange:overview')}#same")
