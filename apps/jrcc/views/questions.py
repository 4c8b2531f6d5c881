"""Questions in the case of a hit: asking, one of them, and its verbs."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.jrcc import policy
from apps.jrcc.actions import questions as actions
from apps.jrcc.models import Hit, HitQuestion
from apps.jrcc.queries import dossier
from apps.jrcc.refusals import Refusals
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form

verbs: VerbPages = VerbPages(
    noun="hit_question",
    address="jrcc:hitquestion_do",
    rows=lambda actor: HitQuestion.objects.visible_to(actor).select_related("hit", "originator", "of"),
    page=lambda row: reverse("jrcc:hit", args=[row.hit_id]),
    title=lambda row: f"{row.hit.reference}: {row.text}",
    whence=(pgettext_lazy("link, jrcc", "Hits"), "jrcc:hits"),
    prepare=lambda _request, _row, _spec: {"marking": dossier.MARKING},
    onward=lambda _request, done, _spec: f"{verbs.page(done)}#qu-h",
)


@require_http_methods(["GET", "POST"])
def show_hit_question(request: Any, pk: Any) -> HttpResponse:
    """Ask whom the seat may ask about a hit."""
    actor, row = request.actor, visible_or_404(Hit, request.actor, pk)
    asked = policy.may_be_asked(actor, row)
    verdict = policy.may_ask(actor, None)
    if not verdict or not asked:
        raise Refused("may-not", getattr(verdict, "code", Refusals.NOT_ASKING))
    place = reverse("jrcc:hit", args=[pk])
    return answer_form(
        request, REGISTRY["hit_question.ask"], None, TEMPLATE, lambda _done: f"{place}#qu-h",
        run=partial(actions.ask_hit_question, actor, None), initial={"hit": pk, "of": asked[0]},
        beside=partial(_offer, asked), title=row.reference, back=place, marking=dossier.MARKING,
    )  # fmt: skip


def _offer(asked: list[str], form: Any) -> dict[str, Any]:
    form.fields["of"].choices = [(code, code) for code in asked]
    return {}


@require_GET
def question(request: Any, pk: Any) -> HttpResponse:
    """One question with its answer, and what the seat may do."""
    row = verbs.find(request.actor, pk)
    note_read(request, "hit_question.read", row)
    context = {
        "it": dossier.asked_line(request.actor, row),
        "offers": verbs.buttons(request.actor, row),
        "primary": "answer",
        "version": row.version,
        "marking": dossier.MARKING,
    }
    return render(request, "jrcc/hitquestion.html", context)
