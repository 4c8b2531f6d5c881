"""One's own pages: what waits, the seat one acts in, how pages look, a form that was kept."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import stream_log
from apps.access.actor import DECIDES
from apps.access.refused import Refused
from apps.audit.models import AuditRecord
from apps.audit.wording import told
from apps.people import actions, desks, waiting
from apps.people.desks import Filters
from apps.people.forms import PreferencesForm, safe_next
from apps.people.kept import forget, kept_for
from apps.people.models import Seat
from apps.people.queries import actor_for, colleagues
from apps.people.waiting import ASKED, COMING, WAITING

LAST_ACTS, SHOWN = 8, 12
"""Acts, and things that come or that others owe, that a panel shows."""


@require_GET
def desk(request: Any) -> HttpResponse:
    """My desk: what waits here by date, what comes, what others owe, my seats, what I did last."""
    actor, since = request.actor, stream_log.here()
    context = _of_seat(request) if actor else {}
    acts = AuditRecord.objects.visible_to(actor).filter(user_id=request.user.pk).order_by("-pk")[:LAST_ACTS]
    return render(request, "people/desk.html", context | {"acts": told(acts, actor), "since": since})


def _of_seat(request: Any) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()
    filters = Filters.read(actor, request.GET)
    panels = waiting.panels(actor)
    own = waiting.own(actor, panels[WAITING])
    request.waiting = desks.remember(actor, own)
    rows = panels[WAITING] if filters.team else own
    shown = [row for row in rows if filters.fits(actor, row)]
    groups = [desks.group_of(row, now, actor.time_zone) for row in own]
    return {
        "total": len(own),
        "late": groups.count("late"),
        "today": groups.count("today"),
        "figures": desks.figures(rows, now, actor.time_zone),
        "shown": shown,
        "groups": desks.grouped(shown, filters.order, now, actor.time_zone),
        "loads": desks.loads(rows, colleagues(actor), now, actor.time_zone) if filters.team else [],
        "names": desks.GROUPS,
        "filters": filters,
        "choices": desks.choices(rows),
        "orders": desks.ORDERS,
        "personal": any(row.seat for row in rows) or filters.mine,
        "leads": actor.rank >= DECIDES,
        "seen": desks.digest(shown),
        "query": _query(filters),
        "now": now,
        "coming": panels[COMING][:SHOWN],
        "asked": panels[ASKED][:SHOWN],
        "more_asked": max(0, len(panels[ASKED]) - SHOWN),
    }


def _query(filters: Filters) -> str:
    """The filters as they stand in an address."""
    said = {"of": filters.of, "mine": filters.mine and "on", "order": filters.order, "team": filters.team and "on"}
    return urlencode({name: value for name, value in said.items() if value})


@require_GET
def desk_news(request: Any) -> HttpResponse:
    """Whether the list that a page shows is still the list, for its live line; as a page of its own, My desk."""
    if request.headers.get("HX-Request-Type") != "partial" or request.actor is None:
        return redirect("people:desk")
    actor, filters = request.actor, Filters.read(request.actor, request.GET)
    rows = waiting.panels(actor, WAITING)[WAITING]
    own = waiting.own(actor, rows)
    desks.remember(actor, own)
    shown = [row for row in (rows if filters.team else own) if filters.fits(actor, row)]
    changed = desks.digest(shown) != request.GET.get("seen")
    context = {"changed": changed, "count": len(shown), "query": _query(filters)}
    return render(request, "people/_desk_news.html", context)


@require_GET
def counts(request: Any) -> HttpResponse:
    """The rail with fresh numbers of what waits, for pages whose numbers are too old; as a page of its own, My desk."""
    if request.headers.get("HX-Request-Type") != "partial" or request.actor is None:
        return redirect("people:desk")
    request.waiting = desks.remember(request.actor, waiting.waiting_for(request.actor))
    return render(request, "components/rail.html")


@require_POST
def switch_seat(request: Any) -> HttpResponse:
    """Act in another of one's own seats from now on, under a new session key."""
    wanted = request.POST.get("seat", "")
    here = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    actor = actor_for(request.user, wanted, **here) if wanted.isdecimal() and len(wanted) < 19 else None
    if actor is None:
        raise Refused("not-visible")
    actions.switch_seat(actor, Seat.objects.visible_to(actor).get(pk=actor.seat_id))
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
