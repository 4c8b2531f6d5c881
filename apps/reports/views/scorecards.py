"""Scorecards: five numbers of each State at a cut-off date, with its own words beside them. Never a rank."""

import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.templatetags.portal import percent
from apps.council.actions.decision_fields import DayField
from apps.council.queries.membership import roll
from apps.impacs.obligations.forms.matrix import DayInput
from apps.impacs.obligations.queries.progress import today_of
from apps.pages.verb_pages import TEMPLATE, answer_form
from apps.reports import policy
from apps.reports.models import ScoreComment
from apps.reports.queries import figure_bars, report_pages, scorecards
from apps.reports.queries.moments import FIRST_DAY
from apps.reports.rules.scorecards import INDICATORS, OPEN_SHARE
from apps.reports.views.verbs import report_verbs

verbs = report_verbs(
    ScoreComment,
    "score_comment",
    "comments",
    page=lambda _row: reverse("reports:scorecards"),
    title=lambda _row: pgettext("words, reports", "Scorecards"),
)


class CutOffForm(forms.Form):
    """The cut-off date of the numbers."""

    as_of = DayField(
        label=pgettext("field, reports", "Cut-off date"), required=False, widget=DayInput(attrs={"size": 12})
    )

    def __init__(self, data: Any, today: datetime.date) -> None:
        super().__init__(data)
        self.today = today

    def clean_as_of(self) -> datetime.date:
        """A day of the Community's life, today at the latest."""
        day = self.cleaned_data["as_of"] or self.today
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(_("Enter a date from 1 August 1973 to today."))
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
    parties = None if report_pages.drafts(actor) else [actor.party_code]
    cards = scorecards.cards(actor, day, since, parties)
    said = ScoreComment.objects.visible_to(actor).filter(cut_off=day, state=ScoreComment.State.STANDING)
    comments = {(one.party_id, one.indicator): one for one in said}
    context = {
        "form": form,
        "day": day,
        "since": since,
        "meeting": meeting,
        "rows": [_row(actor, card, comments, day) for card in cards],
        "figure": figure_bars.draw_figure_bars(_bars(cards)),
        "drafting": report_pages.drafts(actor),
        "marking": {"level": 1, "caveat": _("Only the State concerned and IMPACS")},
    }
    return render(request, "reports/scorecards.html", context, status=422 if form.errors else 200)


def _row(actor: Any, card: scorecards.Card, comments: dict[Any, ScoreComment], day: datetime.date) -> dict[str, Any]:
    own = card.party.code == actor.party_code
    cells = {
        code: {"value": card.scores.value(code), "comment": comments.get((card.party.code, code)), "own": own}
        for code in INDICATORS
    }
    row = {"party": card.party, "cells": cells, "open": card.scores.open, "rejected": card.scores.rejected}
    return {**row, "day": day, "may_comment": bool(policy.may_comment(actor, None))}


def _bars(cards: list[scorecards.Card]) -> list[tuple[str, int, int, str]]:
    """The share of due actions not verified, State by State in roll-call order."""
    found = []
    for card in cards:
        share, value = card.scores.open, card.scores.value(OPEN_SHARE)
        said = percent(value) if value is not None else pgettext("words, reports", "none due")
        found.append((card.party.short_name, share.part, share.whole, said))
    return found


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def comment(request: Any) -> HttpResponse:
    """Say something beside one of one's own numbers."""
    if not policy.may_comment(request.actor, None):
        raise Refused(AccessRefusals.NEEDS_OFFICER)
    if request.actor.party_code not in {party.code for party in roll(today_of(request.actor))}:
        raise Refused("not-visible")
    indicator, day = request.GET.get("indicator", ""), request.GET.get("cut_off", "")
    initial = {"indicator": indicator, "cut_off": day or today_of(request.actor)}
    here = reverse("reports:scorecards")
    onward = lambda row: f"{here}?as_of={row.cut_off.isoformat()}"  # noqa: E731
    shown: dict[str, Any] = {"back": here, "title": pgettext("words, reports", "Scorecards"), "initial": initial}
    return answer_form(request, REGISTRY["score_comment.write"], None, TEMPLATE, onward, **shown)
