"""Pages of targeting rules: the list, one rule with its trials, the builder, and what may be done."""

import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import stream_log
from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.screening import builder, policy
from apps.screening import rules as language
from apps.screening.models import Rule
from apps.screening.queries import rules as queries

MARKING = {"level": 2}
DANGEROUS = frozenset({"suspend", "end"})
PRIMARY = {"draft": "propose", "proposed": "activate"}


@require_GET
def rules(request: Any) -> HttpResponse:
    """The rules that the desk may see: those in force first."""
    rows = queries.listed(request.actor)
    context = {
        "rows": rows,
        "may_write": bool(policy.may_write_rules(request.actor, None)),
        "terms": queries.terms(),
        "marking": MARKING,
    }
    return render(request, "screening/rules.html", context)


@require_GET
def rule(request: Any, pk: Any) -> HttpResponse:
    """One rule: its sentence, its trials against the budget, when it was in force, and what its hits were good for."""
    actor, since = request.actor, stream_log.here()
    row = _rule(actor, pk)
    note_read(request, "rule.read", row)
    tried = queries.trials(actor, row)
    trial = next((one for one in tried if one.revision == row.revision), None)
    context = {
        "since": since,
        "rule": row,
        "sentence": language.sentence(language.read(row.condition)),
        "trial": trial,
        "bars": bars(trial),
        "versions": queries.versions(actor, row),
        "terms": queries.terms(),
        "offers": buttons(actor, row, lambda verb: _place(row, verb), DANGEROUS),
        "primary": PRIMARY.get(row.state, ""),
        # a trial of a draft ends while its page is open; only who puts a rule into force must have seen just this one
        "version": None if row.state == Rule.State.DRAFT else row.version,
        "marking": MARKING,
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "screening/_trial.html" if partial else "screening/rule.html", context)


BAR, GROUND, TALLEST, SLOTS = 14, 116, 100, 31


def bars(trial: Any) -> dict[str, Any]:
    """The trial's alerts by day as bars of an SVG, each with its day and number; and its States."""
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
        "states": trial.states.items(),
    }


def _rule(actor: Any, pk: Any) -> Rule:
    row: Rule = visible_or_404(queries.rows(actor), actor, pk)
    return row


def _place(row: Rule, verb: str) -> str:
    if verb == "revise":
        return reverse("screening:rule_revise", args=[row.pk])
    return reverse("screening:rule_do", args=[row.pk, verb])


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
    row = _rule(request.actor, pk)
    ask(request.actor, row, REGISTRY["rule.revise"])
    return _form(request, "rule.revise", row, _("Change the rule"))


def _form(request: Any, verb: str, row: Rule | None, title: str) -> HttpResponse:
    """The builder and the rest of the form; `add` and `look` show it again and save nothing."""
    spec, words = REGISTRY[verb], {"facts": builder.facts_by_group(), "hows": list(builder.HOW.items())}
    context: dict[str, Any] = {"title": title, "rule": row, "marking": MARKING, **words}
    page = partial(carry_out, request, spec, row, "screening/rule_edit.html", initial=_given(row))
    onward = lambda done: reverse("screening:rule", args=[done.pk])  # noqa: E731
    if request.method == "GET":
        built = builder.shown(row.condition) if row is not None else builder.Builder()
        return page(onward, **context, **_built(built))
    built = builder.posted(request.POST)
    if {"add", "look"} & set(request.POST):
        condition = built.check() if "look" in request.POST else None
        form = form_for(spec)(request.POST, actor=request.actor, row=row)
        form.errors.clear()
        shown = {"form": form, "spec": spec, "version": posted_version(request)}
        return render(request, "screening/rule_edit.html", context | shown | _built(built, condition))
    condition = built.check()
    request.POST = request.POST.copy()
    request.POST["condition"] = built.json()
    return page(onward, run=_saving(request, spec, row, condition), **context, **_built(built, condition))


def _saving(request: Any, spec: Any, row: Rule | None, condition: Any) -> Any:
    """The action, kept from a condition whose faults stand at its rows already."""

    def run(**given: Any) -> Any:
        if condition is None:
            raise ValidationError(_("Mend the condition: what is wrong is said at its row."))
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
    built = builder.posted(request.POST)
    return render(request, "screening/_rule_words.html", _built(built, built.check()))


@require_http_methods(["GET", "POST"])
def rule_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _rule(request.actor, pk)
    spec = spec_of("rule", verb)
    if verb == "revise":  # has the builder
        raise Refused("not-visible")
    ask(request.actor, row, spec)
    onward = lambda _done: reverse("screening:rule", args=[pk])  # noqa: E731
    return carry_out(request, spec, row, "screening/rule_act.html", onward, rule=row, marking=MARKING)
