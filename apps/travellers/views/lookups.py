"""Searches for people: asking, what was found, the list, and their review."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.journeys.models import Traveller
from apps.jrcc.queries import dossier, floor
from apps.jrcc.queries.gate import gates
from apps.manifests.queries.receipts import day_words
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form
from apps.travellers import policy, titles
from apps.travellers.actions import lookups as actions
from apps.travellers.lists import Lookups, lookup_line
from apps.travellers.models import Lookup
from apps.travellers.queries import lookups as lookups_queries

verbs = VerbPages(
    noun="lookup",
    address="jrcc:lookup_do",
    rows=Lookup.objects.visible_to,
    page=lambda row: reverse("jrcc:lookup", args=[row.pk]),
    title=lambda _row: titles.lookup(),
    whence=(pgettext_lazy("words, travellers", "Traveller searches"), "jrcc:lookups"),
)


@require_GET
def lookups(request: Any) -> HttpResponse:
    """Own searches; for who decides those of the desk, also those that wait for review alone."""
    return Lookups(request).answer()


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_lookup(request: Any) -> HttpResponse:
    """Ask; on POST the search is made, kept, and its page shown."""
    verdict = policy.may_look_up(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.search_people, request.actor, None)
    onward = lambda done: reverse("jrcc:lookup", args=[done.pk])  # noqa: E731
    spec, title = REGISTRY["lookup.make"], _("Who or what are you looking for?")
    initial = {name: request.GET[name] for name in ("surname", "document", "case") if name in request.GET}
    return answer_form(
        request, spec, None, TEMPLATE, onward, run=run, initial=initial, title=title, back=reverse("jrcc:lookups")
    )


@require_GET
def lookup(request: Any, pk: Any) -> HttpResponse:
    """One search: for who made it with what it finds now, on its own day; for the reviewer without."""
    actor, row = request.actor, verbs.find(request.actor, pk)
    mine = row.user_id == actor.user_id and row.owner_id == actor.desk_id
    shows = mine and bool(row.terms) and row.created_at.date() == timezone.now().date()
    found = lookups_queries.look_up(actor, row.terms) if shows else lookups_queries.Found()
    stand = gates(actor, found.journeys, [(one.it, one.it.journey) for one in found.people])
    note_read(request, "lookup.read", row)
    if shows:
        note_read(request, "traveller.list", Traveller, rows=len(found.people))
    context = {
        "line": lookup_line(row),
        "title": titles.lookup(),
        "mine": mine,
        "shows": shows,
        "more": found.more,
        "people": [_person(one) | {"gate": stand.of_person[one.it.pk]} for one in found.people],
        "journeys": [
            {"it": one, "route": floor.route_of(one), "gate": stand.of_journey[one.pk]} for one in found.journeys
        ],
        "entries": [{"it": one.it, "percent": floor.percent(one.comparison.score)} for one in found.entries],
        "offers": verbs.buttons(actor, row),
        "primary": "review",
        "version": row.version,
        "marking": dossier.MARKING if found.entries else {"level": 1, "caveat": ""},
    }
    return render(request, "jrcc/lookup.html", context)


def _person(found: Any) -> dict[str, Any]:
    one = found.it
    return {
        "it": one,
        "name": floor.name_of(one),
        "born": day_words(one.birth_date),
        "route": floor.route_of(one.journey),
        "percent": floor.percent(found.comparison.score),
        "papers": one.shown,
    }
