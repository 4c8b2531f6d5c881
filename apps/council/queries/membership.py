"""Who is a Member State, who may vote, who presides and by which rules, on a day."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from apps.council.models import Contribution, OrganChair, RuleSet, SilenceRules, VotingWaiver, WrittenVoteRules
from apps.council.rules.rule_sets import RuleSet as Rules
from apps.people.models import Party
from apps.people.queries import states_on


def roll(day: datetime.date) -> list[Any]:
    """Member States of the day in roll-call order; parties with `kind`. One query."""
    return [party for party in states_on(day) if party.kind == Party.Kind.MEMBER_STATE]


def associates(day: datetime.date) -> list[Any]:
    """Associate Members of the day, by name. One query."""
    return [party for party in states_on(day) if party.kind == Party.Kind.ASSOCIATE_MEMBER]


def arrears(day: datetime.date) -> dict[str, datetime.date]:
    """{party: day on which its oldest contribution still unpaid on `day` was due}."""
    unpaid = Contribution.objects.filter(due_on__lte=day).exclude(paid_on__lte=day).order_by("party_id", "-due_on")
    return {row.party_id: row.due_on for row in unpaid}


def waivers(day: datetime.date) -> frozenset[str]:
    """States that the Conference lets vote on the day in spite of arrears."""
    rows = VotingWaiver.objects.filter(state=VotingWaiver.State.GRANTED, valid_from__lte=day)
    return frozenset(row.party_id for row in rows if row.valid_to is None or row.valid_to >= day)


def chair_on(organ: str, day: datetime.date) -> str | None:
    """Code of the State in the chair of an organ on the day, None where it is not known."""
    rows = OrganChair.objects.filter(organ_id=organ, valid_from__lte=day).order_by("-valid_from")
    return next((row.party_id for row in rows if row.valid_to is None or day < row.valid_to), None)


def rule_set_on(organ: str, day: datetime.date) -> RuleSet | None:
    """The one active rule set of an organ on the day; None when there is none, or more than one.

    Zero or two are an error for whoever asks, never a default.
    """
    rows = RuleSet.objects.filter(organs__contains=[organ], active=True, valid_from__lte=day)
    found = [row for row in rows if row.valid_to is None or day <= row.valid_to]
    return found[0] if len(found) == 1 else None


def rules_of(rule_set: RuleSet) -> Rules:
    """A stored rule set as the engine reads it."""
    return Rules.from_data(rule_set.content)


def silence_rules_on(organ: str, day: datetime.date) -> dict[str, Any] | None:
    """Parameters of the organ's written procedure on the day, None where it has none."""
    rows = SilenceRules.objects.filter(organ_id=organ, valid_from__lte=day).order_by("-valid_from")
    return next((row.content for row in rows if row.valid_to is None or day < row.valid_to), None)


def written_vote_rules_on(organ: str, day: datetime.date) -> dict[str, Any] | None:
    """Rules of the organ's votes outside a meeting on the day, with their `source`; None where it has none."""
    rows = WrittenVoteRules.objects.filter(organ_id=organ, valid_from__lte=day).order_by("-valid_from")
    held = (row for row in rows if row.valid_to is None or day < row.valid_to)
    return next(({**row.content, "source": row.source} for row in held), None)


def day_of(moment: datetime.datetime, time_zone: str) -> datetime.date:
    """The calendar day of a moment where the meeting is held."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
