"""What pages of the register share: the day, the tabs, the classification, files as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.audit.exports import inert
from apps.region.actions.facts import today
from apps.region.forms.days import DaysForm

TABS = (
    ("region:map", gettext_lazy("Participation")),
    ("region:instruments", gettext_lazy("Instruments")),
    ("region:laws", gettext_lazy("Laws")),
    ("region:indicators", gettext_lazy("Indicators")),
    ("region:initiatives", gettext_lazy("Initiatives")),
)


def asked(request: Any) -> DaysForm:
    """The days of a page, checked."""
    form = DaysForm(request.GET, today=today(request.actor))
    form.is_valid()
    return form


def page(request: Any, template: str, form: DaysForm | None, **context: Any) -> HttpResponse:
    """A page of the register with its tabs and days; 422 where a day could not be read."""
    status = 422 if form is not None and form.errors else 200
    return render(request, template, _frame(request, form, **context), status=status)


def _frame(request: Any, form: DaysForm | None, **context: Any) -> dict[str, Any]:
    days = {}
    if form is not None:
        days = {name: request.GET[name] for name in ("as_of", "known_at") if request.GET.get(name) and not form.errors}
    return {
        "tabs": [{"url": _address(name, days), "label": label, "name": name} for name, label in TABS],
        "days": days,
        "days_query": urlencode(days),
        "form": form,
        "day": form.day if form else None,
        "known": form.known if form else None,
        "marking": {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")},
        **context,
    }


def _address(name: str, days: dict[str, str]) -> str:
    return reverse(name) + (f"?{urlencode(days)}" if days else "")


def as_csv(rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """A download: UTF-8 with a byte order mark, no cell a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([[inert(str(cell)) for cell in row] for row in rows])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
