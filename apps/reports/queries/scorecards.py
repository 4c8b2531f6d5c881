"""The scorecard of each State: the five indicators at a cut-off date, from what its actions were on that day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.council.models import Meeting
from apps.council.queries.membership import day_of
from apps.impacs.models import StateAction, Turn
from apps.impacs.obligations.queries import status
from apps.reports.rules.scorecards import Scores, Work, scores

MEETING_HELD = ("closed", "minutes_draft", "minutes_agreed")
_Pair = tuple[Any, status.Standing]


@dataclass(frozen=True, slots=True)
class Card:
    """One State's numbers, with the actions that they are of."""

    party: Any
    scores: Scores
    actions: tuple[Any, ...]


def last_council(actor: Actor, day: datetime.date, *, demonstration: bool = True) -> Meeting | None:
    """The last regular meeting of the Council that was over before the day."""
    rows = Meeting.objects.visible_to(actor).filter(organ="CONSLE", kind="regular", state__in=MEETING_HELD)
    rows = rows if demonstration else rows.filter(fictional=False)
    return rows.filter(ends_at__date__lt=day).order_by("-starts_at").first()


def day_of_meeting(meeting: Meeting | None) -> datetime.date | None:
    """The day of its opening at its place."""
    return day_of(meeting.starts_at, meeting.time_zone) if meeting else None


def cards(
    actor: Actor, day: datetime.date, since: datetime.date | None, parties: Iterable[str] | None = None
) -> list[Card]:
    """Cards of the Member States of the day in roll-call order, of the named ones alone if given. Seven queries."""
    actions = StateAction.objects.visible_to(actor).filter(starts_on__lte=day)
    if parties is not None:
        actions = actions.filter(party__in=list(parties))
    wanted = status.days(day, since or day)
    rows = status.rows_of(actions.order_by("decision", "clause__position", "pk"), wanted)
    statements = status.statements_of({row.decision for row in rows})
    stood = [[(row, status.standing(row, place, at, statements)) for row in rows] for place, at in enumerate(wanted)]
    chosen = None if parties is None else set(parties)
    found = []
    for party in wanted[0].states:
        if party.kind != "member_state" or (chosen is not None and party.code not in chosen):
            continue
        now, then = ([_work(pair) for pair in each if _counts(pair, party.code)] for each in stood)
        numbers = scores(now, day, then if since else None, since or day)
        found.append(Card(party, numbers, tuple(row.pk for row, at in stood[0] if _counts((row, at), party.code))))
    return found


def _counts(pair: _Pair, party: str) -> bool:
    row, at = pair
    return row.party == party and at.counts and row.starts_on <= at.day


def _work(pair: _Pair) -> Work:
    row, at = pair
    judged = [one.word for one in row.known.turns if one.first <= at.day]
    verified = at.facts.verified_on
    return Work(
        due_on=at.facts.due(at.day),
        verified_on=verified if verified is not None and verified <= at.day else None,
        completed_on=at.facts.completed_on,
        accepted=judged.count(Turn.Kind.VERIFIED),
        rejected=judged.count(Turn.Kind.RETURNED),
    )
