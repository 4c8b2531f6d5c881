"""The inbox of a desk: unread first; reading, opening and receipts by POST alone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.access.declared_actions import offers
from apps.access.marking import Banner, Mark, in_one_line, of, of_list
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.notices import actions, queries
from apps.notices.models import Event, Notice
from apps.people.forms import safe_next

READ_BY_THE_BELL, IN_THE_BELL = 100, 8
"""Notices that the bell looks at, and records of which it tells; the inbox has all."""


@require_GET
def inbox(request: Any) -> HttpResponse:
    """Notices of one's desk, by kind in the address."""
    actor = _asker(request)
    kind = _kind(request.GET)
    rows, older, newer = queries.inbox_page(actor, kind, request.GET)
    rest = {"kind": kind} if kind else {}
    shown = _shown(actor, rows)
    note_read(request, "notice.list", Notice, rows=len(rows))
    context = {
        "rows": shown,
        "marking": _marking(shown),
        "kind": kind,
        "kinds": Event.Kind.choices,
        "here": request.get_full_path(),
        "older": f"?{urlencode({**rest, 'before': older})}" if older else "",
        "newer": f"?{urlencode({**rest, 'after': newer})}" if newer else "",
        "any_unread": any(not row.seen for row in rows),
    }
    return render(request, "notices/inbox.html", context)


@require_GET
def show_bell(request: Any) -> HttpResponse:
    """What the bell shows when it is opened: what is not read, by record; as a page of its own, the inbox."""
    actor = _asker(request)
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect("notices:inbox")
    rows = list(queries.unread(actor).order_by("-pk")[:READ_BY_THE_BELL])
    newest = _newest_of_each(rows)[:IN_THE_BELL]
    shown = _shown(actor, [row for row, _more in newest])
    note_read(request, "notice.list", Notice, rows=len(newest))
    lines = [
        {**line, "more": more, "marked": _word(line["mark"]) if line["it"].title and line["openable"] else ""}
        for line, (_row, more) in zip(shown, newest, strict=True)
    ]
    return render(request, "notices/_bell.html", {"lines": lines, "marking": _marking(shown)})


def _word(mark: Mark) -> str:
    """How a title is marked that stands over a page of another marking; nothing for one without a marking."""
    banner = of(mark)
    return in_one_line(banner) if banner["level"] or banner["label"] else ""


def _newest_of_each(rows: list[Any]) -> list[tuple[Any, int]]:
    """[(the newest notice of a record, how many older ones it has)], the newest first."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.object_type, row.object_id), []).append(row)
    return [(each[0], len(each) - 1) for each in found.values()]


@require_GET
def notice(request: Any, pk: Any) -> HttpResponse:
    """One notice: the page that a mail leads to. Showing it changes nothing."""
    actor = _asker(request)
    row = visible_or_404(queries.inbox(actor), actor, pk)
    shown = _shown(actor, [row])
    note_read(request, "notice.view", row)
    context = {"shown": shown[0], "marking": _marking(shown), "here": request.get_full_path()}
    return render(request, "notices/notice.html", context)


@require_POST
def open_record(request: Any, pk: Any) -> HttpResponse:
    """Mark the notice as read and go to its record; back to the inbox where the record cannot be opened."""
    actor, row = _read(request, pk)
    if not row.page or (row.object_type, row.object_id) not in queries.openable(actor, [row]):
        messages.warning(request, _("Your role at this desk cannot open the record of this notification."))
        return redirect("notices:inbox")
    return redirect(row.page)


@require_POST
def read_notice_page(request: Any, pk: Any) -> HttpResponse:
    """Mark one notice as read, then back to the page that asked."""
    _read(request, pk)
    return redirect(safe_next(request, reverse("notices:inbox")))


@require_POST
def read_all(request: Any) -> HttpResponse:
    """Mark all notices (of the kind that is shown) as read."""
    actor = _asker(request)
    kind = _kind(request.POST)
    if queries.unread(actor, kind).exists():
        actions.read_all_notices(actor, None, kind=kind)
        queries.forget_bell(actor)
    messages.success(request, _("All notifications in this list are marked as read."))
    return redirect(reverse("notices:inbox") + (f"?kind={kind}" if kind else ""))


@require_POST
def acknowledge(request: Any, pk: Any) -> HttpResponse:
    """Give the desk's receipt."""
    actor = _asker(request)
    row = visible_or_404(queries.inbox(actor), actor, pk)
    actions.acknowledge_notice(actor, row)
    queries.forget_bell(actor)
    text = _("%(desk)s has acknowledged receipt of %(number)s.") % {"desk": actor.desk_code, "number": row.number}
    messages.success(request, text)
    return redirect(safe_next(request, reverse("notices:notice", args=[row.pk])))


def _asker(request: Any) -> Any:
    if request.actor is None:
        raise Refused("not-visible")
    return request.actor


def _kind(params: Any) -> str:
    """The kind in the address; an unknown one is as none."""
    kind = params.get("kind", "")
    return kind if kind in Event.Kind.values else ""


def _read(request: Any, pk: Any) -> tuple[Any, Any]:
    actor = _asker(request)
    row = visible_or_404(queries.inbox(actor), actor, pk)
    if not row.seen:
        actions.read_notice(actor, row)
        queries.forget_bell(actor)
    return actor, row


def _shown(actor: Any, rows: list[Any]) -> list[dict[str, Any]]:
    """Notices as a page shows them: with title and address only where the actor may see the record."""
    seen = queries.openable(actor, rows)
    return [_one(actor, row, seen.get((row.object_type, row.object_id))) for row in rows]


def _marking(shown: list[dict[str, Any]]) -> Banner:
    """That of the most sensitive title on the page: a title is marked as the record that it names, wherever it is."""
    titled = [one for one in shown if one["openable"]]
    return of_list([*(one["it"] for one in titled), *(one["mark"] for one in titled if one["it"].title)])


def _one(actor: Any, row: Notice, mark: Mark | None) -> dict[str, Any]:
    openable = mark is not None
    receipt = next((offer for offer in offers(actor, row) if offer.verb == "acknowledge"), None)
    return {
        "it": row,
        "title": (row.title if openable else "") or row.event.label,
        "page": row.page if openable else "",
        "openable": openable,
        "mark": mark,
        "receipt": receipt if row.needs_receipt else None,
    }
