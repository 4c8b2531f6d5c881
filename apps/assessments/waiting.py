"""What waits in assessments: to answer, contribute, take positions, sign, comment, and for the lead to go on."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.assessments.queries import owing
from apps.people.waiting import Ask, Facts, WorkRow, register

S = Assessment.State
ROOM = "assessments:assessments"
COLUMNS = {"pk": F("pk"), "number": F("number"), "title": F("title"), "due": F("due"), "state": F("state")}


def _row(facts: Facts, title: str, act: str, kind: str) -> WorkRow:
    text = (facts["due"] or {}).get(facts["state"], "")
    day = datetime.date.fromisoformat(text) if text else None
    due = datetime.datetime.combine(day, datetime.time(23, 59), datetime.UTC) if day else None
    url = reverse("assessments:assessment", args=[facts["pk"]])
    said = title % {"number": facts["number"]}
    return WorkRow(title=said, url=url, due=due, detail=facts["title"], kind=kind, act=act, place=reverse(ROOM))


def _ask(rows: Any, title: Any, act: Any, kind: str) -> Ask:
    return Ask(rows, ["pk"], COLUMNS, lambda facts: [_row(facts, str(title), str(act), kind)])


@register
def answers(actor: Actor) -> Iterator[Ask]:
    """Assessments that the party was asked to take part in, and calls to which it has not contributed."""
    if actor.function != "contact" or actor.rank < WORKS:
        return
    seen, party = Assessment.objects.visible_to(actor), [actor.party_code]
    asked = seen.filter(invited__contains=party, state__in=policy.OPEN_TERMS)
    yield _ask(
        asked, gettext_lazy("Answer whether your State takes part in %(number)s"), gettext_lazy("Answer"), "scale"
    )
    yield _ask(owing.contributions(actor), gettext_lazy("Contribute to %(number)s"), gettext_lazy("Contribute"), "send")


@register
def signing(actor: Actor) -> Iterator[Ask]:
    """Judgements on which the party has no position, and texts that it has not signed."""
    if actor.function not in policy.SIGNS or actor.rank < DECIDES:
        return
    title = gettext_lazy("Take your State's positions in %(number)s")
    yield _ask(owing.positions(actor), title, gettext_lazy("Take"), "flag")
    title = gettext_lazy("Sign %(number)s for your State")
    yield _ask(owing.signatures(actor), title, gettext_lazy("Sign"), "signature")


@register
def outcomes(actor: Actor) -> Iterator[Ask]:
    """Judgements whose date has come and of which it is not known what became, and what waits for a second person."""
    if actor.function not in policy.SIGNS or actor.rank < WORKS:
        return
    title = gettext_lazy("Say what became of judgements of %(number)s")
    yield _ask(owing.outcomes(actor), title, gettext_lazy("Say"), "history")
    title = gettext_lazy("Confirm what became of judgements of %(number)s")
    yield _ask(owing.confirmations(actor), title, gettext_lazy("Look"), "circle-check")


@register
def leading(actor: Actor) -> Iterator[Ask]:
    """What the seat leads, by the last day of its present step; for the director what awaits the terms or release."""
    if actor.desk_code != policy.LEADS or actor.rank < WORKS:
        return
    seen = Assessment.objects.visible_to(actor)
    mine = seen.filter(lead_id=actor.user_id, state__in=[one for one in Assessment.WORKING if one != S.PROPOSED])
    yield _ask(mine, gettext_lazy("You lead %(number)s"), gettext_lazy("Go on"), "scale")
    if actor.rank >= DECIDES:
        terms = seen.filter(state=S.PROPOSED).exclude(accepted=[])
        yield _ask(terms, gettext_lazy("Agree the terms of %(number)s"), gettext_lazy("Agree"), "scale")
    review = seen.filter(state=S.UNDER_REVIEW)
    review = review if actor.rank >= DECIDES else review.filter(lead_id=actor.user_id)
    yield _ask(review, gettext_lazy("Review %(number)s"), gettext_lazy("Review"), "history")
