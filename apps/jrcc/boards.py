"""What the pages' lists show: the floor's flights and queue, journeys, hits, manifests, deadlines."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.access.actor import Actor
from apps.gateway.queries import Stand
from apps.jrcc import departures, interpol
from apps.jrcc.grades import grade_of, of_grade
from apps.jrcc.models import Hit, Journey, Regime, RegimeChange, Submission, Traveller
from apps.jrcc.routing import place
from apps.jrcc.service import WORKED_ON, Clock, clocks, with_referrals

S = Hit.State
MOST_FLIGHTS, MOST_HITS = 120, 150
AHEAD = datetime.timedelta(hours=24)
LANDED = datetime.timedelta(minutes=30)
"""A flight stays on the board this long after it landed: the passport hall is still at work."""
BANDS = (
    (2, gettext_lazy("Landing within 2 hours")),
    (4, gettext_lazy("2 to 4 hours")),
    (6, gettext_lazy("4 to 6 hours")),
    (10_000, gettext_lazy("Later")),
)
STATE_CHIPS = {
    S.RAISED: ("warn", "alert", gettext_lazy("Unassigned")),
    S.CLAIMED: ("info", "user-check", gettext_lazy("With the JRCC")),
    S.REFERRED: ("info", "send", gettext_lazy("Referred")),
    S.ACKNOWLEDGED: ("info", "half", gettext_lazy("Acknowledged")),
    S.CLOSED: ("ok", "check", gettext_lazy("Closed")),
    S.DISMISSED: ("mute", "minus", gettext_lazy("Not a match")),
    S.WITHDRAWN: ("mute", "undo", gettext_lazy("Withdrawn")),
}
"""Chips of a hit's states: kind, picture, words."""
GRADE_WORDS = {
    "high": ("bad", gettext_lazy("high")),
    "mid": ("warn", gettext_lazy("mid")),
    "low": ("mute", gettext_lazy("low")),
}


def chosen(params: Mapping[str, str], *names: str) -> dict[str, str]:
    """The filters of an address that hold something, cut to a sensible length."""
    found = {name: params.get(name, "").strip()[:60] for name in names}
    return {name: value for name, value in found.items() if value}


def name_of(traveller: Traveller) -> str:
    """Family name in capitals, then given names; a dash for somebody without any."""
    return f"{traveller.surname}, {traveller.given_names}".strip(", ") or "–"


def route_of(journey: Journey) -> str:
    """POS–BGI, with a question mark for a place that is not known."""
    return f"{journey.origin or '?'}–{journey.destination or '?'}"


def percent(score: float) -> int:
    """A probability as whole percent, rounded down, so that nothing short of certain reads 100."""
    return int(score * 100)


def _open_hits(actor: Actor | None) -> Any:
    """Number of hits with a next step on the outer journey that the actor may see; a second look is one, too."""
    held = Hit.objects.visible_to(actor).filter(WORKED_ON, journey=OuterRef("pk")).order_by()
    return Coalesce(
        Subquery(held.values("journey").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
    )


@dataclass(frozen=True, slots=True)
class Flight:
    """A line of the board: the journey, its chip, how far it is screened, where and when it lands."""

    it: Any  # a Journey with `open_hits`
    chip: tuple[str, str, str]
    people: int
    share: int
    bar: str
    route: str
    zone: str

    @property
    def lands_at(self) -> datetime.datetime | None:
        """When it lands, if that is known."""
        return self.it.arrives_at


def flight_of(actor: Actor, journey: Journey, stands: Sequence[Stand] = ()) -> Flight:
    """A journey (with `open_hits`) as the board shows it; `stands`: how it stands with INTERPOL."""
    people = journey.passengers + journey.crew
    share = 100 if people and journey.screened >= people else journey.screened * 100 // people if people else 0
    chip = flight_chip(actor, journey, people, stands)
    bar = {"bad": "p-bad", "ok": "p-ok", "warn": "p-warn"}.get(chip[0], "")
    zone = place(journey.destination).zone or actor.time_zone
    return Flight(journey, chip, people, share, bar, route_of(journey), zone)


def flight_chip(actor: Actor, journey: Any, people: int, stands: Sequence[Stand]) -> tuple[str, str, str]:
    """(kind, picture, words). "Clear" is said to the JRCC alone, which sees every hit, and of whole lists only.

    A State sees the hits that were referred to it: for the rest of the flight it reads what was done, not how it ended.
    """
    if journey.state == Journey.State.CANCELLED:
        return "mute", "x", _("Cancelled")
    if journey.open_hits:
        return "bad", "alert", ngettext("%(n)d hit", "%(n)d hits", journey.open_hits) % {"n": journey.open_hits}
    if journey.grade in {"needs_correction", "unreadable"}:
        return "warn", "alert", _("Needs correction")
    if journey.state == Journey.State.PARTIAL:
        return "warn", "minus", _("Part missing")
    if not people or journey.screened < people:
        return "info", "half", _("Screening")
    if unanswered := interpol.chip(list(stands)):
        return unanswered
    return ("ok", "check", _("Clear")) if actor.function == "watch" else ("ok", "check", _("Screened"))


def flights(actor: Actor, now: datetime.datetime | None = None) -> dict[str, Any]:
    """The board: {groups: [(words, [Flight])], soon, with_hits, missing, due}; by landing, the next 24 hours.

    `missing` and `due` are expected journeys without a list. Three queries.
    """
    at = now or timezone.now()
    expected = Q(arrives_at__gte=at - LANDED, arrives_at__lte=at + AHEAD)
    unknown = Q(arrives_at=None, date__gte=(at - AHEAD).date(), date__lte=(at + AHEAD).date())
    rows = Journey.objects.visible_to(actor).filter(expected | unknown).exclude(state=Journey.State.CANCELLED)
    rows = rows.annotate(open_hits=_open_hits(actor)).order_by("arrives_at", "pk")
    lines = flight_lines(actor, list(rows[:MOST_FLIGHTS]))
    groups: dict[str, list[Flight]] = {}
    for line in lines:
        groups.setdefault(_band(line.lands_at, at), []).append(line)
    soon = [line for line in lines if line.lands_at and line.lands_at <= at + datetime.timedelta(hours=6)]
    return {
        "groups": list(groups.items()),
        "soon": len(soon),
        "with_hits": sum(bool(x.it.open_hits) for x in lines),
        **departures.on_board(actor, at),
    }


def flight_lines(actor: Actor, rows: Sequence[Journey]) -> list[Flight]:
    """Journeys (with `open_hits`) as the board shows them. One query."""
    stands = interpol.of_journeys(actor, rows)
    return [flight_of(actor, row, stands.get(row.pk, ())) for row in rows]


def _band(lands_at: datetime.datetime | None, now: datetime.datetime) -> str:
    if lands_at is None:
        return _("Landing time not known")
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


def hit_line(actor: Actor, hit: Hit) -> HitLine:
    """A hit with its traveller and journey as a list shows it."""
    kind, word = GRADE_WORDS[grade_of(hit.score)]
    state, picture, words = STATE_CHIPS[S(hit.state)]
    if hit.state == S.CLAIMED and hit.claimed_by_seat_id == actor.seat_id:
        words = gettext_lazy("Mine")
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
        next_step(actor, hit),
    )


def next_step(actor: Actor, hit: Any) -> Clock | None:
    """The step on a hit (with `referrals`) that is due first: a State reads its own, the others all."""
    found = clocks(hit) if hasattr(hit, "referrals") else []
    own = actor.party_code if actor.function == "border" else ""
    return next((clock for clock in found if not own or clock.party == own), None)


def hit_rows(actor: Actor | None) -> Any:
    """Visible hits with what a list shows of traveller and journey: one query, narrow rows."""
    rows = Hit.objects.visible_to(actor).select_related("traveller", "journey", "list_party")
    return with_referrals(rows).defer("evidence", "note", "outcome_note", "journey__vessel", "traveller__keys")


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
    lines = [hit_line(actor, hit) for hit in rows[:MOST_HITS]]
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
        "urgent": sum(1 for line in opened if _waits_for(actor, line.it) and line.it.due_at and line.it.due_at <= soon),
    }


WATCH_GROUPS = {
    "mine": (gettext_lazy("Mine, least time first"), gettext_lazy("mine")),
    "unassigned": (gettext_lazy("Unassigned"), gettext_lazy("unassigned")),
    "looks": (gettext_lazy("Dismissed, second look due"), gettext_lazy("to look at again")),
    "others": (gettext_lazy("With another officer"), gettext_lazy("with another officer")),
    "state": (gettext_lazy("With a State"), gettext_lazy("with a State")),
}
STATE_GROUPS = {
    "referred": (gettext_lazy("Referred to us, not yet acknowledged"), gettext_lazy("to acknowledge")),
    "acknowledged": (gettext_lazy("Acknowledged, outcome to be reported"), gettext_lazy("to report on")),
    "owner": (gettext_lazy("On our lists, others at work"), gettext_lazy("on our lists")),
    "closed": (gettext_lazy("Closed in the last 24 hours"), gettext_lazy("closed")),
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


def hits(actor: Actor | None, filters: Mapping[str, str]) -> Any:
    """Visible hits by state ("open" is all that somebody works on) and score grade; unordered, for pages by key."""
    rows = hit_rows(actor)
    state, grade = filters.get("state", ""), filters.get("grade", "")
    if state:
        rows = rows.filter(state__in=Hit.OPEN if state == "open" else [state])
    if wanted := of_grade(grade):
        rows = rows.filter(**wanted)
    return rows


def journeys(actor: Actor | None, filters: Mapping[str, str]) -> Any:
    """Visible journeys with `open_hits`; by state, places, day, and with open hits that the actor may see."""
    rows = Journey.objects.visible_to(actor).annotate(open_hits=_open_hits(actor))
    for name, column in (("state", "state"), ("from", "origin"), ("to", "destination")):
        if filters.get(name):
            rows = rows.filter(**{column: filters[name] if name == "state" else filters[name].upper()})
    if filters.get("day"):
        day = as_day(filters["day"])
        rows = rows.filter(date=day) if day else rows.none()
    return rows.filter(open_hits__gt=0) if filters.get("hits") else rows


def as_day(text: str) -> datetime.date | None:
    """2026-11-25, 25/11/2026 (day first) or 25 Nov 2026; None for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def manifests(actor: Actor | None, filters: Mapping[str, str]) -> Any:
    """Visible submissions by grade, with the desk that sent them."""
    rows = Submission.objects.visible_to(actor).select_related("owner")
    return rows.filter(grade=filters["grade"]) if filters.get("grade") else rows


def regimes(actor: Actor | None, today: datetime.date, *, past: bool = False) -> Any:
    """Rules in force today or to come (`past`: all that ever held), by State, mode and direction. One query."""
    rows = Regime.objects.visible_to(actor).select_related("party")
    if not past:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=today))
    return rows.order_by("party__name", "mode", "direction", "craft", "space", "valid_from")


def regime_fits(row: Regime, filters: Mapping[str, str]) -> bool:
    """Whether a rule passes the filters mode, party and direction; "any" is not a filter."""
    held = {"mode": row.mode, "party": row.party_id, "direction": row.direction}
    return all(held[name] == value for name, value in filters.items() if name in held)


def regime_line(row: Regime | RegimeChange, today: datetime.date) -> dict[str, Any]:
    """A rule in words: whom it concerns, by when, and how sure we are of it."""
    return {
        "it": row,
        "craft": CRAFTS.get(row.craft, row.craft),
        "space": SPACES.get(row.space, row.space),
        "when": deadline_words(row.minutes, row.event),
        "to_come": row.valid_from > today,
        "over": row.valid_to is not None and row.valid_to <= today,
        "status": STATUS_CHIPS.get(row.status, ("mute", "circle", row.status)),
    }


def deadline_words(minutes: int, event: str) -> str:
    """ "24 h before arrival", "15 min after departure", "at departure"."""
    amount = abs(minutes)
    span = _("%(n)d min") % {"n": amount} if amount % 60 else _("%(n)d h") % {"n": amount // 60}
    words = {"span": span, "event": _("arrival") if event == "arrival" else _("departure")}
    if minutes == 0:
        return _("at %(event)s") % words
    return _("%(span)s before %(event)s") % words if minutes < 0 else _("%(span)s after %(event)s") % words


CRAFTS = {
    "any": gettext_lazy("all craft"),
    "commercial": gettext_lazy("commercial"),
    "private": gettext_lazy("private"),
}
SPACES = {
    "any": gettext_lazy("from and to everywhere"),
    "inside": gettext_lazy("within the Single Domestic Space"),
    "outside": gettext_lazy("from or to outside the Single Domestic Space"),
}
STATUS_CHIPS = {
    "verified": ("ok", "check", gettext_lazy("Verified")),
    "press": ("info", "half", gettext_lazy("From the press")),
    "assumed": ("warn", "alert", gettext_lazy("Assumed")),
    "unverified": ("warn", "alert", gettext_lazy("Not verified")),
}
