"""Cases of what looked unusual: the list with its figures, one case, its verbs; and who is about to leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.oversight import actions, policy, queries, titles
from apps.oversight.lists import CASE_STATES, Cases
from apps.oversight.models import Case, Leaver
from apps.pages import verb_pages

verbs = verb_pages.VerbPages(
    noun="conduct",
    address="oversight:case_do",
    rows=lambda actor: Case.objects.visible_to(actor).select_related("rule"),
    page=lambda row: reverse("oversight:case", args=[row.pk]),
    title=lambda row: titles.case(row.rule.label, row.person),
    whence=(pgettext_lazy("words, oversight", "Oversight cases"), "oversight:cases"),
)


@require_GET
@marked(OFFICIAL)
def cases(request: Any) -> HttpResponse:
    """Cases, newest first, by state; how many of which kind there are; the rules that open them."""
    figures = queries.cases.by_rule(request.actor)
    return Cases(request).answer(
        figures=figures,
        height=max(len(figures) * (queries.cases.HIGH + queries.cases.GAP), 1),
        rules=queries.cases.rules_on(timezone.now().date()),
    )


@require_GET
@marked(OFFICIAL)
def case(request: Any, pk: Any) -> HttpResponse:
    """One case: the finding, where to look, what was done with it, what can be done."""
    row = verbs.find(request.actor, pk)
    context = {
        "case": row,
        "title": titles.case(row.rule.label, row.person),
        "chip": CASE_STATES[row.state],
        "steps": queries.cases.steps_of(row),
        "offers": verbs.buttons(request.actor, row),
        "evidence": queries.cases.evidence(row, request.actor.time_zone),
        "leaving": queries.cases.is_leaving(row.user_id),
    }
    return render(request, "oversight/case.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def leavers(request: Any) -> HttpResponse:
    """Who is about to leave, and the form to note somebody."""
    rows = Leaver.objects.visible_to(request.actor).select_related("user").filter(state=Leaver.State.NOTED)

    def onward(_leaver: Any) -> str:
        messages.success(request, _("Recorded. Until that day, heavy reading opens a case."))
        return reverse("oversight:leavers")

    return verb_pages.answer_form(
        request,
        REGISTRY["leaver.note"],
        None,
        "oversight/leavers.html",
        onward,
        leavers=rows.order_by("leaves_on")[:200],
        may_note=bool(policy.may_note_leaver(request.actor, None)),
    )


@require_POST
def leaver_end(request: Any, pk: Any) -> HttpResponse:
    """End a notice of leaving."""
    row = visible_or_404(Leaver.objects.visible_to(request.actor), request.actor, pk)
    actions.end_leaver(request.actor, row)
    return redirect("oversight:leavers")
