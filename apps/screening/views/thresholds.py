"""Thresholds by alert budget: what they cost and find, what is proposed, and who decided."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, put_faults
from apps.access.marking import OFFICIAL
from apps.access.refusal import Refused
from apps.pages.verb_pages import VerbPages, try_form
from apps.screening import policy
from apps.screening.actions.thresholds import propose_thresholds, wanted
from apps.screening.lists import EarlierThresholds
from apps.screening.matching import MATCHER_VERSION
from apps.screening.matching.tables import weights
from apps.screening.models import Thresholds
from apps.screening.queries import calibration_curves
from apps.screening.queries import thresholds as queries
from apps.screening.queries.state_chips import THRESHOLD_STATES
from apps.screening.rules.calibration import calibration


def _rows(actor: Any) -> Any:
    _ask(actor)
    return queries.find_thresholds(actor)


verbs = VerbPages(
    noun="thresholds",
    address="screening:threshold_do",
    rows=_rows,
    page=lambda row: reverse("screening:threshold", args=[row.pk]),
    title=lambda row: f"{calibration_curves.percent(row.review)}% / {calibration_curves.percent(row.match)}%",
    whence=(pgettext_lazy("link, screening", "Thresholds"), "screening:thresholds"),
    prepare=lambda _request, _row, _spec: {"marking": OFFICIAL},
)


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
    marks.setdefault(now.review, []).append(pgettext("words, screening", "display threshold"))
    marks.setdefault(now.match, []).append(pgettext("words, screening", "match threshold"))
    for row in waiting:
        marks.setdefault(row.review, []).append(pgettext("words, screening", "proposed"))
    told, counted = calibration_curves.read_calibration(request.actor, marks), calibration()
    lines = calibration_curves.make_threshold_table(counted, told, now, marks)
    context = {
        **_frame(now),
        "row": next((row for row in rows if row.pk == now.pk), None),
        "alerts": calibration_curves.alerts(counted, now.review),
        "found": f"{counted.share_found(now.review) * 100:.1f}",
        "lines": lines,
        "figure": calibration_curves.figure(counted, lines),
        "told": told,
        "settled": told.right + told.wrong,
        "entries": queries.entries_in_use(request.actor),
        "waiting": waiting,
        "list": EarlierThresholds(request, listed=rows).shown(),
    }
    return render(request, "screening/thresholds.html", context)


def _frame(now: queries.InForce) -> dict[str, Any]:
    counted = calibration()
    return {
        "now": now,
        "review": calibration_curves.percent(now.review),
        "match": calibration_curves.percent(now.match),
        "counted": counted,
        "older": counted.weights != weights().version,
        "matcher": MATCHER_VERSION,
        "fewest": calibration_curves.FEWEST,
        "marking": OFFICIAL,
    }


def _chipped(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.chip = THRESHOLD_STATES[row.state]
        row.review_percent, row.match_percent = (
            calibration_curves.percent(row.review),
            calibration_curves.percent(row.match),
        )
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
        done, status = try_form(form, lambda **given: propose_thresholds(request.actor, None, **given))
        if done is not None:
            return redirect("screening:threshold", done.pk)
    now = queries.in_force()
    if looks and form.is_valid():
        try:
            chosen = wanted(**form.cleaned_data)
            told = calibration_curves.read_calibration(request.actor, {now.review: (), chosen.review: ()})
            change = calibration_curves.change(calibration(), told, now, chosen.review, chosen.match)
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
    row = _chipped([verbs.find(request.actor, pk)])[0]
    now, change = queries.in_force(), None
    if row.state == Thresholds.State.PROPOSED:
        told = calibration_curves.read_calibration(request.actor, {now.review: (), row.review: ()})
        change = calibration_curves.change(calibration(), told, now, row.review, row.match)
    context = {
        **_frame(now),
        "row": row,
        "change": change,
        "offers": verbs.buttons(request.actor, row),
        "moved": row.state == Thresholds.State.PROPOSED and row.replaces_id != now.pk,
        "own": row.proposed_by_user_id == request.actor.user_id,
    }
    return render(request, "screening/threshold.html", context)
