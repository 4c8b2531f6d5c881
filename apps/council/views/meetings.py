"""Pages of the meetings and of their agenda."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.downloads import line_of, state_marking
from apps.access.marking import OFFICIAL, Banner, marked
from apps.access.queries import visible_or_404
from apps.council import policy
from apps.council.forms import meetings as forms
from apps.council.lists import MEMBERS, Coming, Past
from apps.council.lists.meetings import agenda_rows, position_column
from apps.council.models import AgendaItem, Meeting
from apps.council.policy import meetings as rules
from apps.council.queries import agenda, briefs
from apps.council.queries import meetings as queries
from apps.council.queries.calendar import event_of
from apps.council.queries.meetings import title_of
from apps.council.queries.minutes import blocks
from apps.council.views.verbs import council_verbs
from apps.notices.rules.ical import calendar
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

MEETINGS = (pgettext_lazy("link, council", "Meetings"), "council:meetings")


def begun_with(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
    """What the form of a verb holds to begin with."""
    begin = forms.INITIAL.get(spec.verb)
    return {"initial": begin(request.actor, row)} if begin else {}


verbs = council_verbs(
    Meeting,
    "meeting",
    "meetings",
    whence=MEETINGS,
    begin=begun_with,
    elsewhere=frozenset(
        {
            *("call_roll", "note_presence", "join", "leave", "note_no_quorum"),
            *("start_session", "suspend", "resume", "adjourn", "close"),
        }
    ),
)
"""Those that are elsewhere stand in the live room alone, beside who is there."""
item_verbs = council_verbs(
    AgendaItem,
    "item",
    "items",
    whence=MEETINGS,
    elsewhere=frozenset({"open", "ask_for_floor", "give_floor", "yield_floor", "leave_list"}),
)
"""Those that are elsewhere stand in the live room alone, beside what is on the floor."""


def marking(meeting: Meeting | None = None) -> Banner:
    """Who may read a page of the Council."""
    return {**MEMBERS, "level": meeting.level} if meeting else MEMBERS


@require_safe
def meetings(request: Any) -> HttpResponse:
    """Meetings to come, the next one first, then those of the past."""
    return Coming(request).answer(past=Past(request))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def meeting_new(request: Any) -> HttpResponse:
    """Plan a meeting."""
    spec = REGISTRY["meeting.create"]
    refuse_early(request.actor, None, spec)
    onward = lambda done: reverse("council:meeting", args=[done.pk])  # noqa: E731
    title, back = pgettext("words, council", "Meetings"), reverse("council:meetings")
    return answer_form(request, spec, None, TEMPLATE, onward, title=title, back=back)


@require_safe
def meeting(request: Any, pk: Any) -> HttpResponse:
    """One meeting: figures, agenda with papers and the own positions, delegations, minutes."""
    actor = request.actor
    row = visible_or_404(queries.meetings(actor), actor, pk)
    called = queries.delegations(actor, row)
    own = next((one for one in called if one.party_id == actor.party_code), None)
    lines = briefs.lines(actor, row, agenda.papers_of(actor, row), with_positions=own is not None)
    voting = [one for one in called if one.votes]
    context = {
        "meeting": row,
        "title": title_of(row),
        "chip": briefs.state_chip(row),
        "lines": agenda_rows(lines, row),
        "position_column": position_column(actor.party_name) if own else [],
        "own": own,
        "called": [{"it": one, "chip": briefs.credentials_chip(one), "zone": row.time_zone} for one in called],
        "figures": briefs.figures(row, lines, voting, own),
        "may_propose": _may_propose(actor, row, own),
        "offers": verbs.buttons(actor, row),
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
    body = calendar([event_of(row)], name=str(row), portal=portal, now=timezone.now(), marking=line_of(marking(row)))
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    state_marking(answer, marking(row))
    return answer


@require_safe
def item(request: Any, pk: Any) -> HttpResponse:
    """One agenda item: what it is about, its papers and drafts, the own position, and what came of it."""
    actor = request.actor
    rows = AgendaItem.objects.visible_to(actor).select_related("meeting__organ", "originator", "carried_from")
    row = visible_or_404(rows, actor, pk)
    context = {
        "item": row,
        "meeting": row.meeting,
        "chip": (*briefs.ITEM_STATES[row.state], row.get_state_display()),
        "papers": agenda.papers_to(actor, row),
        "decisions": agenda.decisions_to(actor, row),
        "position": queries.position_on(actor, row),
        "may_write": bool(rules.may_write_position(actor, None)) and row.state in AgendaItem.OPEN,
        "earlier": queries.seen(actor, AgendaItem, row.carried_from_id),
        "named": agenda.meeting_named_in(actor, row),
        "offers": item_verbs.buttons(actor, row),
        "marking": marking(row.meeting),
    }
    return render(request, "council/item.html", context)


@require_http_methods(["GET", "POST"])
def item_new(request: Any) -> HttpResponse:
    """Propose an item; `?meeting=` chooses the meeting."""
    spec = REGISTRY["item.propose"]
    refuse_early(request.actor, None, spec)
    wanted = request.GET.get("meeting", "")
    return answer_form(
        request,
        spec,
        None,
        TEMPLATE,
        lambda done: reverse("council:item", args=[done.pk]),
        initial={"meeting": wanted} if wanted else None,
        back=reverse("council:meetings"),
        title=pgettext("words, council", "Meetings"),
        marking=marking(),
    )
