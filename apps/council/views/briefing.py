"""A ministry's own pages: its positions, and its brief for a meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.models import AgendaItem, Position
from apps.council.queries import briefing
from apps.council.queries import meetings as queries
from apps.council.views import acts
from apps.council.views.meetings import begun, title_of


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
        "offers": acts.buttons(actor, row, "positions"),
        "marking": _own_only(actor),
    }
    return render(request, "council/position.html", context)


@require_http_methods(["GET", "POST"])
def position_new(request: Any, pk: Any) -> HttpResponse:
    """Write the position on an item; one that is there already is changed instead."""
    actor = request.actor
    item = visible_or_404(AgendaItem, actor, pk)
    spec = begun(request, "position.write")
    written = queries.position_on(actor, item)
    if written is not None:
        return redirect("council:act", "positions", written.pk, "change")
    back = reverse("council:item", args=[item.pk])
    return acts.carry_out(
        request,
        spec,
        None,
        lambda done: back,
        initial={"item": str(item.pk)},
        back=back,
        whence=item.title,
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
    lines = briefing.lines(actor, row, with_positions=True)
    voting = [one for one in called if one.votes]
    briefing.expect_votes(row, lines, voting)
    context = {
        "meeting": row,
        "title": title_of(row),
        "own": own,
        "days": briefing.days_to(row),
        "lines": lines,
        "missing": [line for line in lines if line.to_write],
        "changed": [line for line in lines if line.late or line.changed],
        "votes": [line for line in lines if line.expected],
        "quorum": briefing.quorum(row, voting),
        "coming": sum(one.answer == "accepted" for one in voting),
        "open_items": briefing.own_open_items(actor),
        "marking": _own_only(actor),
    }
    return render(request, "council/briefing.html", context)
