"""Test alarms: who decides sends one to his desk; everybody answers, from the phone too; the page counts seconds."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.notices import policy, queries
from apps.notices.actions import alarms as actions
from apps.notices.models import AlarmTest

SHOWN = 30


def _asker(request: Any) -> Any:
    if request.actor is None:
        raise Refused("not-visible")
    return request.actor


@require_GET
def alarms(request: Any) -> HttpResponse:
    """The last test alarms of one's desk."""
    actor = _asker(request)
    context = {
        "rows": list(queries.alarms(actor).order_by("-pk")[:SHOWN]),
        "sends": bool(policy.may_test_alarm(actor, None)),
        "marking": {"level": 0, "caveat": ""},
    }
    return render(request, "notices/alarms.html", context)


@require_POST
def send(request: Any) -> HttpResponse:
    """Send one."""
    made = actions.send(_asker(request), None)
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
        "marking": {"level": 0, "caveat": ""},
    }
    return render(request, "notices/alarm.html", context)


def _own(request: Any, pk: Any) -> AlarmTest:
    row: AlarmTest = visible_or_404(queries.alarms(_asker(request)), request.actor, pk)
    return row


@require_POST
def answer(request: Any, pk: Any) -> HttpResponse:
    """Say that the alarm has reached one; pressed twice it counts once."""
    row = _own(request, pk)
    try:
        actions.answer(request.actor, row)
    except Refused as refusal:
        if refusal.code != "answered-already":
            raise
    return redirect("notices:alarmtest", pk=pk)
