"""Searches for people: asking, what was found, the list, and their review."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.actor import DECIDES
from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, dossier, policy, reference
from apps.jrcc.actions import lookups as actions
from apps.jrcc.lookups import queries
from apps.jrcc.models import Lookup, Traveller
from apps.jrcc.receipts import day_words

ROWS = 50
STATES = {
    "kept": ("mute", "check"),
    "due": ("warn", "clock"),
    "questioned": ("warn", "message"),
    "explained": ("info", "message"),
    "in_order": ("ok", "check"),
    "not_in_order": ("bad", "x"),
}


@require_GET
def lookups(request: Any) -> HttpResponse:
    """Own searches; for who decides those of the desk, also those that wait for review alone."""
    actor, filters = request.actor, boards.chosen(request.GET, "state")
    rows = Lookup.objects.visible_to(actor).select_related("hit")
    if filters.get("state") == "waiting":
        rows = rows.filter(state__in=Lookup.WAITING).exclude(user_id=actor.user_id)
    elif filters:
        rows = rows.filter(state=filters["state"])
    found, older, newer = cut(rows, request.GET, ROWS)
    note_read(request, "lookup.list", Lookup, rows=len(found))
    context = {
        "lines": [_line(row) for row in found],
        "filters": filters,
        "states": Lookup.State.choices,
        "decides": actor.rank >= DECIDES,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": {"level": 1, "caveat": ""},
    }
    return render(request, "jrcc/lookups.html", context)


def _line(row: Lookup) -> dict[str, Any]:
    words = {one.code: one.words for one in reference.purposes(row.created_at.date())}
    takes = REGISTRY["lookup.make"].takes
    return {
        "it": row,
        "chip": (*STATES[row.state], row.get_state_display()),
        "purpose": _(words.get(row.purpose, row.purpose)) if row.purpose else "",
        "terms": [(takes[name].label, row.terms[name]) for name in actions.TERMS if name in row.terms],
    }


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Ask; on POST the search is made, kept, and its page shown."""
    verdict = policy.may_look_up(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.make, request.actor, None)
    onward = lambda done: reverse("jrcc:lookup", args=[done.pk])  # noqa: E731
    spec, title = REGISTRY["lookup.make"], _("Whom or what do you look for?")
    initial = {name: request.GET[name] for name in ("surname", "document", "case") if name in request.GET}
    return carry_out(
        request, spec, None, "jrcc/do.html", onward, run=run, initial=initial, title=title, back=reverse("jrcc:lookups")
    )


@require_GET
def lookup(request: Any, pk: Any) -> HttpResponse:
    """One search: for who made it with what it finds now, on its own day; for the reviewer without."""
    actor, row = request.actor, visible_or_404(Lookup.objects.visible_to(request.actor), request.actor, pk)
    mine = row.user_id == actor.user_id and row.owner_id == actor.desk_id
    shows = mine and bool(row.terms) and row.created_at.date() == timezone.now().date()
    found = queries.look_up(actor, row.terms) if shows else queries.Found()
    note_read(request, "lookup.read", row)
    if shows:
        note_read(request, "traveller.list", Traveller, rows=len(found.people))
    context = {
        "line": _line(row),
        "mine": mine,
        "shows": shows,
        "people": [_person(one) for one in found.people],
        "journeys": [{"it": one, "route": boards.route_of(one)} for one in found.journeys],
        "entries": [{"it": one.it, "percent": boards.percent(one.comparison.score)} for one in found.entries],
        "offers": buttons(actor, row, partial(_place, row.pk), ()),
        "primary": "review",
        "version": row.version,
        "marking": dossier.MARKING if found.entries else {"level": 1, "caveat": ""},
    }
    return render(request, "jrcc/lookup.html", context)


def _person(found: Any) -> dict[str, Any]:
    one = found.it
    return {
        "it": one,
        "name": boards.name_of(one),
        "born": day_words(one.birth_date),
        "route": boards.route_of(one.journey),
        "percent": boards.percent(found.comparison.score),
        "papers": one.shown,
    }


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb of a search, and its try."""
    row = visible_or_404(Lookup.objects.visible_to(request.actor), request.actor, pk)
    spec = spec_of("lookup", verb)
    ask(request.actor, row, spec)
    place = reverse("jrcc:lookup", args=[pk])
    title = f"{row.reference}, {row.person}"
    return carry_out(request, spec, row, "jrcc/do.html", lambda _done: place, title=title, back=place)


def _place(pk: Any, verb: str) -> str:
    return reverse("jrcc:lookup_do", args=[pk, verb])
