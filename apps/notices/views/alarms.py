"""Test alarms: who decides sends one to their desk; everybody answers, from the phone too; the page counts seconds."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.marking import of
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.notices import queries
from apps.notices.actions import alarms as actions
from apps.notices.lists import Alarms
from apps.notices.models import AlarmTest
from apps.notices.refusals import Refusals


def _asker(request: Any) -> Any:
    if request.actor is None:
        raise Refused("not-visible")
    return request.actor


@require_GET
def alarms(request: Any) -> HttpResponse:
    """The test alarms of one's desk."""
    _asker(request)
    return Alarms(request).answer()


@require_POST
def show_new_alarm(request: Any) -> HttpResponse:
    """Send one."""
    made = actions.send_alarm(_asker(request), None)
    return redirect("notices:alarmtest", pk=made.pk)


@require_GET
def alarm(request: Any, pk: Any) -> HttpResponse:
    """One test alarm: the button for who was alarmed, and who has answered after how long."""
    actor, row = _asker(request), _own(request, pk)
    answers = queries.answers_of(actor, row)
    context = {
        "row": row,
        "answers": answers,
        "answered": sum(one["seconds"] is not None for one in answers),
        "mine": next((one["seconds"] is None for one in answers if one["own"]), False),
        "marking": of(row),
    }
    return render(request, "notices/alarm.html", context)


def _own(request: Any, pk: Any) -> AlarmTest:
    row: AlarmTest = visible_or_404(queries.alarms(_asker(request)), request.actor, pk)
    return row


@require_POST
def show_alarm_answer(request: Any, pk: Any) -> HttpResponse:
    """Say that the alarm has reached one; pressed twice it counts once."""
    row = _own(request, pk)
    try:
        actions.answer_alarm(request.actor, row)
    except Refused as refusal:
        if refusal.code != Refusals.ANSWERED_ALREADY:
            raise
    return redirect("notices:alarmtest", pk=pk)
