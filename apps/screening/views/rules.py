"""Pages of targeting rules: the list, one rule with its trials, the builder, and what may be done."""

import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import stream_log
from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.marking import CONFIDENTIAL
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.pages.columns import Day
from apps.pages.verb_pages import VerbPages, answer_form, refuse_early
from apps.screening import policy
from apps.screening import rules as language
from apps.screening.lists import Rules
from apps.screening.models import Rule
from apps.screening.queries import rules as queries
from apps.screening.views import rule_builder

PRIMARY = {"draft": "propose", "proposed": "activate"}

verbs = VerbPages(
    noun="rule",
    address="screening:rule_do",
    rows=queries.find_rules,
    page=lambda row: reverse("screening:rule", args=[row.pk]),
    title=lambda row: f"{row.reference}, {row.name}",
    whence=(pgettext_lazy("link, screening", "Targeting rules"), "screening:rules"),
    prepare=lambda _request, _row, _spec: {"marking": CONFIDENTIAL},
    own={"revise": "screening:rule_revise"},  # has the builder
)


@require_GET
def rules(request: Any) -> HttpResponse:
    """The rules that the desk may see: those in force first."""
    return Rules(request).answer()


@require_GET
def rule(request: Any, pk: Any) -> HttpResponse:
    """One rule: its sentence, its trials against the budget, when it was in force, and what its hits were good for."""
    actor, since = request.actor, stream_log.here()
    row = verbs.find(actor, pk)
    note_read(request, "rule.read", row)
    tried = queries.trials(actor, row)
    trial = next((one for one in tried if one.revision == row.revision), None)
    context = {
        "since": since,
        "rule": row,
        "sentence": language.sentence(language.read_condition(row.condition)),
        "trial": trial,
        "bars": bars(trial),
        "versions": queries.list_rule_versions(actor, row),
        "terms": queries.terms(),
        "offers": verbs.buttons(actor, row),
        "primary": PRIMARY.get(row.state, ""),
        # a trial of a draft ends while its page is open; only who puts a rule into force must have seen just this one
        "version": None if row.state == Rule.State.DRAFT else row.version,
        "marking": CONFIDENTIAL,
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "screening/_trial.html" if partial else "screening/rule.html", context)


BAR, GROUND, TALLEST, SLOTS = 14, 116, 100, 31


def bars(trial: Any) -> dict[str, Any]:
    """The trial's alerts by day as bars of an SVG, each with its day and number; `rows` has its States, too."""
    if trial is None:
        return {}
    most = max((matched for _day, matched in trial.days), default=0) or 1
    columns = [
        {
            "day": datetime.date.fromisoformat(day),
            "matched": matched,
            "x": n * (BAR + 4),
            "high": round(TALLEST * matched / most),
            "y": GROUND - round(TALLEST * matched / most),
            "label": day[8:] if n % 3 == 0 else "",
        }
        for n, (day, matched) in enumerate(trial.days)
    ]
    return {
        "columns": columns,
        "width": max(len(columns), SLOTS) * (BAR + 4),
        "wide": BAR,
        "rows": [*((Day.in_words(one["day"]), one["matched"]) for one in columns), *trial.states.items()],
    }


@require_http_methods(["GET", "POST"])
def rule_new(request: Any) -> HttpResponse:
    """Write a rule."""
    verdict = policy.may_write_rules(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return _form(request, "rule.draft", None, _("Write a rule"))


@require_http_methods(["GET", "POST"])
def rule_revise(request: Any, pk: Any) -> HttpResponse:
    """Change a rule that is not in force."""
    row = verbs.find(request.actor, pk)
    refuse_early(request.actor, row, REGISTRY["rule.revise"])
    return _form(request, "rule.revise", row, _("Change the rule"))


def _form(request: Any, verb: str, row: Rule | None, title: str) -> HttpResponse:
    """The builder and the rest of the form; `add` and `look` show it again and save nothing."""
    spec, words = REGISTRY[verb], {"facts": rule_builder.facts_by_group(), "hows": list(rule_builder.HOW.items())}
    context: dict[str, Any] = {"title": title, "rule": row, "marking": CONFIDENTIAL, **words}
    page = partial(answer_form, request, spec, row, "screening/rule_edit.html", initial=_given(row))
    if request.method == "GET":
        built = rule_builder.shown(row.condition) if row is not None else rule_builder.Builder()
        return page(verbs.page, **context, **_built(built))
    built = rule_builder.posted(request.POST)
    if {"add", "look"} & set(request.POST):
        condition = built.check() if "look" in request.POST else None
        form = form_for(spec)(request.POST, actor=request.actor, row=row)
        form.errors.clear()
        shown = {"form": form, "spec": spec, "version": posted_version(request)}
        return render(request, "screening/rule_edit.html", context | shown | _built(built, condition))
    condition = built.check()
    request.POST = request.POST.copy()
    request.POST["condition"] = built.json()
    return page(verbs.page, run=_saving(request, spec, row, condition), **context, **_built(built, condition))


def _saving(request: Any, spec: Any, row: Rule | None, condition: Any) -> Any:
    """The action, kept from a condition whose faults stand at its rows already."""

    def run(**given: Any) -> Any:
        if condition is None:
            raise ValidationError(_("Correct the condition. The error is shown at its row."))
        return spec.run(request.actor, row, version=posted_version(request), **given)

    return run


def _given(row: Rule | None) -> dict[str, Any]:
    names = ("name", "why", "legal_basis", "instruction", "valid_until")
    if row is None:
        return {}
    return {name: getattr(row, name) for name in names} | {"screen_for": row.screen_for or []}


def _built(built: Any, condition: Any = None) -> dict[str, Any]:
    return {"built": built, "sentence": language.sentence(condition) if condition is not None else ""}


@require_POST
def rule_look(request: Any) -> HttpResponse:
    """The condition being built, in words: a part of its form."""
    built = rule_builder.posted(request.POST)
    return render(request, "screening/_rule_words.html", _built(built, built.check()))
