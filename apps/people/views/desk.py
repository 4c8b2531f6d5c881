"""One's own pages: what waits, the seat one acts in, how pages look, a form that was kept."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import stream_log
from apps.access.actor import Actor
from apps.access.marking import OFFICIAL, marked, of_list
from apps.access.refusal import Refused
from apps.access.urgency import OVERDUE, TODAY, urgency_of
from apps.audit.models import AuditRecord
from apps.audit.sentences import told
from apps.people import actions
from apps.people.forms import PreferencesForm, safe_next
from apps.people.models import Seat
from apps.people.queries import actor_for, colleagues, my_work, work
from apps.people.queries.my_work import DONE, WAITING_FOR_OTHERS, Filters
from apps.people.queries.saved_input import forget, kept_for
from apps.people.queries.work import ASKED, COMING, WAITING

LAST_ACTS, SHOWN = 50, 12
"""Acts that a tab shows, and things that come that a panel does."""


@require_GET
def desk(request: Any) -> HttpResponse:
    """My work: what waits here by date; what others owe, or what I did last, as a tab of its own; what comes."""
    actor, since = request.actor, stream_log.here()
    context = _of_seat(request) if actor else {}
    acts = _last_acts(request) if actor and context["filters"].show == DONE else []
    rows = [row.mark for panel in ("shown", "coming", "asked") for row in context.get(panel, ())]
    context |= {"acts": told(acts, actor), "since": since, "marking": of_list([*rows, *acts])}
    return render(request, "people/desk.html", context)


def _last_acts(request: Any) -> list[AuditRecord]:
    own = AuditRecord.objects.visible_to(request.actor).filter(user_id=request.user.pk)
    return list(own.order_by("-pk")[:LAST_ACTS])


def _of_seat(request: Any) -> dict[str, Any]:
    """What every tab shows, and what only that one does which is asked for."""
    actor, now = request.actor, timezone.now()
    filters = Filters.read(actor, request.GET)
    owed = filters.show == WAITING_FOR_OTHERS
    panels = work.panels(actor, WAITING, COMING, *([ASKED] if owed else []))
    own = work.own(actor, panels[WAITING])
    request.waiting = my_work.remember(actor, own)
    groups = [urgency_of(row.due, now, actor.time_zone) for row in own]
    context = {
        "total": len(own),
        "overdue": groups.count(OVERDUE),
        "today": groups.count(TODAY),
        "filters": filters,
        "now": now,
        "coming": panels[COMING][:SHOWN],
        "asked": panels.get(ASKED, []),
    }
    return context if filters.show else context | _needed(actor, filters, panels[WAITING] if filters.team else own, now)


def _needed(actor: Actor, filters: Filters, rows: list[work.WorkRow], now: datetime) -> dict[str, Any]:
    """What needs the seat, or the whole team."""
    shown = [row for row in rows if filters.fits(actor, row)]
    return {
        "figures": my_work.figures(rows, now, actor.time_zone),
        "shown": shown,
        "groups": my_work.grouped(shown, filters.order, now, actor.time_zone),
        "loads": my_work.loads(rows, colleagues(actor), now, actor.time_zone) if filters.team else [],
        "choices": my_work.choices(rows),
        "orders": my_work.ORDERS,
        "personal": any(row.seat for row in rows) or filters.mine,
        "seen": my_work.digest(shown),
        "query": _query(filters),
    }


def _query(filters: Filters) -> str:
    """The filters as they stand in an address."""
    said = {"of": filters.of, "mine": filters.mine and "on", "order": filters.order, "team": filters.team and "on"}
    return urlencode({name: value for name, value in said.items() if value})


@require_GET
def desk_news(request: Any) -> HttpResponse:
    """Whether the list that a page shows is still the list, for its live line; as a page of its own, My work."""
    if request.headers.get("HX-Request-Type") != "partial" or request.actor is None:
        return redirect("people:desk")
    actor, filters = request.actor, Filters.read(request.actor, request.GET)
    rows = work.panels(actor, WAITING)[WAITING]
    own = work.own(actor, rows)
    my_work.remember(actor, own)
    shown = [row for row in (rows if filters.team else own) if filters.fits(actor, row)]
    changed = my_work.digest(shown) != request.GET.get("seen")
    context = {"changed": changed, "count": len(shown), "query": _query(filters)}
    return render(request, "people/_desk_news.html", context)


@require_GET
def counts(request: Any) -> HttpResponse:
    """Rail and tabs with fresh numbers of what waits, after a change; as a page of its own, My work."""
    if request.headers.get("HX-Request-Type") != "partial" or request.actor is None:
        return redirect("people:desk")
    request.waiting = my_work.count(request.actor)
    return render(request, "people/_counts.html")


@require_POST
def switch_seat(request: Any) -> HttpResponse:
    """Act in another of one's own seats from now on, under a new session key."""
    wanted = request.POST.get("seat", "")
    here = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    actor = actor_for(request.user, wanted, **here) if wanted.isdecimal() and len(wanted) < 19 else None
    if actor is None:
        raise Refused("not-visible")
    actions.switch_desk(actor, Seat.objects.visible_to(actor).get(pk=actor.seat_id))
    before = request.session.session_key
    request.session["seat"] = actor.seat_id
    request.session.cycle_key()
    actions.session_moved(before, request.session.session_key)
    return redirect("home")


@require_POST
def preferences(request: Any) -> HttpResponse:
    """Theme and density of one's pages, then back to the page that asked."""
    actions.prefer(request.user, **PreferencesForm(request.POST).wishes())
    return redirect(safe_next(request, reverse("home")))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def kept_form(request: Any) -> HttpResponse:
    """What was typed when the session ended, to be sent now; POST throws it away. Home when nothing is kept."""
    if request.method == "POST":
        response = redirect("home")
        forget(request, response)
        return response
    form = kept_for(request)
    if form is None:
        return redirect("home")
    shown = [(name, value) for name, value in form["fields"] if not name.startswith("_") and value]
    return render(request, "people/kept.html", {"kept": form, "shown": shown})
