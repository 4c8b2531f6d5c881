"""What is late, nearly late, or due, for the portal's clock."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.service_clock import add_working_days
from apps.assessments.models import Assessment, Comment, Contribution, Member, Section, Signature
from apps.assessments.queries import checks, parts

S = Assessment.State
BEFORE = (3, 1)
"""Days before the last one on which parties are reminded. Source: field notes, 7.1."""
WORKING_DAYS = 3
"""After which an answer to a comment stands. Source: state machine of comments."""
HISTORY_KEPT = datetime.timedelta(days=90)
"""After the release, or the end, the history of sections is dropped: it holds what was deleted. Source: realtime.md."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """That a step is late (or so many days from it) for some parties."""

    row: Assessment
    step: str
    parties: list[str]
    lead: bool


def reminders(clock: Actor, today: datetime.date) -> list[Reminder]:
    """Reminders of the day that were not told yet."""
    found = []
    states = (*Assessment.WORKING, S.UNDER_REVIEW)
    for row in Assessment.objects.visible_to(clock).filter(state__in=states).order_by("pk"):
        day = checks.last_day(row, row.state)
        if day is None:
            continue
        left = (day - today).days
        step = f"{row.state} {day.isoformat()} {'late' if left < 0 else left}"
        if (left < 0 or left in BEFORE) and step not in row.reminded:
            parties = owing(row)
            if parties or left < 0:
                found.append(Reminder(row, step, parties, lead=left < 0))
    return found


def owing(row: Assessment) -> list[str]:
    """Parties that owe what the present step is for."""
    if row.state == S.CALL_OPEN:
        given = Contribution.objects.filter(assessment=row, withdrawn_at=None).values_list("party_id", flat=True)
        return sorted(set(row.accepted) - set(given))
    if row.state == S.POSITIONS:
        return checks.missing_positions(row, parts.judgements(row), parts.positions(row))
    if row.state == S.SIGN_OFF:
        signed = Signature.objects.filter(assessment=row, void_at=None).values_list("party_id", flat=True)
        return sorted(set(row.accepted) - set(signed))
    return []


def lapsed_comments(clock: Actor, now: datetime.datetime) -> list[tuple[Assessment, uuid.UUID]]:
    """Answered comments to which nobody objected for three working days."""
    before = working_days_before(now, WORKING_DAYS)
    rows = Assessment.objects.visible_to(clock).filter(state=S.COORDINATION)
    seen: dict[Any, Assessment] = {row.pk: row for row in rows}
    answered = Comment.objects.filter(
        assessment__in=list(seen), outcome__in=[Comment.Outcome.ACCEPTED, Comment.Outcome.REJECTED]
    )
    found = defaultdict(list)
    for key, comment in answered.filter(answered_at__lt=before).values_list("assessment_id", "pk"):
        found[key].append(comment)
    return [(seen[key], comment) for key, comments in found.items() for comment in comments]


def working_days_before(now: datetime.datetime, days: int) -> datetime.datetime:
    """The same time so many days from Monday to Friday before."""
    return datetime.datetime.combine(add_working_days(now.date(), -days), now.timetz())


def reviews(clock: Actor, today: datetime.date) -> list[Assessment]:
    """Released assessments whose review date has come."""
    rows = Assessment.objects.visible_to(clock).filter(state=S.RELEASED, review_date__lte=today)
    return list(rows.order_by("pk"))


def over(clock: Actor, now: datetime.datetime) -> list[uuid.UUID]:
    """Sections whose history has had its time: of assessments that were released, or broken off, 90 days ago."""
    before = now - HISTORY_KEPT
    released = Q(state__in=[S.RELEASED, S.SUPERSEDED, S.RECALLED], released_at__lt=before)
    rows = Assessment.objects.visible_to(clock).filter(released | Q(state=S.CANCELLED, changed_at__lt=before))
    return list(Section.objects.filter(assessment__in=rows.values("pk")).values_list("pk", flat=True))


def named(clock: Actor, *, user: int, desk: int) -> list[Assessment]:
    """Assessments on which a person writes, comments or reads by name for a desk."""
    rows = Member.objects.filter(user=user, desk=desk, ended_at=None).values("assessment")
    return list(Assessment.objects.visible_to(clock).filter(pk__in=rows).order_by("pk"))
