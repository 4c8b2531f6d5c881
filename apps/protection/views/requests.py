"""Requests of persons: the list, recording one, one with what the desks noted, what one's own desk sees, the acts."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.access.urgency import days_late, late_by
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form
from apps.protection import actions, policy, titles
from apps.protection.lists import REQUEST_STATES, UNANSWERED, Requests
from apps.protection.models import SubjectRequest
from apps.protection.queries import answers, held_data, registers


def _prepare(request: Any, row: SubjectRequest, spec: Spec) -> dict[str, Any]:
    """Which desks have not looked yet: the answer that is prepared will say so."""
    silent = registers.silent(row, registers.sections(request.actor, row)) if spec.name == "prepare" else []
    return {"silent": silent}


verbs = VerbPages(
    noun="subject_request",
    address="protection:request_do",
    rows=lambda actor: SubjectRequest.objects.visible_to(actor).select_related("rule"),
    page=lambda row: reverse("protection:subjectrequest", args=[row.pk]),
    title=lambda row: titles.subject_request(row.get_right_display()),
    whence=(gettext_lazy("Data subject requests"), "protection:requests"),
    template="protection/request_do.html",
    prepare=_prepare,
    # a desk notes what it holds on the page that shows it, so that it has looked
    elsewhere={"gather"},
)


@require_GET
def requests(request: Any) -> HttpResponse:
    """Requests that the seat may see, newest first, by state; the rules on deadlines."""
    return Requests(request).answer()


def _line(row: SubjectRequest, today: Any) -> dict[str, Any]:
    late = late_by(days_late(row.due_on, today)) if row.state in UNANSWERED else ""
    return {"it": row, "chip": (*REQUEST_STATES[row.state], row.get_state_display()), "late": late}


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_subject_request(request: Any) -> HttpResponse:
    """Record what a person asks for."""
    verdict = policy.may_record_request(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.record_subject_request, request.actor, None)
    shown: dict[str, Any] = {"title": _("Data subject requests"), "back": reverse("protection:requests")}
    return answer_form(request, REGISTRY["subject_request.record"], None, TEMPLATE, verbs.page, run=run, **shown)


@require_GET
def request(request: Any, pk: Any) -> HttpResponse:
    """One request: who asks what, by when, what the desks noted, and the answer."""
    actor, row = request.actor, verbs.find(request.actor, pk)
    note_read(request, "subject_request.read", row)
    sections = registers.sections(actor, row)
    looked = {one.desk for one in sections}
    handles, is_open = bool(policy.may_record_request(actor, row)), row.state in SubjectRequest.OPEN
    context = {
        **_line(row, timezone.now().date()),
        "row": row,
        "title": titles.subject_request(row.get_right_display()),
        "sections": [{"it": one, "label": held_data.TOLD[one.kind]} for one in _in_order(sections)],
        "silent": registers.silent(row, sections) if handles and is_open else [],
        "handles": handles,
        "neutral": answers.neutral(),
        "offers": verbs.buttons(actor, row),
        "looks_first": is_open and actor.desk_code not in looked,
        "primary": "release" if row.state == "prepared" else "prepare",
        "version": row.version,
        "marking": {"level": 1, "caveat": ""},
    }
    return render(request, "protection/request.html", context)


def _in_order(sections: list[Any]) -> list[Any]:
    """By book as in the answer, then by desk."""
    books = list(held_data.TOLD)
    return sorted(sections, key=lambda one: (books.index(one.kind), one.desk))


@require_GET
def held(request: Any, pk: Any) -> HttpResponse:
    """What the seat's own desk sees on the person: what may be told, who is perhaps they, and what is kept back."""
    actor, row = request.actor, verbs.find(request.actor, pk)
    found = held_data.read_held_data(actor, row)
    # how much was found stays out of the trail: it would tell a reader of the audit what the answer does not
    note_read(request, "subject_request.look", row)
    context = {
        "row": row,
        "told": [(held_data.TOLD[kind], lines) for kind, lines in found.told.items()],
        "perhaps": found.perhaps,
        "places": [one for one in (*found.places.texts, *found.places.files) if one.told],
        "more": found.places.more,
        "unread": ", ".join(f"{kind} ({count})" for kind, count in found.places.unread.items()),
        "kept_back": list(found.kept_back.items()),
        "may_gather": bool(policy.may_gather(actor, row)) and row.state in SubjectRequest.OPEN,
        "gather": verbs.place(row, "gather"),
        "corrects": row.right == "correction" and actor.function in {"border", "watch"},
        "version": row.version,
        "marking": {"level": 2 if found.kept_back else 1, "caveat": ""},
    }
    return render(request, "protection/held.html", context)
