"""Questions in the case of a hit: asking, one of them, and its verbs."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import ask as ask_first
from apps.access.acts import buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import dossier, policy
from apps.jrcc.actions import questions as actions
from apps.jrcc.models import Hit, HitQuestion


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: Any) -> HttpResponse:
    """Ask whom the seat may ask about a hit."""
    actor, row = request.actor, visible_or_404(Hit, request.actor, pk)
    asked = policy.may_be_asked(actor, row)
    verdict = policy.may_ask(actor, None)
    if not verdict or not asked:
        raise Refused("may-not", getattr(verdict, "code", "not-asking"))
    place = reverse("jrcc:hit", args=[pk])
    return carry_out(
        request, REGISTRY["hit_question.ask"], None, "jrcc/do.html", lambda _done: f"{place}#qu-h",
        run=partial(actions.ask, actor, None), initial={"hit": pk, "of": asked[0]},
        beside=partial(_offer, asked), title=row.reference, back=place,
    )  # fmt: skip


def _offer(asked: list[str], form: Any) -> dict[str, Any]:
    form.fields["of"].choices = [(code, code) for code in asked]
    return {}


@require_GET
def question(request: Any, pk: Any) -> HttpResponse:
    """One question with its answer, and what the seat may do."""
    row = _question(request, pk)
    note_read(request, "hit_question.read", row)
    context = {
        "it": dossier.asked_line(request.actor, row),
        "offers": buttons(request.actor, row, partial(_place, row.pk), {"withdraw"}),
        "primary": "answer",
        "version": row.version,
        "marking": dossier.MARKING,
    }
    return render(request, "jrcc/hitquestion.html", context)


def _question(request: Any, pk: Any) -> HitQuestion:
    rows = HitQuestion.objects.visible_to(request.actor).select_related("hit", "originator", "of")
    row: HitQuestion = visible_or_404(rows, request.actor, pk)
    return row


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb of a question, and its try."""
    row = _question(request, pk)
    spec = spec_of("hit_question", verb)
    ask_first(request.actor, row, spec)
    place = reverse("jrcc:hit", args=[row.hit_id])
    title = f"{row.hit.reference}: {row.text}"
    return carry_out(request, spec, row, "jrcc/do.html", lambda _done: f"{place}#qu-h", title=title, back=place)


def _place(pk: Any, verb: str) -> str:
    return reverse("jrcc:hitquestion_do", args=[pk, verb])
