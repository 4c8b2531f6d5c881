"""How much of each kind of data is due to go now, what holds keep, and when its work of retention was last done."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from celery.schedules import crontab
from django.conf import settings
from django.db.models import Count, Min, OuterRef, Subquery

from apps.access import retention
from apps.access.actor import Actor
from apps.access.database_context import beyond, portal_context
from apps.access.models import PurgeRound
from apps.assessments.models import Assessment
from apps.assessments.queries import clocks as assessment_clocks
from apps.coedit.queries import compactions_due as coedit
from apps.exchange.queries.deletions_due import forgettable as exchange_forgettable
from apps.exchange.rules import lines as exchange_lines
from apps.files.models import Upload
from apps.files.queries.attachments import GIVEN_UP_KEPT, forgotten, unused
from apps.gateway.queries.questions import not_to_keep
from apps.gateway.queries.questions import to_forget as interpol_to_forget
from apps.journeys.models import RetentionHold
from apps.manifests.queries import bookings
from apps.manifests.queries.lists import forgettable_drafts
from apps.people.queries import service_actor
from apps.protection import policy
from apps.protection.models import KeepingRule, SubjectRequest
from apps.protection.queries import registers
from apps.rifc.queries.retention_due import forgettable as rifc_forgettable
from apps.screening.models import Entry
from apps.travellers.models import Lookup
from apps.travellers.queries import retention_due
from apps.travellers.queries.lookups import to_forget as lookups_to_forget
from apps.watch.queries import deletions_due as watch_forgettable

H = RetentionHold.State


@dataclass(frozen=True, slots=True)
class Line:
    """A rule with what is due (None: not counted), the last round of its work, the last that took something, the next.

    `never`: kept without end.
    """

    rule: KeepingRule
    due: int | None
    last: PurgeRound | None
    last_with_some: PurgeRound | None
    next: datetime.datetime | None
    never: bool


def board(actor: Actor, now: datetime.datetime, *, counts: Mapping[str, int]) -> list[Line]:
    """Every rule in force, with what is due as far as it was counted (`due`). Three queries."""
    rules = registers.keeping_rules(actor, now.date())
    last, some = _rounds()
    return [_line(rule, counts, last.get(rule.round), some.get(rule.round), now) for rule in rules]


def _line(
    rule: KeepingRule,
    counts: Mapping[str, int],
    last: PurgeRound | None,
    some: PurgeRound | None,
    now: datetime.datetime,
) -> Line:
    following = next_round(rule.round, last.at if last else None, now)
    return Line(rule, counts.get(rule.code), last, some, following, rule.code in NEVER_DUE)


def _rounds() -> tuple[dict[str, PurgeRound], dict[str, PurgeRound]]:
    """({name: the last round}, {name: the last round that removed something}). Two queries."""
    rows = PurgeRound.objects.order_by("name", "-at").distinct("name")
    return {one.name: one for one in rows}, {one.name: one for one in rows.filter(total__gt=0)}


def holds(actor: Actor, today: datetime.date) -> list[dict[str, Any]]:
    """Holds by order in force of the actor's party, of all parties for the region's desks: counts by ground."""
    rows = RetentionHold.objects.filter(state=H.IN_FORCE, until__gte=today)
    if actor.party_code not in policy.REGIONAL:
        rows = rows.filter(originator=actor.party_code)
    grounds = dict(RetentionHold.Ground.choices)
    counted = rows.order_by().values("ground").annotate(n=Count("pk"), first=Min("until")).order_by("ground")
    found = beyond(counted, "holds")
    return [{"ground": grounds[one["ground"]], "count": one["n"], "first": one["first"]} for one in found]


def due(now: datetime.datetime, party: str = "") -> dict[str, int]:
    """{code of a rule: records whose time is over at a moment}, of one party or of the portal. Some thirty queries.

    What belongs to no party (events, answers to programs, work that is done) is counted for the whole portal alone.
    """
    with portal_context("retention board"):
        rows = _of_rooms(now)
        owned = {code: found.filter(**{place: party}) if party else found for code, (found, place) in rows.items()}
        counts = {code: found.count() for code, found in owned.items()}
        counts["bulletin_thrown"] += counts.pop("digest_thrown")
        counts |= {code: counts.get(code, 0) + n for code, n in _by_states(now, party).items()}
        return counts if party else counts | _of_portal(now)


def _of_rooms(now: datetime.datetime) -> dict[str, tuple[Any, str]]:
    """{code: (rows that are due, the column of their party)}."""
    clock, before = _clock("JRCC.automation"), now - GIVEN_UP_KEPT
    service, handler = _clock("IMPACS.platform"), _clock(policy.CLOCK)
    asked = reduce(or_, (exchange_forgettable(_clock(code), before).order_by() for code in _clocks_of_requests()))
    texts = assessment_clocks.over(_clock("RIFC.automation"), now)
    sections: Any = coedit.forgettable(texts, now - assessment_clocks.HISTORY_KEPT)
    return {
        "booking": (bookings.find_expired_bookings(clock, now.date()), "owner__party"),
        "form_draft": (forgettable_drafts(now), "desk__party"),
        "lookup": (
            Lookup.objects.visible_to(clock).filter(pk__in=_keys(lookups_to_forget(clock, now.date()))),
            "originator",
        ),
        "report_thrown": (rifc_forgettable(before), "originator"),
        "request_thrown": (asked, "originator"),
        "bulletin_thrown": (watch_forgettable.bulletins(before), "originator"),
        "digest_thrown": (watch_forgettable.digests(before), "originator"),
        "section_history": (sections.annotate(_party=ASSESSMENT_PARTY), "_party"),
        "upload_open": (Upload.objects.visible_to(service).filter(pk__in=_keys(unused(service))), "desk__party"),
        "upload_unused": (forgotten(service, before), "desk__party"),
        "subject_request": (
            SubjectRequest.objects.visible_to(handler).filter(pk__in=_keys(registers.to_forget(handler, now.date()))),
            "originator",
        ),
        "interpol_answer": (not_to_keep(now), "source__originator"),
        "interpol_entry": (Entry.objects.visible_to(clock).filter(pk__in=_keys(interpol_to_forget())), "originator"),
    }


def _by_states(now: datetime.datetime, party: str) -> dict[str, int]:
    """{code: travellers, messages and accesses that are due}, of journeys that touch the party if one is named."""
    over = retention_due.find_retention_due(_clock("JRCC.automation"), now)

    def mine(steps: Iterable[Any]) -> list[Any]:
        return [step for step in steps if not party or party in step.states]

    masks, messages = mine(over.masks), mine(over.messages)
    return {
        "traveller_mask": sum(step.count for step in masks if not step.with_hits),
        "traveller_hit": sum(step.count for step in masks if step.with_hits),
        "traveller_delete": sum(step.count for step in mine(over.deletions)),
        "journey_access": len(mine(over.accesses)),
        "raw_message": sum(step.count for step in messages if step.states),
        "unreadable_file": sum(step.count for step in messages if not step.states),
    }


def _of_portal(now: datetime.datetime) -> dict[str, int]:
    rows = retention.due(now)
    return {code: rows[table].count() for code, table in PORTAL.items()}


PORTAL = {"stream_event": "events", "answer_given": "answers", "done_work": "dispatches"}
ASSESSMENT_PARTY = Subquery(Assessment.objects.filter(pk=OuterRef("document__assessment")).values("originator"))
NEVER_DUE = frozenset({"audit"})
"""Rules of what is kept without end: nothing of it is ever due, and no round takes it."""


def _keys(rows: Iterable[Any]) -> list[Any]:
    return [row.pk for row in rows]


def _clocks_of_requests() -> list[str]:
    return sorted({line.clock for line in exchange_lines.every()})


def _clock(code: str) -> Actor:
    return service_actor(code, request_id="board")


def next_round(name: str, last: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime | None:
    """When the work of a rule is done next, by the clock's own table; None for work that the clock does not do."""
    schedule = _schedules().get(name)
    if schedule is None:
        return None
    if isinstance(schedule, crontab):
        today = now.astimezone(datetime.UTC).replace(
            hour=min(schedule.hour), minute=min(schedule.minute), second=0, microsecond=0
        )
        return today if today > now else today + datetime.timedelta(days=1)
    return max(now, (last or now) + datetime.timedelta(seconds=schedule))


@cache
def _schedules() -> dict[str, Any]:
    return {name: one["schedule"] for name, one in settings.CELERY_BEAT_SCHEDULE.items()}
