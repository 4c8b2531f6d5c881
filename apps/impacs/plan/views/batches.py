"""Many tasks at once: chosen in the list, what is to become of them, each before and after, then all or nothing."""

import datetime
import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.access import progress
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.impacs.models import Task, TaskBatch
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.actions import batches as acting
from apps.impacs.plan.actions.batches import Change, Outcome
from apps.impacs.plan.forms.batches import PLAIN, BulkForm
from apps.impacs.plan.policy.tasks import may_create
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.plan.queries.words import CELLS
from apps.impacs.plan.views.plan import Asked


@require_http_methods(["GET", "POST"])
def bulk(request: Any) -> HttpResponse:
    """GET with `task` keys, or `all` of the filters in the address; POST `step=preview`, then `step=apply`."""
    verdict = may_create(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    most = limits_on(today_of(request.actor)).bulk_rows
    rows, wrong = _chosen(request, most)
    form = BulkForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "GET" or wrong or not form.is_valid():
        return _page(request, rows, form, wrong, status=422 if form.errors or wrong else 200)
    changes = [change for row in rows for change in _changes(row, form.cleaned_data, request.POST)]
    if request.POST.get("step") != "apply" or request.POST.get("previewed") != _signed(form.cleaned_data):
        return _page(request, rows, form, outcomes=acting.rehearse(request.actor, TaskBatch.Kind.BULK, changes))
    try:
        done = acting.apply(request.actor, TaskBatch.Kind.BULK, changes)
    except ValidationError as nothing:
        return _page(request, rows, form, nothing.messages[0], status=422)
    if isinstance(done, TaskBatch):
        messages.success(request, pgettext("words, impacs", "Changed: %(count)s.") % {"count": done.count})
        return redirect("impacs:batch", done.pk)
    return _page(request, rows, form, outcomes=done, status=409 if any(one.stale for one in done) else 422)


def _chosen(request: Any, most: int) -> tuple[list[Any], str]:
    """(the tasks, what is wrong with the choice). Keys of what the seat does not see are left out, like the unknown."""
    if request.method == "GET" and request.GET.get("all"):
        found = Asked(request, "list").rows
    else:
        data = request.POST if request.method == "POST" else request.GET
        keys = [key for text in data.getlist("task")[: most + 1] if (key := _key(text))]
        found = Task.objects.visible_to(request.actor).filter(pk__in=keys)
    rows = list(found.select_related("owner", "programme", "mandate").order_by("due_on", "pk")[: most + 1])
    if len(rows) > most:
        return rows[:most], _("You can change at most %(most)s tasks at once. Narrow the filters.") % {"most": most}
    return rows, "" if rows else _("Choose at least one task in the list.")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _changes(row: Any, given: dict[str, Any], posted: Any) -> list[Change]:
    """What is to become of one task: its plan first, then its state."""
    fields = {name: given[name] for name in PLAIN if given.get(name)}
    if given.get("shift"):
        by = datetime.timedelta(days=given["shift"])
        fields |= {name: getattr(row, name) + by for name in ("starts_on", "due_on") if getattr(row, name)}
    text = posted.get(f"version_{row.pk}", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else row.version
    found = [Change("task.change", row.pk, version, fields)] if fields else []
    if given.get("verb"):
        why = {"reason": given["reason"].strip()} if given["verb"] in {"cancel", "reopen"} else {}
        # its own change, a moment ago, has given the task its next version
        found.append(Change(f"task.{given['verb']}", row.pk, None if found else version, why))
    return found


def _signed(given: dict[str, Any]) -> str:
    """What was asked for, so that nothing is applied but what was previewed."""
    return hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()[:16]


def _page(
    request: Any,
    rows: list[Any],
    form: BulkForm,
    wrong: str = "",
    outcomes: list[Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:
    by_task: dict[Any, list[Outcome]] = {}
    for one in outcomes or []:
        by_task.setdefault(one.change.task, []).append(one)
    lines = [_line(row, by_task.get(row.pk, []), request.POST) for row in rows]
    refused = sum(bool(line["faults"]) for line in lines)
    context = {
        "form": form,
        "lines": lines,
        "previewed": outcomes is not None,
        "refused": refused,
        "can_apply": outcomes is not None and not refused,
        "signed": _signed(form.cleaned_data) if outcomes is not None else "",
        "wrong": wrong,
        "marking": {"level": max((row.level for row in rows), default=1)},
    }
    return render(request, "impacs/bulk.html", context, status=status)


def _line(row: Any, found: list[Outcome], posted: Any) -> dict[str, Any]:
    stale = any(one.stale for one in found)
    seen = posted.get(f"version_{row.pk}", "")
    return {
        "row": row,
        # after a conflict the page shows the task as it is now, and goes on from there
        "version": row.version if stale or not seen.isdecimal() else seen,
        "cells": [(CELLS[name], before, after) for one in found for name, before, after in one.cells],
        "faults": [_fault(field, sentence) for one in found for field, sentence in one.faults],
        "stale": stale,
    }


def _fault(field: str, sentence: str) -> str:
    return f"{CELLS[field]}: {sentence}" if field in CELLS else sentence


@require_safe
def batch(request: Any, pk: Any) -> HttpResponse:
    """What was changed at once, task by task, as far as the seat sees the tasks."""
    row = visible_or_404(TaskBatch.objects.visible_to(request.actor), request.actor, pk)
    partial = request.headers.get("HX-Request-Type") == "partial"
    if row.state == TaskBatch.State.WAITING:
        context = {"batch": row, "done": progress.noted(acting.key_of(row)), "marking": {"level": row.level}}
        return render(request, "impacs/_batch_progress.html" if partial else "impacs/batch.html", context)
    if partial:  # it was waited for
        return HttpResponse(headers={"HX-Refresh": "true"})
    if row.state == TaskBatch.State.REFUSED:
        return render(request, "impacs/batch.html", {"batch": row, "marking": {"level": row.level}})
    keys = {one["task"] for one in row.content}
    seen = set(map(str, Task.objects.visible_to(request.actor).filter(pk__in=keys).values_list("pk", flat=True)))
    lines = [
        {**one, "cells": [(CELLS.get(name, name), before, after) for name, before, after in one["cells"]]}
        for one in row.content
        if one["task"] in seen
    ]
    return render(request, "impacs/batch.html", {"batch": row, "lines": lines, "marking": {"level": row.level}})
