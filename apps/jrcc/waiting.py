"""What of the JRCC's records waits for a seat or for others, for My desk."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.jrcc import boards, policy
from apps.jrcc.departures import SHOWN_FOR
from apps.jrcc.models import (
    BookingLawChange,
    Carrier,
    ExpectedJourney,
    Hit,
    HitQuestion,
    Lookup,
    PenaltyChange,
    RegimeChange,
    RetentionChange,
    Submission,
)
from apps.jrcc.service import WORKED_ON
from apps.people.waiting import Ask, Facts, WorkRow, day, moment, register_as, register_asked

MOST = 50
S = Hit.State


@register_as("hits", gettext_lazy("Hits"))
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
    for hit in boards.hit_rows(actor).filter(mine).order_by("due_at", "pk")[:MOST]:
        line = boards.hit_line(actor, hit)
        yield WorkRow(
            title=_("Hit %(reference)s on %(flight)s") % {"reference": hit.reference, "flight": hit.journey},
            url=reverse("jrcc:hit", args=[hit.pk]),
            due=hit.due_at,
            detail=f"{line.name}, {hit.list_name}, {line.percent}%, {line.chip[2]}",
            kind="alert",
            act=str(_ACTS.get(hit.state, "")),
            seat=hit.claimed_by_seat_id if hit.state == S.CLAIMED else None,
        )


_ACTS = {
    S.RAISED: gettext_lazy("Claim"),
    S.CLAIMED: gettext_lazy("Decide"),
    S.DISMISSED: gettext_lazy("Look again"),
    S.REFERRED: gettext_lazy("Acknowledge"),
}


def hits_handed_over(actor: Actor) -> Ask:
    """For the log of the watch: every hit with a next step, by reference and flight; nobody is named."""
    rows = Hit.objects.visible_to(actor).filter(WORKED_ON)
    facts = {
        **{"key": "pk", "reference": "reference", "state": "state", "list": "list_name", "due": "due_at"},
        **{"who": "claimed_by", "to": "referred_to", "carrier": "journey__carrier_id", "number": "journey__number"},
    }
    return Ask(rows, ["due_at", "pk"], facts, lambda facts: [_handed_over(facts)], most=100)


def _handed_over(facts: Facts) -> WorkRow:
    words = boards.STATE_CHIPS[S(facts["state"])][2] if facts["state"] != S.DISMISSED else _("Second look due")
    with_whom = facts["who"] if facts["state"] == S.CLAIMED else ", ".join(facts["to"])
    return WorkRow(
        title=f"{facts['reference']}, {facts['carrier'] or ''} {facts['number']}",
        url=reverse("jrcc:hit", args=[facts["key"]]),
        due=moment(facts["due"]),
        detail=", ".join(filter(None, [str(words), with_whom, facts["list"]])),
        kind="alert",
    )


@register_asked
def hits_referred(actor: Actor) -> Iterator[WorkRow]:
    """For the watch: hits that a State has not acknowledged. One query."""
    if actor.function != "watch" or actor.rank < WORKS:
        return
    for hit in boards.hit_rows(actor).filter(state=S.REFERRED).order_by("due_at", "pk")[:MOST]:
        yield WorkRow(
            title=_("Hit %(reference)s on %(flight)s") % {"reference": hit.reference, "flight": hit.journey},
            url=reverse("jrcc:hit", args=[hit.pk]),
            due=hit.due_at,
            detail=_("Referred to %(states)s, not acknowledged") % {"states": ", ".join(hit.referred_to)},
            kind="alert",
        )


@register_as("lists", gettext_lazy("Lists to correct"))
def lists_to_correct(actor: Actor) -> Iterator[WorkRow]:
    """A carrier's lists that need correction, the latest of each flight alone. One query."""
    if actor.function != "carrier" or actor.rank < WORKS:
        return
    latest: dict[str, Submission] = {}
    for row in Submission.objects.visible_to(actor).exclude(grade="").order_by("-pk")[: MOST * 4]:
        latest.setdefault(row.flight or row.receipt, row)
    for row in latest.values():
        if row.grade in {"needs_correction", "unreadable"}:
            yield WorkRow(
                title=_("Correct the list of %(flight)s") % {"flight": row.flight or row.receipt},
                url=reverse("jrcc:submission", args=[row.pk]),
                due=None,
                detail=_("Receipt %(receipt)s") % {"receipt": row.receipt},
                kind="file",
                act=_("Correct"),
            )


@register_as("missing", gettext_lazy("Missing lists"))
def lists_missing(actor: Actor) -> Iterator[Ask]:
    """Lists that have not come by their deadline: for the watch to chase, for a carrier to send."""
    if actor.rank < WORKS or not (actor.function == "carrier" or actor.desk_code == "JRCC.watch"):
        return
    since = timezone.now() - SHOWN_FOR
    rows = ExpectedJourney.objects.visible_to(actor).filter(state="missing", departs_at__gte=since)
    facts = {"pk": "pk", "carrier": "carrier_id", "number": "number", "origin": "origin", "to": "destination"}
    yield Ask(rows, ["deadline_at"], facts | {"due": "deadline_at"}, lambda facts: [_missing(actor, facts)])


def _missing(actor: Actor, facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("List of %(carrier)s %(number)s is missing") % facts,
        url=reverse("jrcc:expectedjourney", args=[facts["pk"]]),
        due=moment(facts["due"]),
        detail=f"{facts['origin']}–{facts['to']}",
        kind="plane",
        act=_("Send") if actor.function == "carrier" else _("Chase"),
    )


@register_as("carriers", gettext_lazy("Carriers to confirm"))
def carriers_to_confirm(actor: Actor) -> Iterator[Ask]:
    """Carriers that only a list has named, for the watch."""
    if policy.may_settle_carrier(actor, None):
        rows = Carrier.objects.visible_to(actor).filter(state=Carrier.State.PROVISIONAL)
        yield Ask(rows, ["code"], {"code": "code", "name": "name"}, lambda facts: [_to_confirm(facts)])


def _to_confirm(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Whose designator is %(code)s?") % facts,
        url=reverse("jrcc:carrier", args=[facts["code"]]),
        due=None,
        detail=_("A list named it, nobody has confirmed it"),
        kind="plane",
        act=_("Confirm"),
    )


@register_as("lookups", gettext_lazy("Searches for people"))
def lookups_to_settle(actor: Actor) -> Iterator[Ask]:
    """Searches to review, for who decides at the desk; and one's own that an explanation is asked for."""
    if not policy.may_look_up(actor, None):
        return
    others = Q(state__in=Lookup.WAITING) & ~Q(user_id=actor.user_id)
    mine = Q(state=Lookup.State.QUESTIONED, user_id=actor.user_id)
    rows = Lookup.objects.visible_to(actor).filter(others | mine if actor.rank >= DECIDES else mine)
    facts = {"pk": "pk", "reference": "reference", "state": "state", "who": "person"}
    yield Ask(rows, ["pk"], facts, lambda facts: [_to_settle(facts)])


def _to_settle(facts: Facts) -> WorkRow:
    asked = facts["state"] == Lookup.State.QUESTIONED
    words = _("Explain search %(reference)s") if asked else _("Review search %(reference)s")
    return WorkRow(
        title=words % facts,
        url=reverse("jrcc:lookup", args=[facts["pk"]]),
        due=None,
        detail=facts["who"],
        kind="search",
        act=_("Explain") if asked else _("Review"),
    )


@register_as("questions", gettext_lazy("Questions about hits"))
def questions_to_answer(actor: Actor) -> Iterator[Ask]:
    """Questions about hits that were put to the party."""
    if policy.may_ask(actor, None):
        rows = HitQuestion.objects.visible_to(actor).filter(state=HitQuestion.State.ASKED, of=actor.party_code)
        facts = {"pk": "pk", "hit": "hit__reference", "by": "originator_id", "due": "hit__due_at"}
        yield Ask(rows, ["hit__due_at", "pk"], facts, lambda facts: [_to_answer(facts)])


def _to_answer(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Question about hit %(hit)s") % facts,
        url=reverse("jrcc:hitquestion", args=[facts["pk"]]),
        due=moment(facts["due"]),
        detail=_("Asked by %(by)s") % facts,
        kind="message",
        act=pgettext("verb", "Answer"),
    )


CHANGES: dict[Any, tuple[Any, Any]] = {
    RegimeChange: (policy.may_propose_regime, gettext_lazy("Change of a deadline")),
    RetentionChange: (policy.may_propose_retention, gettext_lazy("Change of a rule of retention")),
    PenaltyChange: (policy.may_propose_penalty, gettext_lazy("Change of a law on penalties")),
    BookingLawChange: (policy.may_propose_booking_law, gettext_lazy("Change of a law on bookings")),
}


@register_as("changes", gettext_lazy("Changes of rules to confirm"))
def changes_to_confirm(actor: Actor) -> Iterator[Ask]:
    """Changes of rules that wait for the second person, for those who decide and have not proposed them."""
    if actor.rank < DECIDES:
        return
    own = None if actor.desk_code == "JRCC.watch" else actor.party_code
    for model, (may_propose, words) in CHANGES.items():
        if may_propose(actor, None):
            rows = model.objects.visible_to(actor).filter(state="proposed", party=own)
            rows = rows.exclude(proposed_by_user_id=actor.user_id)
            page = f"jrcc:{model._meta.model_name}"
            facts = {"pk": "pk", "day": "valid_from", "by": "proposed_by"}
            yield Ask(rows, ["valid_from"], facts, partial(_second_word, page, str(words)))


def _second_word(page: str, words: str, facts: Facts) -> list[WorkRow]:
    return [
        WorkRow(
            title=words,
            url=reverse(page, args=[facts["pk"]]),
            due=datetime.datetime.combine(day(facts["day"]) or datetime.date.max, datetime.time(), datetime.UTC),
            detail=_("Proposed by %(by)s, waits for a second person") % facts,
            kind="scale",
            act=_("Decide"),
        )
    ]
