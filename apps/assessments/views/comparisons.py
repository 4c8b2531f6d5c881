"""A released assessment beside another one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.assessments.lists.comparisons import judgement_columns, side_columns
from apps.assessments.models import Assessment
from apps.assessments.queries import comparisons, pages, released_judgements


@require_GET
def show_comparison(request: Any, pk: Any) -> HttpResponse:
    """`?with=` is the other one; without it the one that it replaced, or that replaced it. The earlier stands left."""
    row = visible_or_404(Assessment, request.actor, pk)
    if row.state not in released_judgements.RELEASED:
        raise Refused("not-visible")
    choices = comparisons.choices(request.actor, row)
    wanted = request.GET.get("with", "")
    other = next((one for one in choices if str(one.pk) == wanted), None)
    if wanted and other is None:
        raise Refused("not-visible")
    other = other or comparisons.usual(row, choices)
    context: dict[str, Any] = {"row": row, "choices": choices, "other": other, "marking": pages.marking(row)}
    if other is not None:
        note_read(request, "assessment.compare", row)
        old, new = sorted((row, other), key=lambda one: one.released_at)
        higher = max(old, new, key=lambda one: one.level)
        context |= {
            "old": old,
            "new": new,
            "judgement_columns": judgement_columns(old.number, new.number),
            "side_columns": side_columns(old.number, new.number),
            "found": comparisons.compare_versions(old, new),
            "marking": pages.marking(higher),
        }
    return render(request, "assessments/compare.html", context)
