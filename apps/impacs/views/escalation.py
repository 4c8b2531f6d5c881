"""Escalations: the list, one of them with what can be done, and the part that pages of actions and tasks show."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from apps.access import pagination
from apps.access.declared_actions import offers
from apps.access.forms import form_for, form_for_verb, posted_version, put_faults
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.impacs import titles
from apps.impacs.forms.escalation import Chosen
from apps.impacs.models import Escalation, Office
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries import escalation as queries
from apps.impacs.queries.subjects import SOURCES, shown_of, with_subject
from apps.pages.verb_pages import find_verb
from apps.people.queries import states_on

ON_A_PAGE = 50
DONE = {
    "acknowledge": _("Answer recorded. Escalation is paused."),
    "pass_on": _("The minister's office has been notified."),
    "put_on_list": _("The meeting's report will name the matter."),
}


@require_GET
def escalations(request: Any) -> HttpResponse:
    """What was raised and the seat may see, newest first; filters stand in the address."""
    actor, chosen = request.actor, Chosen.read(request.GET)
    rows = with_subject(actor, chosen.narrowed(Escalation.objects.visible_to(actor)))
    rows = rows.select_related("party", "owner", "meeting")
    try:
        found, older, newer = pagination.cut(rows, request.GET, ON_A_PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    rest = urlencode(chosen.as_query())
    today = today_of(actor)
    context = {
        "rows": [
            {"row": row, "title": _title(row, today), "mine": row.seats and actor.seat_id in row.seats} for row in found
        ],
        "chosen": chosen,
        "offices": Office.choices,
        "states": states_on(today) if actor.party_code == "IMPACS" else [],
        "older": older and f"?{older}{'&' if rest else ''}{rest}",
        "newer": newer and f"?{newer}{'&' if rest else ''}{rest}",
        "marking": {"level": max((row.level for row in found), default=1)},
    }
    return render(request, "impacs/escalations.html", context)


@require_GET
def escalation(request: Any, pk: Any) -> HttpResponse:
    """One escalation: of what, to whom, what was answered, what the seat may do."""
    return _page(request, _row(request.actor, pk))


def _row(actor: Any, pk: Any) -> Any:
    rows = with_subject(actor, Escalation.objects.visible_to(actor))
    return visible_or_404(rows.select_related("party", "owner__function", "meeting"), actor, pk)


def _title(row: Any, today: datetime.date) -> str:
    return titles.escalation(row.party.short_name, row.due_on, row.about, today)


def _page(request: Any, row: Any, sent: Any = None, verb: str = "", status: int = 200) -> HttpResponse:
    actor = request.actor
    allowed = [offer for offer in offers(actor, row) if offer.allowed]
    forms = [(one, sent if one.verb == verb else form_for_verb(one.spec.verb)(actor=actor, row=row)) for one in allowed]
    text, page = shown_of(actor, row.subject_type, row.subject_id)
    context = {
        "row": row,
        "title": _title(row, today_of(actor)),
        "text": text,
        "page": page,
        "forms": forms,
        "form": sent,
        "steps": queries.of_subject(actor, row.subject_type, row.subject_id),
        "version": posted_version(request) or row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/escalation.html", context, status=status)


@require_POST
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb; what was typed stays in the form when it is refused."""
    spec = find_verb("escalation", verb)
    row = _row(request.actor, pk)
    form = form_for(spec)(request.POST, actor=request.actor, row=row)
    if form.is_valid():
        try:
            spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
        except ValidationError as wrong:
            put_faults(form, wrong)
        else:
            messages.success(request, DONE[verb])
            return redirect(reverse("impacs:escalation", args=[row.pk]))
    return _page(request, row, form, verb, 422)


@require_GET
def of_subject(request: Any, kind: str, pk: Any) -> HttpResponse:
    """What was raised about one action or task: a part of its page, or a page of its own."""
    if kind not in SOURCES:
        raise Refused("not-visible")
    title, page = shown_of(request.actor, kind, pk)
    if not page:
        raise Refused("not-visible")
    steps = queries.of_subject(request.actor, kind, pk)
    context = {"steps": steps, "title": title, "page": page, "marking": {"level": 1}}
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "impacs/_ladder.html" if partial else "impacs/ladder.html", context)
