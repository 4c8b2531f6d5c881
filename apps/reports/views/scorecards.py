"""Scorecards: five numbers of each State at a cut-off date, with its own words beside them. Never a rank."""

import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.doors import REGISTRY
from apps.access.refused import Refused
from apps.council.actions.drafting import DayField
from apps.council.queries.membership import roll
from apps.council.views.acts import carry_out
from apps.impacs.forms.matrix import DayInput
from apps.impacs.queries.progress import today_of
from apps.reports import policy
from apps.reports.models import ScoreComment
from apps.reports.queries import drawing, reading, scorecards
from apps.reports.queries.moments import FIRST_DAY
from apps.reports.rules.scoring import INDICATORS, OPEN_SHARE


class CutOffForm(forms.Form):
    """The cut-off date of the numbers."""

    as_of = DayField(label=_("Cut-off date"), required=False, widget=DayInput(attrs={"size": 12}))

    def __init__(self, data: Any, today: datetime.date) -> None:
        super().__init__(data)
        self.today = today

    def clean_as_of(self) -> datetime.date:
        """A day of the Community's life, today at the latest."""
        day = self.cleaned_data["as_of"] or self.today
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(_("Write a day from 1 August 1973 to today."))
        return day


@require_safe
def scorecards_page(request: Any) -> HttpResponse:
    """The State's own numbers; those of every Member State for the Secretariat."""
    actor = request.actor
    data = request.GET.copy()
    data.setdefault("as_of", today_of(actor).isoformat())
    form = CutOffForm(data, today_of(actor))
    day = form.cleaned_data["as_of"] if form.is_valid() else today_of(actor)
    meeting = scorecards.last_council(actor, day)
    since = scorecards.day_of_meeting(meeting)
    parties = None if reading.drafts(actor) else [actor.party_code]
    cards = scorecards.cards(actor, day, since, parties)
    said = ScoreComment.objects.visible_to(actor).filter(cut_off=day, state=ScoreComment.State.STANDING)
    comments = {(one.party_id, one.indicator): one for one in said}
    context = {
        "form": form,
        "day": day,
        "since": since,
        "meeting": meeting,
        "indicators": [(code, name, unit) for code, (name, unit) in INDICATORS.items()],
        "rows": [_row(actor, card, comments) for card in cards],
        "figure": drawing.bars(_bars(cards)),
        "drafting": reading.drafts(actor),
        "may_comment": bool(policy.may_comment(actor, None)) and bool(cards),
        "marking": {"level": 1, "caveat": _("The State concerned and IMPACS only")},
    }
    return render(request, "reports/scorecards.html", context, status=422 if form.errors else 200)


def _row(actor: Any, card: scorecards.Card, comments: dict[Any, ScoreComment]) -> dict[str, Any]:
    cells = []
    for code in INDICATORS:
        value = card.scores.value(code)
        cells.append(
            {
                "code": code,
                "value": value,
                "comment": comments.get((card.party.code, code)),
                "own": card.party.code == actor.party_code,
            }
        )
    return {"party": card.party, "cells": cells, "open": card.scores.open, "rejected": card.scores.rejected}


def _bars(cards: list[scorecards.Card]) -> list[tuple[str, int, int, str]]:
    """The share of due actions not verified, State by State in roll-call order."""
    found = []
    for card in cards:
        share, value = card.scores.open, card.scores.value(OPEN_SHARE)
        said = f"{value} %" if value is not None else _("none due")
        found.append((card.party.short_name, share.part, share.whole, said))
    return found


@require_http_methods(["GET", "POST"])
def comment(request: Any) -> HttpResponse:
    """Say something beside one of one's own numbers."""
    if not policy.may_comment(request.actor, None):
        raise Refused("may-not", "needs-officer")
    if request.actor.party_code not in {party.code for party in roll(today_of(request.actor))}:
        raise Refused("not-visible")
    indicator, day = request.GET.get("indicator", ""), request.GET.get("cut_off", "")
    initial = {"indicator": indicator, "cut_off": day or today_of(request.actor)}
    here = reverse("reports:scorecards")
    onward = lambda row: f"{here}?as_of={row.cut_off.isoformat()}"  # noqa: E731
    context = {"back": here, "whence": _("Scorecards"), "initial": initial}
    return carry_out(request, REGISTRY["score_comment.write"], None, onward, **context)
