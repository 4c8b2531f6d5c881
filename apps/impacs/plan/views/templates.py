"""Templates of tasks: the list, and one with a preview of what it would make."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.declared_actions import REGISTRY, offers
from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.impacs.models import TaskTemplate
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import templates as queries
from apps.impacs.refusals import Refusals
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

verbs = VerbPages(
    noun="task_template",
    address="impacs:act_templates",
    rows=TaskTemplate.objects.visible_to,
    page=lambda row: reverse("impacs:template", args=[row.pk]),
    whence=(pgettext_lazy("link, impacs", "Templates"), "impacs:templates"),
    tries_first=True,
)


@require_safe
def templates(request: Any) -> HttpResponse:
    """Templates that can be used, by name."""
    rows = TaskTemplate.objects.visible_to(request.actor).filter(state=TaskTemplate.State.CURRENT)
    lines = [(row, len(row.content["tasks"])) for row in rows.select_related("owner").order_by("name")]
    context = {"lines": lines, "may_create": bool(policy.may_create(request.actor, None)), "marking": {"level": 1}}
    return render(request, "impacs/templates.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_template(request: Any) -> HttpResponse:
    """Keep a task with its parts as a template; `?task=` names it."""
    spec = REGISTRY["task_template.keep"]
    refuse_early(request.actor, None, spec)
    initial = {"task": request.GET["task"]} if "task" in request.GET else {}
    shown: dict[str, Any] = {
        "title": pgettext("heading, impacs", "Templates"),
        "back": reverse("impacs:templates"),
        "initial": initial,
    }
    return answer_form(request, spec, None, TEMPLATE, verbs.page, **shown)


@require_http_methods(["GET", "POST"])
def template(request: Any, pk: Any) -> HttpResponse:
    """One template: look at what it would make from a first day (button "Preview"), then make it."""
    actor = request.actor
    row = visible_or_404(TaskTemplate.objects.visible_to(actor).select_related("owner"), actor, pk)
    offered = {one.verb for one in offers(actor, row) if one.allowed}
    data = request.POST if request.method == "POST" else None
    initial = {"first_day": today_of(actor), "mandate": request.GET.get("mandate", "")}
    form = form_for_verb("task_template.use")(data, actor=actor, row=row, initial=initial)
    status = 200
    if request.method == "POST" and "preview" not in request.POST:
        if "use" not in offered:
            raise Refused(Refusals.NOT_IMPACS_WORK)
        done = carried_out(form, lambda: REGISTRY["task_template.use"].run(actor, row, **form.cleaned_data))
        if done is not None:
            return _made(request, form.cleaned_data)
        status = 422
    elif request.method == "POST" and not form.is_valid():
        status = 422
    first = _first_day(form, today_of(actor))
    context = {
        "row": row,
        "lines": queries.dated(row.content, first),
        "first": first,
        "form": form if "use" in offered else None,
        "may_withdraw": "withdraw" in offered,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/template.html", context, status=status)


def _first_day(form: Any, today: datetime.date) -> datetime.date:
    given = getattr(form, "cleaned_data", {}).get("first_day")
    return given if isinstance(given, datetime.date) else today


def _made(request: Any, given: dict[str, Any]) -> HttpResponse:
    messages.success(request, pgettext("words, impacs", "Tasks created."))
    return redirect("impacs:mandate", given["mandate"]) if given.get("mandate") else redirect("impacs:tasks")
