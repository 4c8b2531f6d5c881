"""What of the States' actions waits for IMPACS, and who at IMPACS was sent by which State."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.forms import carried_out, form_for_verb
from apps.access.queries import visible_or_404
from apps.impacs import actions, policy
from apps.impacs.lists.offices import end_form
from apps.impacs.models import Secondment
from apps.impacs.obligations.queries import verification as reading
from apps.impacs.obligations.queries.progress import today_of
from apps.pages.cells import hidden_fields


@require_GET
def worklist(request: Any) -> HttpResponse:
    """Evidence to verify, requests for time, clauses said not to apply, help asked for; `?clause=` of one alone."""
    waiting = reading.worklist(request.actor, today_of(request.actor))
    clause = request.GET.get("clause", "")
    shown = waiting.of_clause(clause) if clause else waiting
    context = {"waiting": shown, "all": waiting.all, "clause": clause, "marking": {"level": 1}}
    return render(request, "impacs/verification.html", context)


@require_http_methods(["GET", "POST"])
def secondments(request: Any) -> HttpResponse:
    """Who was sent by a State, from when to when; the director enters it, and enters its end."""
    actor = request.actor
    may = bool(policy.may_direct(actor, None)) and actor.may_write
    form = form_for_verb("secondment.record")(actor=actor) if may else None
    wrong = None
    if request.method == "POST":
        ended = request.POST.get("end", "")
        row = visible_or_404(Secondment, actor, ended) if ended.isdecimal() else None
        verb, act = ("end", actions.end_secondment) if row else ("record", actions.record_secondment)
        sent = form_for_verb(f"secondment.{verb}")(request.POST, actor=actor, row=row)
        if carried_out(sent, lambda: act(actor, row, **sent.cleaned_data)) is not None:
            messages.success(request, pgettext("words, impacs", "Secondment recorded."))
            return redirect("impacs:secondments")
        wrong, form = sent, form if row else sent
    context = {
        "rows": [
            {"row": row, "form": end_form(row, hidden_fields(request)) if may and not row.valid_to else ""}
            for row in reading.secondments(actor)
        ],
        "new": form,
        "form": wrong,
        "marking": {"level": 1},
    }
    return render(request, "impacs/secondments.html", context, status=422 if wrong else 200)
