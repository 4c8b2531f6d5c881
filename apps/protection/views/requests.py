"""Requests of persons: the list, recording one, one with what the desks noted, what one's own desk sees, the acts."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.protection import actions, policy
from apps.protection.models import SubjectRequest
from apps.protection.queries import answering, gathering, registers

ROWS = 50
CHIPS = {
    "received": ("warn", "clock"),
    "gathered": ("info", "half"),
    "prepared": ("warn", "user-check"),
    "released": ("ok", "check"),
    "withdrawn": ("mute", "undo"),
}


@require_GET
def requests(request: Any) -> HttpResponse:
    """Requests that the seat may see, newest first, by state; the rules on deadlines."""
    actor, state = request.actor, request.GET.get("state", "")
    chosen = state if state in SubjectRequest.State.values else ""
    rows = SubjectRequest.objects.visible_to(actor)
    found, older, newer = cut(rows.filter(state=chosen) if chosen else rows, request.GET, ROWS)
    note_read(request, "subject_request.list", SubjectRequest, rows=len(found))
    today = timezone.now().date()
    context = {
        "lines": [_line(row, today) for row in found],
        "chosen": chosen,
        "states": SubjectRequest.State.choices,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "rules": registers.request_rules(actor, today),
        "may_record": bool(policy.may_record_request(actor, None)),
        "marking": {"level": 1, "caveat": ""},
    }
    return render(request, "protection/requests.html", context)


def _line(row: SubjectRequest, today: Any) -> dict[str, Any]:
    late = row.state in {*SubjectRequest.OPEN, "prepared"} and row.due_on < today
    return {"it": row, "chip": (*CHIPS[row.state], row.get_state_display()), "late": late}


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Record what a person asks for."""
    verdict = policy.may_record_request(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.record, request.actor, None)
    shown: dict[str, Any] = {"title": _("Requests of persons"), "back": reverse("protection:requests")}
    return carry_out(request, REGISTRY["subject_request.record"], None, "jrcc/do.html", _page, run=run, **shown)


def _page(row: Any) -> str:
    return reverse("protection:subjectrequest", args=[row.pk])


def _request(request: Any, pk: Any) -> Any:
    rows = SubjectRequest.objects.visible_to(request.actor).select_related("rule")
    return visible_or_404(rows, request.actor, pk)


@require_GET
def request(request: Any, pk: Any) -> HttpResponse:
    """One request: who asks what, by when, what the desks noted, and the answer."""
    actor, row = request.actor, _request(request, pk)
    note_read(request, "subject_request.read", row)
    sections = registers.sections(actor, row)
    looked = {one.desk for one in sections}
    handles, is_open = bool(policy.may_record_request(actor, row)), row.state in SubjectRequest.OPEN
    context = {
        **_line(row, timezone.now().date()),
        "row": row,
        "sections": [{"it": one, "label": gathering.TOLD[one.kind]} for one in _in_order(sections)],
        "silent": registers.silent(row, sections) if handles and is_open else [],
        "handles": handles,
        "neutral": answering.neutral(),
        # a desk notes what it holds on the page that shows it, so that it has looked
        "offers": buttons(actor, row, partial(_place, row.pk), {"release", "withdraw", "give_back"}, {"gather"}),
        "looks_first": is_open and actor.desk_code not in looked,
        "primary": "release" if row.state == "prepared" else "prepare",
        "version": row.version,
        "marking": {"level": 1, "caveat": ""},
    }
    return render(request, "protection/request.html", context)


def _in_order(sections: list[Any]) -> list[Any]:
    """By book as in the answer, then by desk."""
    books = list(gathering.TOLD)
    return sorted(sections, key=lambda one: (books.index(one.kind), one.desk))


def _place(pk: Any, verb: str) -> str:
    return reverse("protection:request_do", args=[pk, verb])


@require_GET
def held(request: Any, pk: Any) -> HttpResponse:
    """What the seat's own desk sees on the person: what may be told, who is perhaps he, and what is kept back."""
    actor, row = request.actor, _request(request, pk)
    found = gathering.held(actor, row)
    # how much was found stays out of the trail: it would tell a reader of the audit what the answer does not
    note_read(request, "subject_request.look", row)
    context = {
        "row": row,
        "told": [(gathering.TOLD[kind], lines) for kind, lines in found.told.items()],
        "perhaps": found.perhaps,
        "places": [one for one in (*found.places.texts, *found.places.files) if one.told],
        "more": found.places.more,
        "unread": ", ".join(f"{kind} ({count})" for kind, count in found.places.unread.items()),
        "kept_back": list(found.kept_back.items()),
        "may_gather": bool(policy.may_gather(actor, row)) and row.state in SubjectRequest.OPEN,
        "gather": _place(row.pk, "gather"),
        "corrects": row.right == "correction" and actor.function in {"border", "watch"},
        "version": row.version,
        "marking": {"level": 2 if found.kept_back else 1, "caveat": ""},
    }
    return render(request, "protection/held.html", context)


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb of a request, and its try."""
    row = _request(request, pk)
    spec = spec_of("subject_request", verb)
    ask(request.actor, row, spec)
    silent = registers.silent(row, registers.sections(request.actor, row)) if verb == "prepare" else []
    shown = {"title": row.number, "back": _page(row), "silent": silent}
    return carry_out(request, spec, row, "protection/request_do.html", _page, **shown)
