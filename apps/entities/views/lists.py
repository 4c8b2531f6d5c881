"""Lists: persons and things, who was seen where, what two parties hold alike."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import pagination
from apps.access.declared_actions import REGISTRY
from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.entities import policy
from apps.entities.lists import make_grid
from apps.entities.models import Assertion, Entity, MatchPolicy, SilentHit
from apps.entities.queries import entities as queries
from apps.entities.queries import pages, shared_identifiers, sources, words
from apps.exchange.forms import answer_choice
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

PAGE = 50


@require_GET
def things(request: Any) -> HttpResponse:
    """Persons and things, the newest fact first; `?q=` an identifier or a name, `?type=`."""
    actor = request.actor
    asked = " ".join(request.GET.get("q", "").split())[:200]
    kind = request.GET.get("type", "")
    kind = kind if kind in dict(words.types()) else ""
    older = newer = None
    if asked:
        titles = queries.search_entities(actor, asked, kind)
    else:
        try:
            pagination.key(Assertion, request.GET, "after")
            before = pagination.key(Assertion, request.GET, "before")
            rows, older, newer = pagination.cut(queries.newest(actor, kind, before), request.GET, PAGE)
        except ValidationError as wrong:
            raise Refused("not-visible") from wrong
        known = queries.titles(actor, [row.entity_id for row in rows])
        titles = [known[row.entity_id] for row in rows if row.entity_id in known]
    found = sources.sources(actor, titles)
    note_read(request, "entity.list", Entity, rows=len(titles))
    context = {
        "rows": [{"it": one, "source": found.get(sources.key_of(one))} for one in titles],
        "q": asked,
        "type": kind,
        "types": words.types(),
        "narrowed": bool(asked or kind),
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "watches": actor.desk_code == "RIFC.watch" or actor.function == "contact",
        "marking": sources.marking(found.values()),
    }
    return render(request, "entities/things.html", context)


@require_GET
def matrix(request: Any) -> HttpResponse:
    """Who was seen where."""
    shown = pages.matrix(request.actor)
    note_read(request, "entity.list", Entity, rows=len(shown.rows))
    return render(
        request, "entities/matrix.html", {"matrix": shown, "grid": make_grid(shown), "marking": shown.marking}
    )


@require_GET
def silent(request: Any) -> HttpResponse:
    """What two parties hold alike: for RIFC's watch, and for points of contact whose party lets it be said."""
    actor = request.actor
    rows = list(SilentHit.objects.visible_to(actor).order_by("-pk")[:100])
    facts = shared_identifiers.own_facts(actor, rows) if rows else {}
    context = {
        "rows": [
            {
                "it": row,
                "label": words.field_label(row.field),
                "facts": facts.get(row.mark, []),
                "may_close": row.state == "open" and bool(policy.is_watch(actor, row)),
            }
            for row in rows
        ],
        "watch": actor.desk_code == "RIFC.watch",
        "marking": of(*rows, least=1, intelligence=True),
    }
    return render(request, "entities/silent.html", context)


@require_GET
def silent_one(request: Any, pk: Any) -> HttpResponse:
    """Where a notice leads: the list, if the record is there for the seat."""
    visible_or_404(SilentHit, request.actor, pk)
    return silent(request)


@require_http_methods(["GET", "POST"])
def silent_close(request: Any, pk: Any) -> HttpResponse:
    """Close one, with what was done."""
    row = visible_or_404(SilentHit, request.actor, pk)
    spec = REGISTRY["silent_hit.close"]
    if request.method == "GET":
        refuse_early(request.actor, row, spec)
    back = reverse("entities:silent")
    marking = of(row, intelligence=True)
    title = _("Held by another party")
    return answer_form(request, spec, row, TEMPLATE, lambda _done: back, back=back, title=title, marking=marking)


@require_http_methods(["GET", "POST"])
def choice(request: Any) -> HttpResponse:
    """What the party lets be said of identifiers that another one holds as well."""
    about = _("Identifiers in two parties' reports are compared by keyed hashes. This sets who learns of a match.")
    back = reverse("entities:silent")
    return answer_choice(request, "silent_policy.choose", MatchPolicy, about, back, _("Held by another party"))
