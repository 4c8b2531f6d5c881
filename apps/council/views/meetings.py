"""Pages of the meetings and of their agenda."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.access import paging
from apps.access.doors import REGISTRY, Spec
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council import policy
from apps.council.calendar import event_of
from apps.council.forms import meetings as forms
from apps.council.models import AgendaItem, Meeting
from apps.council.policy import meetings as rules
from apps.council.queries import agenda, briefing
from apps.council.queries import meetings as queries
from apps.council.queries.minutes import blocks
from apps.council.rules.titles import meeting_name
from apps.council.views import acts
from apps.notices.ical import calendar

PAGE = 30
acts.INITIAL.update(forms.INITIAL)


def marking(meeting: Meeting | None = None) -> dict[str, Any]:
    """Who may read a page of the Council."""
    return {"level": meeting.level if meeting else 1, "caveat": _("CARICOM Member States and IMPACS only")}


def title_of(meeting: Meeting) -> str:
    """ "Fifth Meeting, Council for National Security and Law Enforcement"."""
    return f"{meeting_name(meeting.number, meeting.kind)}, {meeting.organ.name}"


@require_safe
def meetings(request: Any) -> HttpResponse:
    """Meetings to come, the next one first, then those of the past."""
    actor = request.actor
    past, older, newer = paging.cut(queries.over(actor), request.GET, PAGE)
    context = {
        "coming": [(row, title_of(row), briefing.state_chip(row)) for row in queries.coming(actor)],
        "past": [(row, title_of(row), briefing.state_chip(row)) for row in past],
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "may_plan": bool(policy.may_keep(actor, None)),
        "marking": marking(),
    }
    return render(request, "council/meetings.html", context)


def begun(request: Any, verb: str) -> Spec:
    """The spec of a creating verb; Refused before anything is typed by a seat that may not."""
    spec = REGISTRY[verb]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return spec


@require_http_methods(["GET", "POST"])
def meeting_new(request: Any) -> HttpResponse:
    """Plan a meeting."""
    spec = begun(request, "meeting.create")
    onward = lambda done: reverse("council:meeting", args=[done.pk])  # noqa: E731
    return acts.carry_out(request, spec, None, onward, back=reverse("council:meetings"), whence=_("Meetings"))


@require_safe
def meeting(request: Any, pk: Any) -> HttpResponse:
    """One meeting: figures, agenda with papers and the own positions, delegations, minutes."""
    actor = request.actor
    row = visible_or_404(queries.meetings(actor), actor, pk)
    called = queries.delegations(actor, row)
    own = next((one for one in called if one.party_id == actor.party_code), None)
    lines = briefing.lines(actor, row, with_positions=own is not None)
    voting = [one for one in called if one.votes]
    context = {
        "meeting": row,
        "title": title_of(row),
        "chip": briefing.state_chip(row),
        "lines": lines,
        "own": own,
        "called": [(one, briefing.credentials_chip(one)) for one in called],
        "figures": briefing.figures(row, lines, voting, own),
        "may_propose": _may_propose(actor, row, own),
        "offers": acts.buttons(actor, row, "meetings"),
        "minutes": list(blocks(row.minutes)),
        "corrections": queries.corrections(actor, row),
        "marking": marking(row),
    }
    return render(request, "council/meeting.html", context)


def _may_propose(actor: Any, row: Meeting, own: Any) -> bool:
    if not policy.may_propose(actor, None) or (own is not None and not own.votes):
        return False
    return row.state == Meeting.State.AGENDA_OPEN or (
        row.state in rules.LATE_BY_CHAIR and bool(rules.may_add_late(actor, row))
    )


@require_safe
def meeting_calendar(request: Any, pk: Any) -> HttpResponse:
    """The meeting for one's own calendar: number, place and time."""
    row = visible_or_404(Meeting, request.actor, pk)
    portal = settings.PORTAL_URL
    body = calendar([event_of(row)], name=str(row), portal=portal, now=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def item(request: Any, pk: Any) -> HttpResponse:
    """One agenda item: what it is about, its papers and drafts, the own position, and what came of it."""
    actor = request.actor
    rows = AgendaItem.objects.visible_to(actor).select_related("meeting__organ", "originator", "carried_from")
    row = visible_or_404(rows, actor, pk)
    context = {
        "item": row,
        "meeting": row.meeting,
        "chip": (*briefing.ITEM_STATES[row.state], row.get_state_display()),
        "papers": agenda.papers_to(actor, row),
        "decisions": agenda.decisions_to(actor, row),
        "position": queries.position_on(actor, row),
        "may_write": bool(rules.may_write_position(actor, None)) and row.state in AgendaItem.OPEN,
        "earlier": queries.seen(actor, AgendaItem, row.carried_from_id),
        "named": agenda.meeting_named_in(actor, row),
        "offers": acts.buttons(actor, row, "items"),
        "marking": marking(row.meeting),
    }
    return render(request, "council/item.html", context)


@require_http_methods(["GET", "POST"])
def item_new(request: Any) -> HttpResponse:
    """Propose an item; `?meeting=` chooses the meeting."""
    spec = begun(request, "item.propose")
    wanted = request.GET.get("meeting", "")
    here = reverse("council:meetings")
    return acts.carry_out(
        request,
        spec,
        None,
        lambda done: reverse("council:item", args=[done.pk]),
        initial={"meeting": wanted} if wanted else None,
        back=here,
        whence=_("Meetings"),
        marking=marking(),
    )
