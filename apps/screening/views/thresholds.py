"""Thresholds by alert budget: what they cost and find, what is proposed, and who decided."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import ask, attempted, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import form_for, put_faults
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.screening import curves, policy
from apps.screening.actions.thresholds import propose, wanted
from apps.screening.calibration import calibration
from apps.screening.matching import MATCHER_VERSION
from apps.screening.matching.tables import weights
from apps.screening.models import Thresholds
from apps.screening.queries import thresholds as queries

MARKING = {"level": 1}
DANGEROUS = frozenset({"decline", "withdraw"})
CHIPS = {
    "proposed": ("warn", "half"),
    "in_force": ("ok", "circle-check"),
    "ended": ("mute", "history"),
    "declined": ("mute", "x"),
    "withdrawn": ("mute", "undo"),
}


def _ask(actor: Any) -> None:
    """For who decides about lists; for every other seat the page is not there."""
    if not policy.decides_about_lists(actor):
        raise Refused("not-visible")


@require_GET
def thresholds(request: Any) -> HttpResponse:
    """The thresholds in force, alerts against hits found, proposals, and all earlier ones."""
    _ask(request.actor)
    rows = _chipped(queries.listed(request.actor))
    now = queries.in_force()
    waiting = [row for row in rows if row.state == Thresholds.State.PROPOSED]
    marks: dict[float, list[str]] = {}
    marks.setdefault(now.review, []).append(_("shown from here"))
    marks.setdefault(now.match, []).append(_("a match from here"))
    for row in waiting:
        marks.setdefault(row.review, []).append(_("proposed"))
    told, counted = curves.read(request.actor, marks), calibration()
    lines = curves.table(counted, told, now, marks)
    context = {
        **_frame(now),
        "row": next((row for row in rows if row.pk == now.pk), None),
        "alerts": curves.alerts(counted, now.review),
        "found": f"{counted.share_found(now.review) * 100:.1f}",
        "lines": lines,
        "figure": curves.figure(counted, lines),
        "told": told,
        "settled": told.right + told.wrong,
        "entries": queries.entries_in_use(request.actor),
        "waiting": waiting,
        "rows": [row for row in rows if row.state != Thresholds.State.PROPOSED],
    }
    return render(request, "screening/thresholds.html", context)


def _frame(now: queries.InForce) -> dict[str, Any]:
    counted = calibration()
    return {
        "now": now,
        "review": curves.percent(now.review),
        "match": curves.percent(now.match),
        "counted": counted,
        "older": counted.weights != weights().version,
        "matcher": MATCHER_VERSION,
        "fewest": curves.FEWEST,
        "marking": MARKING,
    }


def _chipped(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.chip = CHIPS[row.state]
        row.review_percent, row.match_percent = curves.percent(row.review), curves.percent(row.match)
    return rows


@require_http_methods(["GET", "POST"])
def threshold_new(request: Any) -> HttpResponse:
    """Choose thresholds by a budget or directly; `look` says what they would change and proposes nothing."""
    _ask(request.actor)
    spec, posted = REGISTRY["thresholds.propose"], request.method == "POST"
    looks = "look" in request.POST
    form = form_for(spec)(request.POST if posted else None, actor=request.actor)
    if looks:
        form.fields["why"].required = False
    status, change = 200, None
    if posted and not looks:
        done, status = attempted(form, lambda **given: propose(request.actor, None, **given))
        if done is not None:
            return redirect("screening:threshold", done.pk)
    now = queries.in_force()
    if looks and form.is_valid():
        try:
            chosen = wanted(**form.cleaned_data)
            told = curves.read(request.actor, {now.review: (), chosen.review: ()})
            change = curves.change(calibration(), told, now, chosen.review, chosen.match)
        except ValidationError as wrong:
            put_faults(form, wrong)
    form.fields["why"].required = True
    if looks and form.errors:
        status = 422
    context = {**_frame(now), "form": form, "spec": spec, "change": change}
    return render(request, "screening/threshold_new.html", context, status=status)


@require_GET
def threshold(request: Any, pk: Any) -> HttpResponse:
    """One pair of thresholds: who, why, from when; of a proposal what it would change, and its buttons."""
    _ask(request.actor)
    row = _row(request, pk)
    now, change = queries.in_force(), None
    if row.state == Thresholds.State.PROPOSED:
        told = curves.read(request.actor, {now.review: (), row.review: ()})
        change = curves.change(calibration(), told, now, row.review, row.match)
    context = {
        **_frame(now),
        "row": row,
        "change": change,
        "offers": buttons(
            request.actor, row, lambda verb: reverse("screening:threshold_do", args=[row.pk, verb]), DANGEROUS
        ),
        "moved": row.state == Thresholds.State.PROPOSED and row.replaces_id != now.pk,
        "own": row.proposed_by_user_id == request.actor.user_id,
    }
    return render(request, "screening/threshold.html", context)


def _row(request: Any, pk: Any) -> Any:
    return _chipped([visible_or_404(queries.rows(request.actor), request.actor, pk)])[0]


@require_http_methods(["GET", "POST"])
def threshold_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    _ask(request.actor)
    row = _row(request, pk)
    spec = spec_of("thresholds", verb)
    ask(request.actor, row, spec)
    onward = lambda _done: reverse("screening:threshold", args=[pk])  # noqa: E731
    return carry_out(request, spec, row, "screening/threshold_act.html", onward, marking=MARKING)
