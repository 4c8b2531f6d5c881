"""The register of facts that no other table holds: what is known, since when, from where; and what was known before."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access import pagination
from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.pages.verb_pages import TEMPLATE, answer_form
from apps.reports import policy
from apps.reports.models import Fact
from apps.reports.rules.language import FORMS
from apps.reports.rules.values import read_value
from apps.reports.views.verbs import report_verbs

PAGE = 60
verbs = report_verbs(Fact, "fact", "facts", whence=(gettext_lazy("Facts for reports"), "reports:facts"))


@require_safe
def facts(request: Any) -> HttpResponse:
    """Standing facts, `?q=` words of code or title; `?all=1` also what was corrected."""
    actor, words = request.actor, request.GET.get("q", "").strip()[:60]
    rows = Fact.objects.visible_to(actor)
    if "all" not in request.GET:
        rows = rows.filter(state=Fact.State.STANDING)
    if words:
        rows = rows.filter(code__icontains=words) | rows.filter(title__icontains=words)
    found, older, newer = pagination.cut(rows, request.GET, PAGE)
    context = {
        "rows": sorted(found, key=lambda row: (row.code, row.valid_from)),
        "q": words,
        "all": "all" in request.GET,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_write(actor, None)),
        "marking": {"level": 1},
    }
    return render(request, "reports/facts.html", context)


@require_safe
def fact(request: Any, pk: Any) -> HttpResponse:
    """One fact with its history."""
    actor = request.actor
    row = visible_or_404(Fact.objects.visible_to(actor).select_related("corrects"), actor, pk)
    history = Fact.objects.visible_to(actor).filter(code=row.code).order_by("-recorded_at", "-valid_from")
    context = {
        "row": row,
        "content": [(_in_words(name), FORMS[""](value)) for name, value in read_value(row.content).items()],
        "history": list(history[:PAGE]),
        "offers": verbs.buttons(actor, row),
        "marking": {"level": row.level},
    }
    return render(request, "reports/fact.html", context)


def _in_words(name: str) -> str:
    """What a part of a fact is called: "amount_minor" is Amount minor."""
    return capfirst(name.replace("_", " "))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_fact(request: Any) -> HttpResponse:
    """Record a fact."""
    if not policy.may_write(request.actor, None):
        raise Refused(
            "not-visible" if request.actor.function != "secretariat" else "may-not", AccessRefusals.NEEDS_OFFICER
        )
    initial = {"valid_from": timezone.now().date(), "code": request.GET.get("code", "")[:60]}
    shown: dict[str, Any] = {"back": reverse("reports:facts"), "title": _("Facts for reports"), "initial": initial}
    return answer_form(request, REGISTRY["fact.record"], None, TEMPLATE, verbs.page, **shown)
