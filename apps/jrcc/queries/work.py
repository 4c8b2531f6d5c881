"""What of the JRCC's records waits for a seat or for others, for My work."""

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.journeys.models import Journey
from apps.jrcc import policy, titles
from apps.jrcc.models import Hit, HitQuestion
from apps.jrcc.queries import floor
from apps.jrcc.queries.clocks import WORKED_ON, clocks
from apps.jrcc.queries.deadline_words import deadline_text
from apps.jrcc.queries.service_levels import with_referrals
from apps.manifests.queries.work import MOST
from apps.people.queries.work import Ask, Facts, Together, WorkRow, moment, same_for_a_seat

S = Hit.State


def hits_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Unassigned hits and claims for the watch; for a border desk those referred to its State. One query.

    A colleague's claims are yielded for who decides at the watch.
    """
    claims = Q(state=S.CLAIMED) if actor.rank >= DECIDES else Q(state=S.CLAIMED, claimed_by_seat_id=actor.seat_id)
    looks = Q(state=S.DISMISSED, second_look="due") & ~Q(dismissed_by_user_id=actor.user_id)
    mine = {
        "watch": Q(state=S.RAISED) | claims | looks,
        "border": Q(state__in=[S.REFERRED, S.ACKNOWLEDGED], referred_to__contains=[actor.party_code]),
    }.get(actor.function)
    if mine is None or actor.rank < WORKS:
        return
    opens = Exists(Journey.objects.visible_to(actor).filter(pk=OuterRef("journey_id")))
    rows = floor.hit_rows(actor).filter(mine).annotate(opens_journey=opens).order_by("due_at", "pk")
    lines = sorted((floor.hit_line(actor, hit) for hit in rows), key=floor.by_deadline)
    if len(lines) > MOST:
        left = len(lines) - MOST
        more = ngettext("%(n)d more hit waits on the floor", "%(n)d more hits wait on the floor", left) % {"n": left}
        yield WorkRow(title=more, url=reverse("jrcc:floor"), due=None, detail=_("Not shown here"), kind="alert")
    for line in lines[:MOST]:
        hit = line.it
        yield WorkRow(
            title=titles.hit(hit.journey),
            url=reverse("jrcc:hit", args=[hit.pk]),
            due=line.clock.due_at if line.clock else hit.due_at,
            detail=_by_when(actor, line)
            + f"{line.name}, {hit.list_name}, {line.why or f'{line.percent}%'}, {line.chip[2]}",
            kind="alert",
            code=hit.reference,
            act=str(_ACTS.get(line.clock.step, "")) if line.clock else "",
            seat=hit.claimed_by_seat_id if hit.state == S.CLAIMED else None,
            together=_of_journey(hit),
        )


def _of_journey(hit: Any) -> Together | None:
    """Hits on one journey: its page lists them. None where the seat does not see the journey."""
    if not hit.opens_journey:
        return None
    name = pgettext("heading, jrcc", "Hits on %(flight)s") % {"flight": hit.journey}
    return Together(name, reverse("jrcc:journey", args=[hit.journey_id]) + "#hits", _("Open the journey"))


_ACTS = {
    "claim": pgettext_lazy("button, jrcc", "Claim"),
    "decide": pgettext_lazy("button, jrcc", "Decide"),
    "second_look": pgettext_lazy("button, jrcc", "Review"),
    "acknowledge": pgettext_lazy("button, jrcc", "Acknowledge"),
    "outcome": pgettext_lazy("button, jrcc", "Record outcome"),
}
"""Buttons, by the step that is due."""


def _by_when(actor: Actor, line: floor.HitLine) -> str:
    """The deadline as every page tells it, before the rest of the detail."""
    return f"{deadline_text(actor, line.clock)}. " if line.clock else ""


def hits_handed_over(actor: Actor) -> Ask:
    """For the log of the watch: every hit with a next step, by reference and flight; nobody is named."""
    rows = with_referrals(Hit.objects.visible_to(actor).filter(WORKED_ON))
    facts = {
        **{name: name for name in ("score", "stands_since", "second_look", "referrals")},
        **{"key": "pk", "reference": "reference", "state": "state", "list": "list_name", "due": "due_at"},
        **{"who": "claimed_by", "to": "referred_to", "carrier": "journey__carrier_id", "number": "journey__number"},
    }
    return Ask(rows, ["due_at", "pk"], facts, lambda facts: [_handed_over(facts)], most=100)


def _handed_over(facts: Facts) -> WorkRow:
    words = floor.STATE_CHIPS[S(facts["state"])][2] if facts["state"] != S.DISMISSED else _("Second review due")
    with_whom = facts["who"] if facts["state"] == S.CLAIMED else ", ".join(facts["to"])
    return WorkRow(
        title=titles.hit(f"{facts['carrier'] or ''} {facts['number']}".strip()),
        url=reverse("jrcc:hit", args=[facts["key"]]),
        due=_first_due(facts),
        detail=", ".join(filter(None, [str(words), with_whom, facts["list"]])),
        kind="alert",
        code=facts["reference"],
    )


def _first_due(facts: Facts) -> datetime.datetime | None:
    """When the first step is due, as the watch reads it everywhere; the answer before the landing without one."""
    answer = moment(facts["due"])
    told = {**facts, "due_at": answer, "stands_since": moment(facts["stands_since"])}
    return next((clock.due_at for clock in clocks(SimpleNamespace(**told))), answer)


def hits_referred(actor: Actor) -> Iterator[WorkRow]:
    """For the watch: hits that a State has not acknowledged. One query."""
    if actor.function != "watch" or actor.rank < WORKS:
        return
    for hit in floor.hit_rows(actor).filter(state=S.REFERRED).order_by("due_at", "pk")[:MOST]:
        line = floor.hit_line(actor, hit)
        words = _("Referred to %(states)s, not acknowledged") % {"states": ", ".join(hit.referred_to)}
        yield WorkRow(
            title=titles.hit(hit.journey),
            url=reverse("jrcc:hit", args=[hit.pk]),
            due=line.clock.due_at if line.clock else hit.due_at,
            detail=f"{_by_when(actor, line)}{words}",
            kind="alert",
            code=hit.reference,
        )


@same_for_a_seat
def questions_to_answer(actor: Actor) -> Iterator[Ask]:
    """Questions about hits that were put to the party."""
    if policy.may_ask(actor, None):
        rows = HitQuestion.objects.visible_to(actor).filter(state=HitQuestion.State.ASKED, of=actor.party_code)
        facts = {"pk": "pk", "hit": "hit__reference", "by": "originator_id", "due": "hit__due_at"}
        yield Ask(rows, ["hit__due_at", "pk"], facts, lambda facts: [_to_answer(facts)])


def _to_answer(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.hit_question(),
        url=reverse("jrcc:hitquestion", args=[facts["pk"]]),
        due=moment(facts["due"]),
        detail=pgettext("words, jrcc", "Asked by %(by)s") % facts,
        kind="message",
        code=facts["hit"],
        act=pgettext("button, jrcc", "Answer"),
    )
