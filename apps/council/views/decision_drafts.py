"""The editor of a draft: a row for each clause, "Add a clause" without a script, faults where they were typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import posted_version, put_faults
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.actions import declarations, drafts
from apps.council.forms import decisions as forms
from apps.council.models import Decision
from apps.council.policy import may_propose
from apps.council.queries import decisions as queries
from apps.council.queries.membership import roll
from apps.council.views.decisions import marking, verbs
from apps.pages.verb_pages import TEMPLATE, refuse_early

ROWS = "c"


@require_http_methods(["GET", "POST"])
def show_new_decision_draft(request: Any) -> HttpResponse:
    """Draft a decision; `?item=` puts it under an agenda item."""
    actor = request.actor
    verdict = may_propose(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    initial = {"item": request.GET.get("item", ""), "meeting": request.GET.get("meeting", ""), "kind": "decision"}
    if request.method == "GET":
        form = forms.NewDecisionForm(actor=actor, initial=initial)
        return _page(request, form, _rows([{}] * forms.FIRST_ROWS), None)
    form, rows = forms.NewDecisionForm(request.POST, actor=actor), _bound(request)
    if "add" in request.POST:
        again = forms.NewDecisionForm(actor=actor, initial=forms.as_typed(form))
        return _page(request, again, forms.one_more(rows, _states()), None)
    done = _carried_out(form, rows, lambda given: drafts.draft_decision(actor, None, **given))
    return redirect("council:decision", done.pk) if done else _page(request, form, rows, None)


@require_http_methods(["GET", "POST"])
def show_decision_revision(request: Any, pk: Any) -> HttpResponse:
    """Change a draft: each change is a version of its own."""
    actor = request.actor
    row = visible_or_404(Decision, actor, pk)
    spec = REGISTRY["decision.revise"]
    if request.method == "GET":
        refuse_early(actor, row, spec)
        form = forms.ReviseDecisionForm(actor=actor, row=row, initial=_standing(row))
        return _page(request, form, _rows([forms.of_clause(one) for one in queries.clauses(actor, row)]), row)
    form, rows = forms.ReviseDecisionForm(request.POST, actor=actor, row=row), _bound(request)
    if "add" in request.POST:
        again = forms.ReviseDecisionForm(actor=actor, row=row, initial=forms.as_typed(form))
        return _page(request, again, forms.one_more(rows, _states()), row)
    seen = posted_version(request)
    done = _carried_out(form, rows, lambda given: drafts.revise_decision(actor, row, version=seen, **given))
    return redirect("council:decision", done.pk) if done else _page(request, form, rows, row)


@require_http_methods(["GET", "POST"])
def translate(request: Any, pk: Any) -> HttpResponse:
    """Put the text into another language, clause by clause."""
    actor = request.actor
    row = visible_or_404(Decision, actor, pk)
    clauses = queries.clauses(actor, row)
    spec = REGISTRY["decision.translate"]
    if request.method == "GET":
        refuse_early(actor, row, spec)
        form = forms.TranslationForm(actor=actor, row=row, clauses=clauses)
    else:
        form = forms.TranslationForm(request.POST, actor=actor, row=row, clauses=clauses)
        if form.is_valid() and _translated(request, form, row):
            return redirect(reverse("council:decision", args=[row.pk]) + "?tab=texts")
    context = {
        "form": form,
        "spec": spec,
        "row": row,
        "version": posted_version(request) or row.version,
        "back": verbs.page(row) + "?tab=texts",
        "title": verbs.title(row),
        "marking": marking(row.level),
    }
    return render(request, TEMPLATE, context, status=getattr(form, "status", 422) if form.errors else 200)


def _translated(request: Any, form: Any, row: Decision) -> bool:
    try:
        declarations.translate_decision(request.actor, row, version=posted_version(request), **form.input())
    except ValidationError as wrong:
        put_faults(form, wrong)
    except Refused as refusal:
        if refusal.reason == "not-visible":
            raise
        form.add_error(None, refusal.message)
        form.status = refusal.status
    return not form.errors


def _standing(row: Decision) -> dict[str, Any]:
    names = ("title", "preamble", "subject", "effective_on", "expires_on", "csme_matter")
    return {name: getattr(row, name) for name in names} | {"critical": row.question == Decision.Question.CRITICAL}


def _states() -> list[tuple[str, str]]:
    return [(party.code, party.short_name) for party in roll(timezone.localdate())]


def _rows(initial: list[dict[str, Any]]) -> Any:
    return forms.Clauses(initial=initial, prefix=ROWS, form_kwargs={"states": _states()})


def _bound(request: Any) -> Any:
    return forms.Clauses(request.POST, prefix=ROWS, form_kwargs={"states": _states()})


def _carried_out(form: Any, rows: Any, act: Any) -> Any:
    """What the action gives, or None with the faults where they were typed."""
    right = form.is_valid()
    if not rows.is_valid() or not right:
        return None
    if not rows.kept:
        form.add_error(None, _("Write at least one clause: who must do what, by when."))
        return None
    try:
        return act({**form.input(), "clauses": rows.written()})
    except ValidationError as wrong:
        forms.put_faults(form, rows, wrong)
    except Refused as refusal:
        if refusal.reason == "not-visible":
            raise
        form.add_error(None, refusal.message)
        form.status = refusal.status
    return None


def _page(request: Any, form: Any, rows: Any, row: Decision | None) -> HttpResponse:
    faults = bool(form.errors) or (rows.is_bound and (any(rows.errors) or bool(rows.non_form_errors())))
    back = reverse("council:decision", args=[row.pk]) if row else reverse("council:decisions")
    context = {
        "form": form,
        "rows": rows,
        "faults": faults,
        "row": row,
        "back": back,
        "version": posted_version(request) or getattr(row, "version", None),
        "marking": marking(row.level if row else 1),
    }
    status = getattr(form, "status", 422) if faults else 200
    return render(request, "council/decision_edit.html", context, status=status)
