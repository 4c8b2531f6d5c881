"""A ministry's own pages: its positions, and its brief for a meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.declared_actions import REGISTRY
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.models import AgendaItem, Position
from apps.council.papers.queries.papers import unread_keys
from apps.council.queries import agenda, briefs
from apps.council.queries import meetings as queries
from apps.council.queries.meetings import title_of
from apps.council.views.meetings import MEETINGS, begun_with
from apps.council.views.verbs import council_verbs
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

verbs = council_verbs(Position, "position", "positions", whence=MEETINGS, begin=begun_with)


def _own_only(actor: Any) -> dict[str, Any]:
    return {"level": 1, "caveat": _("Ministry of %(party)s only") % {"party": actor.party_name}}


@require_safe
def position(request: Any, pk: Any) -> HttpResponse:
    """What the own State means to say on an item."""
    actor = request.actor
    row = visible_or_404(Position, actor, pk)
    note_read(request, "position.read", row)
    context = {
        "position": row,
        "item": queries.seen(actor, AgendaItem, row.item_id),
        "offers": verbs.buttons(actor, row),
        "marking": _own_only(actor),
    }
    return render(request, "council/position.html", context)


@require_http_methods(["GET", "POST"])
def position_new(request: Any, pk: Any) -> HttpResponse:
    """Write the position on an item; one that is there already is changed instead."""
    actor = request.actor
    item = visible_or_404(AgendaItem, actor, pk)
    spec = REGISTRY["position.write"]
    refuse_early(actor, None, spec)
    written = queries.position_on(actor, item)
    if written is not None:
        return redirect("council:act", "positions", written.pk, "change")
    back = reverse("council:item", args=[item.pk])
    return answer_form(
        request,
        spec,
        None,
        TEMPLATE,
        lambda done: back,
        initial={"item": str(item.pk)},
        back=back,
        title=item.title,
        marking=_own_only(actor),
    )


@require_safe
def brief(request: Any, pk: Any) -> HttpResponse:
    """What a ministry has to read, decide, answer and write before a meeting, on one sheet."""
    actor = request.actor
    row = visible_or_404(queries.meetings(actor), actor, pk)
    called = queries.delegations(actor, row)
    own = next((one for one in called if one.party_id == actor.party_code), None)
    if own is None:
        raise Refused("not-visible")
    papers = agenda.papers_of(actor, row)
    lines = briefs.lines(actor, row, papers, with_positions=True)
    voting = [one for one in called if one.votes]
    briefs.expect_votes(row, lines, voting)
    context = {
        "meeting": row,
        "title": title_of(row),
        "own": own,
        "days": briefs.days_to(row),
        "lines": lines,
        "papers": papers.get(None, []),
        "unread": unread_keys(actor, [paper for each in papers.values() for paper in each]),
        "missing": [line for line in lines if line.to_write],
        "changed": [line for line in lines if line.late or line.changed],
        "votes": [line for line in lines if line.expected],
        "quorum": briefs.quorum(row, voting),
        "coming": sum(one.answer == "accepted" for one in voting),
        "open_items": briefs.own_open_items(actor),
        "marking": _own_only(actor),
    }
    return render(request, "council/briefing.html", context)
