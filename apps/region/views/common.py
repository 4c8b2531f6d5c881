"""What pages of the register share: the days, the classification, the frame of a page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.access.marking import Banner
from apps.region.actions.facts import today
from apps.region.forms.days import DaysForm


def asked(request: Any) -> DaysForm:
    """The days of a page, checked."""
    form = DaysForm(request.GET, today=today(request.actor))
    form.is_valid()
    return form


def page(request: Any, template: str, form: DaysForm | None, **context: Any) -> HttpResponse:
    """A page of the register and its days, which the tabs keep; 422 where a day could not be read."""
    status = 422 if form is not None and form.errors else 200
    return render(request, template, _frame(request, form, **context), status=status)


def marking() -> Banner:
    """Who may read the register and what is taken from it."""
    return {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")}


def _days(request: Any, form: DaysForm | None) -> dict[str, str]:
    if form is None or form.errors:
        return {}
    return {name: request.GET[name] for name in ("as_of", "known_at") if request.GET.get(name)}


def kept_days(request: Any, form: DaysForm) -> str:
    """The days of the page as the query of a link: "?as_of=2008-01-21"; "" for today."""
    days = _days(request, form)
    return f"?{urlencode(days)}" if days else ""


def _frame(request: Any, form: DaysForm | None, **context: Any) -> dict[str, Any]:
    days = _days(request, form)
    request.kept_query = days
    return {
        "days": days,
        "days_query": urlencode(days),
        "form": form,
        "day": form.day if form else None,
        "known": form.known if form else None,
        "marking": marking(),
        **context,
    }
