"""The public holidays of a State: read by everybody, kept by its own ministry and contact desks."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.notices import actions, policy, queries
from apps.notices.forms import CalendarFilter
from apps.notices.models import Holiday


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def holidays(request: Any) -> HttpResponse:
    """A State's calendar of one year; POST adds a day to that of one's own."""
    actor = _asker(request)
    choice = CalendarFilter(request.GET, actor=actor, today=timezone.now().date())
    state, year = choice.chosen()
    verdict = policy.may_edit_holidays(actor, None)
    form = form_for_verb("holiday.add")(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST":
        _ask(verdict)
        added = carried_out(form, lambda: actions.add_holiday(actor, None, **form.cleaned_data))
        if added is not None:
            messages.success(request, _("%(name)s added to the calendar.") % {"name": added.name})
            return redirect(_address(added))
    edits = bool(verdict) and state == actor.party_code
    context = {
        "choice": choice.shown(),
        "state": choice.states.get(state, state),
        "code": state,
        "year": year,
        "rows": queries.year_of(state, year),
        "form": form if edits or form.errors else None,
        "edits": edits,
    }
    return render(request, "notices/holidays.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_holiday_removal(request: Any, pk: Any) -> HttpResponse:
    """Take a day out of the calendar of one's own State, with the reason."""
    actor = _asker(request)
    row = visible_or_404(Holiday, actor, pk)
    _ask(policy.may_edit_holidays(actor, row))
    form = form_for_verb("holiday.remove")(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST":
        done = carried_out(form, lambda: actions.remove_holiday(actor, row, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("%(name)s removed from the calendar.") % {"name": row.name})
            return redirect(_address(row))
    context = {"holiday": row, "form": form, "back": _address(row)}
    return render(request, "notices/holiday_remove.html", context, status=422 if form.errors else 200)


def _asker(request: Any) -> Any:
    if request.actor is None:
        raise Refused("not-visible")
    return request.actor


def _ask(verdict: Any) -> None:
    if not verdict:
        raise Refused("may-not", verdict.code)


def _address(row: Any) -> str:
    return f"{reverse('notices:holidays')}?{urlencode({'state': row.party_id, 'year': row.day.year})}"
