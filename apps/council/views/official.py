"""The Council in ten minutes: the next meeting, what a State owes or the Secretariat has to do, what changed."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from apps.access.actor import Actor
from apps.access.middleware import note_read
from apps.council.actions.decision_fields import DayField
from apps.council.models import Decision, Meeting
from apps.council.queries import changes, official, open_answers, secretariat
from apps.council.queries.briefs import credentials_chip, quorum
from apps.council.queries.meetings import title_of
from apps.council.views.meetings import marking

S = Decision.State


class SinceForm(forms.Form):
    """The day from which changes are shown."""

    since = DayField(
        label=later("Show changes since"),
        required=False,
        help_text=later("For example 2026-11-01; leave empty for your last visit"),
    )


@require_safe
def page(request: Any) -> HttpResponse:
    """Everything for a short visit; `?since=2026-11-01` shows the changes from a day on in place of the last visit."""
    actor, now = request.actor, timezone.now()
    form = SinceForm(request.GET)
    wanted = form.cleaned_data.get("since") if form.is_valid() else None
    before = official.last_visit(actor, now)
    since = _beginning(wanted, actor) if wanted else before or now - official.FIRST_VISIT
    found, more = changes.changes(actor, since)
    coming = official.next_meeting(actor)
    note_read(request, official.VISIT, Meeting)
    context = {
        "form": form,
        "since": since,
        "chosen": wanted is not None,
        "first_visit": before is None,
        "changes": changes.grouped(found),
        "changed": len(found),
        "more": more,
        "coming": coming,
        **_meeting(coming),
        "answers": _answers(actor) if actor.function == "ministry" else [],
        "desk": secretariat.desk(actor) if actor.function == "secretariat" else [],
        "marking": marking(),
    }
    return render(request, "council/official.html", context, status=422 if form.errors else 200)


def _beginning(day: datetime.date, actor: Actor) -> datetime.datetime:
    """The first moment of a day where the actor is."""
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(actor.time_zone))


def _meeting(coming: official.Coming | None) -> dict[str, Any]:
    if coming is None:
        return {}
    return {
        "title": title_of(coming.meeting),
        "credentials": credentials_chip(coming.own) if coming.own else None,
        "quorum": quorum(coming.meeting, coming.voting) if coming.own else None,
        "in_session": coming.meeting.state in Meeting.LIVE,
        "later": [
            {"title": title_of(one.meeting), "meeting": one.meeting, "to_read": one.to_read} for one in coming.later
        ],
    }


def _answers(actor: Actor) -> list[dict[str, Any]]:
    """What the State still owes: votes, answers of its Cabinet, reasons, receipts and replies in writing."""
    found = [
        {
            "title": row.title,
            "number": str(row),
            "url": reverse("council:decision", args=[row.pk]),
            "due": open_answers.answer_due(row),
            **_owed(row),
        }
        for row in official.owed_on_decisions(actor)
    ]
    found += [
        {
            "title": row.decision.title,
            "number": row.reference,
            "url": reverse("council:procedure", args=[row.pk]),
            "due": row.deadline,
            "icon": "mail" if row.receipt is None else "clock",
            "todo": pgettext("button, council", "Confirm receipt")
            if row.receipt is None
            else _("No reply counts as support: reply in time"),
        }
        for row in official.owed_in_writing(actor)
    ]
    # a vote in a meeting has no hour, but nothing is more urgent
    return sorted(found, key=lambda one: (one["icon"] != "scale", one["due"] is None, one["due"] or timezone.now()))


def _owed(row: Decision) -> dict[str, str]:
    if row.state == S.VOTING:
        return {"todo": _("The vote is open"), "icon": "scale"}
    if row.state == S.PENDING_AD_REFERENDUM:
        return {"todo": _("Record your Cabinet's answer"), "icon": "half"}
    return {"todo": _("Implement, or give reasons"), "icon": "message"}
