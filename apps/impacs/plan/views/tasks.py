"""The board of tasks, one task, making and changing it."""

from decimal import Decimal
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, form_for_verb, posted_version, put_faults
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.impacs.models import Task
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import board as board_queries
from apps.impacs.plan.queries import task_page, task_rows
from apps.impacs.plan.queries.slip import unsettled
from apps.impacs.plan.views.plan import views_of
from apps.impacs.plan.views.words import PRIMARY, chip_of, two_versions
from apps.impacs.queries import money
from apps.impacs.views.mandates import in_council
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early


def _page_of(row: Any) -> str:
    return reverse("impacs:task", args=[row.pk])


def _onward(request: Any, done: Any, _spec: Any) -> str:
    """Where the button stood: the board, if the card was moved there."""
    return reverse("impacs:tasks") if request.GET.get("from") == "board" else _page_of(done)


verbs = VerbPages(
    noun="task",
    address="impacs:act_tasks",
    rows=Task.objects.visible_to,
    page=_page_of,
    whence=(pgettext_lazy("link, impacs", "IMPACS tasks"), "impacs:tasks"),
    onward=_onward,
    elsewhere=frozenset({"comment", "tick", "remove_item", "remove_dependency", "unassign", "watch", "change"}),
    tries_first=True,
)


@require_GET
def board(request: Any) -> HttpResponse:
    """Tasks in four lanes; `?owner=` a desk or "mine", `?decision=`, `?party=` a State that is waited for."""
    actor, today = request.actor, today_of(request.actor)
    offered = {"owner": board_queries.owners(actor), "decision": board_queries.decisions(actor)}
    asked = _asked(request.GET, offered)
    lanes = board_queries.lanes(actor, asked, today)
    context = {
        "lanes": lanes,
        "today": today,
        "asked": asked,
        "owners": offered["owner"],
        "decisions": offered["decision"],
        "narrowed": any(asked.values()),
        "none": not any(lane.count for lane in lanes),
        "views": views_of(request, "board", _passed(asked)),
        "may_create": bool(policy.may_create(actor, None)),
        "marking": {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")},
    }
    return render(request, "impacs/tasks.html", context)


def _passed(asked: dict[str, str]) -> str:
    """The filters of the board as the other views know them."""
    given = {name: value for name, value in asked.items() if value and value != "mine"}
    return urlencode(given | ({"mine": "on"} if asked["owner"] == "mine" else {}))


def _asked(params: Any, offered: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """The filters of the address; a value that is none of the choices is left out."""
    owner, decision, party = (params.get(name, "").strip() for name in ("owner", "decision", "party"))
    return {
        "owner": owner if owner == "mine" or owner in dict(offered["owner"]) else "",
        "decision": decision if decision in dict(offered["decision"]) else "",
        "party": party.upper() if party.isalnum() and len(party) <= 8 else "",
    }


@require_GET
def task(request: Any, pk: Any) -> HttpResponse:
    """One task: what it is, what it waits for and what waits for it, who does it, what was said and done."""
    rows = task_rows.find_tasks_with_parts(task_rows.find_tasks(request.actor), request.actor)
    return _page(request, visible_or_404(rows, request.actor, pk))


def _page(request: Any, row: Any, form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    seen = task_rows.seen(actor, [row], today_of(actor))[row.pk]
    buttons = sorted(verbs.buttons(actor, row), key=itemgetter("danger"))
    may = {name: bool(getattr(policy, f"may_{name}")(actor, row)) for name in ("change", "take_part", "follow", "work")}
    may["change"] = may["change"] and row.state in Task.OPEN
    context = {
        "row": row,
        "seen": seen,
        "chip": chip_of(row, seen.late_days),
        "parts": task_page.list_task_parts(actor, row),
        "comments": task_page.list_task_comments(actor, row),
        "files": task_page.list_task_files(actor, row) if seen.inside else [],
        "entries": task_page.list_task_acts(actor, row),
        "offers": buttons,
        "primary": next((verb for verb in PRIMARY if verb in {one["verb"] for one in buttons}), ""),
        "may": may,
        "form": form,
        "comment_form": form_for_verb("task.comment")(actor=actor, row=row) if may["take_part"] else None,
        "version": row.version,
        "cost": money.write_amount(row.cost_minor, row.currency) if seen.inside else "",
        "council": in_council(actor),
        "because": _because(actor, row, seen.inside),
        "marking": {"level": row.level},
    }
    return render(request, "impacs/task.html", context, status=status)


def _because(actor: Any, row: Any, inside: bool) -> str:
    """Why the seat sees the task, and how much of it."""
    if not inside:
        return _(
            "You see this because it serves a Council mandate or is waiting for you. Only IMPACS sees its details."
        )
    if actor.desk_id == row.owner_id:
        return _("You see this because your desk is responsible for it.")
    if actor.desk_id in row.desks:
        return _("You see this because someone at your desk is assigned to it.")
    if actor.function == "secretariat":
        return _("You see this because the Secretariat of IMPACS keeps the work plan.")
    return _("You see this because someone at your desk reviews it.")


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_task(request: Any) -> HttpResponse:
    """A new task; `?mandate=` and `?parent=` say where it belongs."""
    spec = REGISTRY["task.create"]
    refuse_early(request.actor, None, spec)
    initial = {name: request.GET[name] for name in ("mandate", "parent", "programme") if name in request.GET}
    shown: dict[str, Any] = {
        "title": pgettext("words, impacs", "Tasks"),
        "back": reverse("impacs:tasks"),
        "initial": initial,
    }
    return answer_form(request, spec, None, TEMPLATE, _page_of, **shown)


@require_http_methods(["GET", "POST"])
def show_task_change(request: Any, pk: Any) -> HttpResponse:
    """Change a task. When somebody else did meanwhile, both versions are shown, and nothing typed is lost."""
    row = visible_or_404(task_rows.find_tasks(request.actor).select_related("budget_line"), request.actor, pk)
    spec = REGISTRY["task.change"]
    if not (verdict := policy.may_change(request.actor, row)):
        raise Refused("may-not", getattr(verdict, "code", ""))
    form = form_for(spec)(
        request.POST if request.method == "POST" else None, actor=request.actor, row=row, initial=_now(row)
    )
    status, both = 422, []
    if request.method == "POST" and form.is_valid():
        try:
            done = spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
        except ValidationError as wrong:
            put_faults(form, wrong)
        except Refused as refusal:
            if refusal.reason not in {"stale", "wrong-state"}:
                raise
            form.add_error(None, refusal.message)
            status, both = 409, two_versions(form, _now(row))
        else:
            moved = bool({"starts_on", "due_on"} & set(form.changed_data))
            follows = moved and unsettled(request.actor, done, today_of(request.actor))
            return redirect("impacs:move" if follows else "impacs:task", done.pk)
    # beside the other version, the next press of the button means: mine, knowing theirs
    version = row.version if both else posted_version(request) or row.version
    context = {"form": form, "row": row, "both": both, "version": version, "marking": {"level": row.level}}
    return render(request, "impacs/task_edit.html", context, status=status if form.errors else 200)


def _now(row: Any) -> dict[str, Any]:
    """What the form holds of the task as it stands."""
    plain = {name: getattr(row, name) for name in form_for(REGISTRY["task.change"]).base_fields if hasattr(row, name)}
    return plain | {
        "mandate": str(row.mandate_id or ""),
        "parent": str(row.parent_id or ""),
        "programme": row.programme.code if row.programme else "",
        "owner": row.owner.code,
        "reviewer": str(row.reviewer.uid) if row.reviewer else "",
        "budget_line": str(row.budget_line_id or ""),
        "cost": str(Decimal(row.cost_minor) / 100) if row.cost_minor else "",
    }
