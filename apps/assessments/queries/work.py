"""What waits in assessments: to answer, contribute, take positions, sign, comment, and for the lead to go on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.urgency import end_of
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.assessments.queries import contributions_due
from apps.people.queries.work import Ask, Facts, WorkRow, day, same_for_a_seat

S = Assessment.State
ROOM = "assessments:assessments"
COLUMNS = {"pk": F("pk"), "number": F("number"), "title": F("title"), "due": F("due"), "state": F("state")}


def _row(facts: Facts, title: str, act: str, kind: str, zone: str, step: str) -> WorkRow:
    due = end_of(day((facts["due"] or {}).get(facts["state"])), zone)
    url = reverse("assessments:assessment", args=[facts["pk"]])
    said, code = title % {"title": facts["title"]}, facts["number"]
    return WorkRow(
        title=said, url=url, due=due, detail="", kind=kind, act=act, code=code, place=reverse(ROOM), step=step
    )


def _ask(actor: Actor, step: str, rows: Any, title: Any, act: Any, kind: str) -> Ask:
    zone = actor.time_zone
    return Ask(rows, ["pk"], COLUMNS, lambda facts: [_row(facts, str(title), str(act), kind, zone, step)])


@same_for_a_seat
def answers(actor: Actor) -> Iterator[Ask]:
    """Assessments that the party was asked to take part in, and calls to which it has not contributed."""
    if actor.function != "contact" or actor.rank < WORKS:
        return
    seen, party = Assessment.objects.visible_to(actor), [actor.party_code]
    asked = seen.filter(invited__contains=party, state__in=policy.OPEN_TERMS)
    yield _ask(
        actor,
        "terms",
        asked,
        gettext_lazy("Accept or decline to take part: %(title)s"),
        pgettext_lazy("button, assessments", "Answer"),
        "scale",
    )
    yield _ask(
        actor,
        "call",
        contributions_due.find_calls_to_answer(actor),
        pgettext_lazy("words, assessments", "Contribute: %(title)s"),
        pgettext_lazy("button, assessments", "Contribute"),
        "send",
    )


@same_for_a_seat
def signing(actor: Actor) -> Iterator[Ask]:
    """Judgements on which the party has no position, and texts that it has not signed."""
    if actor.function not in policy.SIGNS or actor.rank < DECIDES:
        return
    title = gettext_lazy("Record your State's positions: %(title)s")
    yield _ask(
        actor,
        "positions",
        contributions_due.find_positions_due(actor),
        title,
        pgettext_lazy("words, assessments", "Record position"),
        "flag",
    )
    title = gettext_lazy("Sign for your State: %(title)s")
    yield _ask(
        actor,
        "sign",
        contributions_due.signatures(actor),
        title,
        pgettext_lazy("button, assessments", "Sign"),
        "signature",
    )


def outcomes(actor: Actor) -> Iterator[Ask]:
    """Judgements whose date has come and of which it is not known what became, and what waits for a second person."""
    if actor.function not in policy.SIGNS or actor.rank < WORKS:
        return
    title = gettext_lazy("Record the outcomes of judgements: %(title)s")
    yield _ask(
        actor,
        "outcomes",
        contributions_due.find_outcomes_due(actor),
        title,
        pgettext_lazy("button, assessments", "Record outcome"),
        "history",
    )
    title = gettext_lazy("Confirm the outcomes of judgements: %(title)s")
    yield _ask(
        actor,
        "confirm",
        contributions_due.confirmations(actor),
        title,
        pgettext_lazy("button, assessments", "Review"),
        "circle-check",
    )


@same_for_a_seat
def leading(actor: Actor) -> Iterator[Ask]:
    """What the seat leads, by the last day of its present step; for the director what awaits the terms or release."""
    if actor.desk_code != policy.LEADS or actor.rank < WORKS:
        return
    seen = Assessment.objects.visible_to(actor)
    mine = seen.filter(lead_id=actor.user_id, state__in=[one for one in Assessment.WORKING if one != S.PROPOSED])
    yield _ask(
        actor,
        "lead",
        mine,
        pgettext_lazy("words, assessments", "You lead: %(title)s"),
        pgettext_lazy("button, assessments", "Go on"),
        "scale",
    )
    if actor.rank >= DECIDES:
        terms = seen.filter(state=S.PROPOSED).exclude(accepted=[])
        yield _ask(
            actor,
            "agree",
            terms,
            gettext_lazy("Agree the terms: %(title)s"),
            pgettext_lazy("button, assessments", "Agree"),
            "scale",
        )
    review = seen.filter(state=S.UNDER_REVIEW)
    review = review if actor.rank >= DECIDES else review.filter(lead_id=actor.user_id)
    yield _ask(
        actor,
        "review",
        review,
        pgettext_lazy("words, assessments", "Review: %(title)s"),
        pgettext_lazy("button, assessments", "Review"),
        "history",
    )
