"""Dates of a task are moved: what follows is shown with reasons, and accepted all, in part, or not at all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from apps.access.forms import posted_version
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.impacs.models import Task, TaskBatch
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.actions import batches as acting
from apps.impacs.plan.actions.batches import Change
from apps.impacs.plan.forms.batches import MoveForm
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries.slip import Proposed, proposed


@require_http_methods(["GET", "POST"])
def move(request: Any, pk: Any) -> HttpResponse:
    """GET with dates shows what would follow; POST moves the task and those successors that were accepted.

    Without dates the page looks at those that the task has: what waits for it may not fit any more since they moved.
    """
    rows = Task.objects.visible_to(request.actor).select_related("owner", "mandate")
    row = visible_or_404(rows, request.actor, pk)
    _ask(request.actor, row)
    data = request.POST if request.method == "POST" else request.GET
    now = {"starts_on": row.starts_on, "due_on": row.due_on}
    form = MoveForm(data if "due_on" in data else None, initial=now)
    shifts: list[Proposed] = []
    if not form.is_bound and row.due_on is not None:
        form = MoveForm({name: value.isoformat() if value else "" for name, value in now.items()})
    if form.is_bound and form.is_valid():
        shifts = proposed(request.actor, {row.pk: form.span()}, today_of(request.actor))
        if request.method == "POST":
            return _carried_out(request, row, form, shifts)
    return _page(request, row, form, shifts)


def _ask(actor: Any, row: Any) -> None:
    if row.state not in Task.OPEN:
        raise Refused("wrong-state", record=row)
    verdict = policy.may_change(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


def _page(request: Any, row: Any, form: MoveForm, shifts: list[Proposed], faults: Any = (), status: int = 0) -> Any:
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context = {
        "row": row,
        "form": form,
        "shifts": shifts,
        "accepting": any(one.can_accept for one in shifts),
        "moved": bool(given) and (given["starts_on"], given["due_on"]) != (row.starts_on, row.due_on),
        "faults": faults,
        "version": posted_version(request) or row.version,
        "marking": {"level": row.level},
    }
    bad = form.is_bound and bool(form.errors)
    return render(request, "impacs/move.html", context, status=status or (422 if bad else 200))


def _carried_out(request: Any, row: Any, form: MoveForm, shifts: list[Proposed]) -> HttpResponse:
    """What was accepted of what is proposed now. A proposal that has changed since the page is shown again."""
    wanted = set(request.POST.getlist("accept"))
    offered = {str(one.task.pk): one for one in shifts if one.can_accept}
    if wanted - set(offered) or any(request.POST.get(f"new_{key}") != offered[key].seen for key in wanted):
        sentence = _("The dependent tasks have changed since you looked. These are the current dates.")
        return _page(request, row, form, shifts, [sentence], 409)
    given = form.cleaned_data
    changes = []
    if (given["starts_on"], given["due_on"]) != (row.starts_on, row.due_on):
        dates = {"starts_on": given["starts_on"], "due_on": given["due_on"]}
        changes.append(Change("task.change", row.pk, posted_version(request), dates))
    for key in sorted(wanted):
        span, task = offered[key].shift.new, offered[key].task
        dates = {"starts_on": span.start, "due_on": span.due}
        changes.append(Change("task.change", task.pk, task.version, dates))
    try:
        done = acting.apply(request.actor, TaskBatch.Kind.SLIP, changes)
    except ValidationError as wrong:
        return _page(request, row, form, shifts, wrong.messages, 422)
    if isinstance(done, TaskBatch):
        messages.success(request, pgettext("words, impacs", "Moved: %(count)s.") % {"count": done.count})
        return redirect("impacs:batch", done.pk)
    faults = [f"{one.task}: {sentence}" for one in done for _field, sentence in one.faults]
    stale = any(one.stale for one in done)
    return _page(request, row, form, shifts, faults, 409 if stale else 422)
