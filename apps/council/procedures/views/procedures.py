"""Written procedures: the list, one procedure, the States' answers, and the ministry's own proposals to object."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import stream_log
from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked, of
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council import titles
from apps.council.lists import Ended, Running
from apps.council.models import ObjectionProposal, WrittenProcedure
from apps.council.procedures.views import procedure_page
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

answers = VerbPages(
    noun="procedure",
    address="council:procedure_reply",
    rows=WrittenProcedure.objects.visible_to,
    page=procedure_page.verbs.page,
    whence=procedure_page.verbs.whence,
    # whatever others have answered since the page was loaded
    prepare=lambda _request, _row, _spec: {"version": None},
    onward=lambda _request, done, _spec: f"{procedure_page.verbs.page(done)}#answers",
)
"""A State's own answers, which are bound to the text and not to the version of the record."""

dismissals = VerbPages(
    noun="objection",
    address="council:act",
    arguments=("objections",),
    rows=ObjectionProposal.objects.visible_to,
    page=lambda row: reverse("council:procedure", args=[row.procedure_id]),
    title=lambda row: titles.written_procedure(row.procedure.decision.title),
    whence=procedure_page.verbs.whence,
    onward=lambda _request, done, _spec: f"{reverse('council:procedure', args=[done.procedure_id])}#proposals",
)
"""Those who decide in the ministry do not follow a proposal to object."""


@require_GET
def procedures(request: Any) -> HttpResponse:
    """Procedures that run, the next deadline first, then those that have ended."""
    return Running(request).answer(past=Ended(request))


@require_GET
def procedure(request: Any, pk: Any) -> HttpResponse:
    """One procedure. Reading it changes nothing: a receipt is confirmed with its own button."""
    since = stream_log.here()
    context = procedure_page.page(request.actor, pk)
    return render(request, "council/procedure.html", {**context, "since": since})


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def procedure_new(request: Any) -> HttpResponse:
    """Put a decision in writing; `?decision=` chooses it."""
    spec = REGISTRY["procedure.prepare"]
    refuse_early(request.actor, None, spec)
    return answer_form(
        request,
        spec,
        None,
        TEMPLATE,
        procedure_page.verbs.page,
        initial={"decision": request.GET.get("decision", "")},
        back=reverse("council:procedures"),
        title=pgettext("link, council", "Written procedures"),
    )


def reply(request: Any, pk: Any, verb: str) -> HttpResponse:
    """A State's own answer; what else is done to a procedure has no page here."""
    if verb not in procedure_page.ANSWERS:
        raise Refused("not-visible")
    return answers.answer(request, pk, verb)


@require_http_methods(["GET", "POST"])
def proposal_new(request: Any, pk: Any) -> HttpResponse:
    """An officer proposes an objection to those who decide in their ministry."""
    row, spec = visible_or_404(WrittenProcedure, request.actor, pk), REGISTRY["objection.propose"]
    refuse_early(request.actor, None, spec)
    here = procedure_page.verbs.page(row)
    return answer_form(
        request,
        spec,
        None,
        TEMPLATE,
        lambda _done: f"{here}#proposals",
        initial={"procedure": row.pk},
        back=here,
        title=row.reference,
        marking=of(row),
    )
