"""The supervisors' report on the hits that the seat sees: precision, drift, times, as a page and as a file."""

import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.downloads import download_csv
from apps.access.marking import CONFIDENTIAL
from apps.access.refusal import Refused
from apps.screening import policy
from apps.screening.forms.entry_fields import DayField
from apps.screening.queries import clearances, hit_outcomes, supervisor_report
from apps.screening.queries.thresholds import in_force

USUAL_DAYS, MOST_DAYS = 90, 366


class PeriodForm(forms.Form):
    """Two days; without them the last ninety."""

    first = DayField(label=pgettext_lazy("field, screening", "From"))
    last = DayField(label=pgettext_lazy("field, screening", "To"))

    def clean(self) -> dict[str, Any]:
        """Both days, in order, a year at most apart."""
        given = super().clean() or {}
        last = given.get("last") or timezone.localdate()
        first = given.get("first") or last - datetime.timedelta(days=USUAL_DAYS)
        if first > last:
            self.add_error("first", _("Choose a first day on or before the last day."))
        elif (last - first).days > MOST_DAYS:
            self.add_error("first", _("Choose a period of at most one year."))
        return {"first": first, "last": last}

    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """When the first day begins and when the last is over, by the reader's clock."""
        after = self.cleaned_data["last"] + datetime.timedelta(days=1)
        begin, end = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
            for day in (self.cleaned_data["first"], after)
        )
        return begin, end


@require_GET
def report(request: Any) -> HttpResponse:
    """Precision by list, State, week and matcher, the scores' drift, times, what is overdue, what clearances did."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "screening/report.html", {"form": form, "marking": CONFIDENTIAL}, status=422)
    now = in_force()
    told, found = _told(request, form, now.match)
    context = {
        "form": form,
        "period": form.cleaned_data,
        "told": told,
        "found": found,
        "bars": supervisor_report.draw_hit_bars(found.weeks),
        "now": now,
        "in_force": clearances(request.actor, "active").count(),
        "query": f"?first={form.cleaned_data['first']}&last={form.cleaned_data['last']}",
        "marking": CONFIDENTIAL,
    }
    return render(request, "screening/report.html", context)


@require_GET
def report_csv(request: Any) -> HttpResponse:
    """The same numbers as a file, which names nobody."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "screening/report.html", {"form": form, "marking": CONFIDENTIAL}, status=422)
    _told_of, found = _told(request, form, in_force().match)
    return download_csv(supervisor_report.make_report_lines(found), "screening-report", CONFIDENTIAL)


def _form(request: Any) -> PeriodForm:
    if not policy.decides_about_lists(request.actor):
        raise Refused("not-visible")
    return PeriodForm(request.GET)


def _told(request: Any, form: PeriodForm, match: float) -> tuple[hit_outcomes.Told, supervisor_report.Report]:
    cuts = sorted({*supervisor_report.BANDS, match})
    told = hit_outcomes.told(request.actor, *form.moments(), cuts)
    return told, supervisor_report.report(told, cuts, match)
