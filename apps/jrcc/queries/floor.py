"""What the pages' lists show: the floor's flights and queue, journeys, hits."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.models import FAR_FUTURE
from apps.carriers.queries import expected_journeys
from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from apps.jrcc.queries import findings
from apps.jrcc.queries.clocks import WORKED_ON, Clock
from apps.jrcc.queries.deadline_words import next_step
from apps.jrcc.queries.gate import gates, with_hits_at_work
from apps.jrcc.queries.gate_words import Gate
from apps.jrcc.queries.service_levels import with_referrals
from apps.jrcc.rules.grades import grade_of, of_grade
from apps.manifests.rules.routing import place

S = Hit.State
MOST_FLIGHTS, MOST_HITS = 120, 150
AHEAD = datetime.timedelta(hours=24)
LANDED = datetime.timedelta(minutes=30)
"""A flight stays on the board this long after it landed: the passport hall is still at work."""
BANDS = (
    (0, pgettext_lazy("status, jrcc", "Arrived")),
    (2, gettext_lazy("Arriving within 2 hours")),
    (4, pgettext_lazy("words, jrcc", "2 to 4 hours")),
    (6, pgettext_lazy("words, jrcc", "4 to 6 hours")),
    (10_000, pgettext_lazy("heading, jrcc", "Later")),
)
STATE_CHIPS = {
    S.RAISED: ("warn", "alert", pgettext_lazy("status, jrcc", "Unassigned")),
    S.CLAIMED: ("info", "user-check", gettext_lazy("With the JRCC")),
    S.REFERRED: ("info", "send", pgettext_lazy("status, jrcc", "Referred")),
    S.ACKNOWLEDGED: ("info", "half", pgettext_lazy("status, jrcc", "Acknowledged")),
    S.CLOSED: ("ok", "check", pgettext_lazy("status, jrcc", "Closed")),
    S.DISMISSED: ("mute", "minus", gettext_lazy("Not a match")),
    S.WITHDRAWN: ("mute", "undo", pgettext_lazy("status, jrcc", "Withdrawn")),
}
"""Chips of a hit's states: kind, picture, words."""
GRADE_WORDS = {
    "high": ("bad", pgettext_lazy("words, jrcc", "high")),
    "mid": ("warn", pgettext_lazy("words, jrcc", "medium")),
    "low": ("mute", pgettext_lazy("words, jrcc", "low")),
}


def name_of(traveller: Traveller) -> str:
    """Family name in capitals, then given names; a dash for somebody without any."""
    return f"{traveller.surname}, {traveller.given_names}".strip(", ") or "–"


def route_of(journey: Journey) -> str:
    """POS–BGI, with a question mark for a place that is not known."""
    return f"{journey.origin or '?'}–{journey.destination or '?'}"


def percent(score: float) -> int:
    """A probability as whole percent, rounded down, so that nothing short of certain reads 100."""
    return int(score * 100)


def _open_hits(actor: Actor | None) -> Exists:
    """Whether a hit with a next step that the actor may see is on the outer journey; a second look is one, too."""
    return Exists(Hit.objects.visible_to(actor).filter(WORKED_ON, journey=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class Flight:
    """A line of the board: the journey, how it stands, how far it is screened, where and when it lands."""

    it: Journey
    gate: Gate
    people: int
    share: int
    bar: str
    route: str
    zone: str

    @property
    def chip(self) -> tuple[str, str, str]:
        """How it stands, as kind, picture and words."""
        return self.gate.chip

    @property
    def lands_at(self) -> datetime.datetime | None:
        """When it lands, if that is known."""
        return self.it.arrives_at


def flight_of(actor: Actor, journey: Journey, gate: Gate) -> Flight:
    """A journey as the board shows it. Its bar is green where it is settled, and nowhere else."""
    people = journey.passengers + journey.crew
    share = 100 if people and journey.screened >= people else journey.screened * 100 // people if people else 0
    bar = {"bad": "p-bad", "ok": "p-ok", "warn": "p-warn"}.get(gate.chip[0], "")
    zone = place(journey.destination).zone or actor.time_zone
    return Flight(journey, gate, people, share, bar, route_of(journey), zone)


def flights(actor: Actor, now: datetime.datetime | None = None) -> dict[str, Any]:
    """The board of the next 24 hours: {groups: [(words, [Flight])], soon, with_hits, unsettled, later, missing, due}.

    By landing; all are counted, and `later` ones are too many to be shown. `missing` and `due` are expected journeys
    without a list. Four queries.
    """
    at = now or timezone.now()
    expected = Q(arrives_at__gte=at - LANDED, arrives_at__lte=at + AHEAD)
    unknown = Q(arrives_at=None, date__gte=(at - AHEAD).date(), date__lte=(at + AHEAD).date())
    rows = Journey.objects.visible_to(actor).filter(expected | unknown).exclude(state=Journey.State.CANCELLED)
    rows = with_hits_at_work(actor, rows).order_by("arrives_at", "pk")
    lines = flight_lines(actor, list(rows))
    groups: dict[str, list[Flight]] = {}
    for line in lines[:MOST_FLIGHTS]:
        groups.setdefault(_band(line.lands_at, at), []).append(line)
    soon = [line for line in lines if line.lands_at and line.lands_at <= at + datetime.timedelta(hours=6)]
    return {
        "groups": list(groups.items()),
        "soon": len(soon),
        "later": max(0, len(lines) - MOST_FLIGHTS),
        "with_hits": sum(bool(x.gate.hits) for x in lines),
        "unsettled": sum(not x.gate.settled for x in lines),
        **expected_journeys.on_board(actor, at),
    }


def flight_lines(actor: Actor, rows: Sequence[Journey]) -> list[Flight]:
    """Journeys as the board shows them. Two queries."""
    found = gates(actor, rows).of_journey
    return [flight_of(actor, row, found[row.pk]) for row in rows]


def _band(lands_at: datetime.datetime | None, now: datetime.datetime) -> str:
    if lands_at is None:
        return _("Arrival time not known")
    hours = (lands_at - now).total_seconds() / 3600
    return str(next(words for limit, words in BANDS if hours <= limit))


@dataclass(frozen=True, slots=True)
class HitLine:
    """A line of the queue or of a table of hits."""

    it: Hit
    name: str
    route: str
    percent: int
    kind: str
    word: str
    chip: tuple[str, str, str]
    zone: str
    clock: Clock | None = None
    why: str = ""


def hit_line(actor: Actor, hit: Hit) -> HitLine:
    """A hit with its traveller and journey as a list shows it."""
    kind, word = GRADE_WORDS[grade_of(hit.score)]
    state, picture, words = STATE_CHIPS[S(hit.state)]
    if hit.state == S.CLAIMED and hit.claimed_by_seat_id == actor.seat_id:
        words = pgettext_lazy("words, jrcc", "Mine")
    zone = place(hit.journey.destination).zone or actor.time_zone
    return HitLine(
        hit,
        name_of(hit.traveller),
        route_of(hit.journey),
        percent(hit.score),
        kind,
        str(word),
        (state, picture, str(words)),
        zone,
        next_step(actor, hit) if hasattr(hit, "referrals") else None,
        findings.words(hit),
    )


def by_deadline(line: HitLine) -> tuple[bool, datetime.datetime, Any]:
    """Order of hits by the step that is due first; those on which nothing is due come last, by landing."""
    due = line.clock.due_at if line.clock else line.it.due_at
    return line.clock is None, due or FAR_FUTURE, line.it.pk


def hit_rows(actor: Actor | None, before: Any = None) -> Any:
    """Visible hits with what a list shows of traveller and journey: one query, narrow rows. `before` a key."""
    rows = Hit.objects.visible_to(actor, before=before).select_related("traveller", "journey", "list_party")
    return with_referrals(rows.annotate(finding=findings.FINDING)).defer(
        "evidence", "note", "outcome_note", "journey__vessel", "traveller__keys"
    )


def queue(
    actor: Actor, now: datetime.datetime | None = None, *, seen: datetime.datetime | None = None, chosen: Any = None
) -> dict[str, Any]:
    """The hit queue: {groups: [(head, word, [HitLine])], open, more, urgent, …}; least time first. One query.

    `fresh`: how many were raised after `seen`; `next`: key of the hit after the chosen one that waits for this desk.
    """
    at = now or timezone.now()
    today = at - datetime.timedelta(hours=24)
    ended = Q(state__in=[S.CLOSED, S.DISMISSED], changed_at__gte=today)
    wanted = WORKED_ON if actor.function == "watch" else Q(state__in=Hit.OPEN) | ended
    rows = list(hit_rows(actor).filter(wanted).order_by("due_at", "-score", "pk")[: MOST_HITS + 1])
    lines = sorted((hit_line(actor, hit) for hit in rows[:MOST_HITS]), key=by_deadline)
    order = WATCH_GROUPS if actor.function == "watch" else STATE_GROUPS
    groups: dict[str, list[HitLine]] = {}
    for line in lines:
        groups.setdefault(_group(actor, line.it), []).append(line)
    opened = [line for line in lines if line.it.state in Hit.OPEN]
    soon = at + datetime.timedelta(minutes=20)
    return {
        "groups": [(*order[key], groups[key]) for key in order if key in groups],
        "open": len(opened),
        "seen": seen or at,
        "fresh": sum(line.it.created_at > (seen or at) for line in opened),
        "next": _next(actor, [line for key in order for line in groups.get(key, ())], chosen),
        "more": len(rows) > MOST_HITS,
        "urgent": sum(1 for line in lines if line.clock and _waits_for(actor, line.it) and line.clock.due_at <= soon),
    }


WATCH_GROUPS = {
    "mine": (gettext_lazy("Mine, most urgent first"), pgettext_lazy("words, jrcc", "mine")),
    "unassigned": (pgettext_lazy("words, jrcc", "Unassigned"), pgettext_lazy("words, jrcc", "unassigned")),
    "looks": (gettext_lazy("Dismissed, second review due"), pgettext_lazy("status, jrcc", "to review")),
    "others": (gettext_lazy("With another officer"), gettext_lazy("with another officer")),
    "state": (gettext_lazy("With a State"), gettext_lazy("with a State")),
}
STATE_GROUPS = {
    "referred": (gettext_lazy("Referred to us, not yet acknowledged"), pgettext_lazy("status, jrcc", "to acknowledge")),
    "acknowledged": (gettext_lazy("Acknowledged, outcome to record"), gettext_lazy("outcome to record")),
    "owner": (gettext_lazy("On our watchlist, with others"), gettext_lazy("on our watchlist")),
    "closed": (gettext_lazy("Closed in the last 24 hours"), pgettext_lazy("status, jrcc", "closed")),
}
"""Groups of the queue in order: their head, and the word in the summary."""


def _group(actor: Actor, hit: Hit) -> str:
    if actor.function != "watch":
        return _state_group(actor, hit)
    if hit.state == S.RAISED:
        return "unassigned"
    if hit.state == S.DISMISSED:
        return "looks"
    if hit.state == S.CLAIMED:
        return "mine" if hit.claimed_by_seat_id == actor.seat_id else "others"
    return "state"


def _state_group(actor: Actor, hit: Hit) -> str:
    if hit.state not in Hit.OPEN:
        return "closed"
    if actor.function == "border" and actor.party_code in hit.referred_to:
        return "acknowledged" if hit.state == S.ACKNOWLEDGED else "referred"
    return "owner"


def _next(actor: Actor, lines: Sequence[HitLine], chosen: Any) -> Any:
    """The key of the first line after the chosen one, and round to the top, that waits for this desk; None for none."""
    keys = [line.it.pk for line in lines]
    at = keys.index(chosen) + 1 if chosen in keys else 0
    after = [*lines[at:], *lines[:at]]
    return next((one.it.pk for one in after if one.it.pk != chosen and _waits_for(actor, one.it)), None)


def _waits_for(actor: Actor, hit: Hit) -> bool:
    """Whether the next step is this desk's."""
    group = _group(actor, hit)
    if group == "looks":
        return hit.dismissed_by_user_id != actor.user_id
    return group in {"mine", "unassigned", "referred", "acknowledged"}


def in_hit_state(rows: Any, state: str) -> Any:
    """Hits of a state; "open" is all that somebody works on."""
    return rows.filter(state__in=Hit.OPEN if state == "open" else [state])


def in_grade(rows: Any, grade: str) -> Any:
    """Hits of a grade of the score; all for a word that is none."""
    wanted = of_grade(grade)
    return rows.filter(**wanted) if wanted else rows


def with_open_hits(actor: Actor | None, rows: Any) -> Any:
    """Journeys with open hits that the actor may see."""
    return rows.filter(_open_hits(actor))
