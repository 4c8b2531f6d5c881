"""Votes outside a meeting: until when they are open, who has still to vote, and what time has to do with them."""

import datetime
from collections.abc import Iterable
from typing import Any

from apps.access.actor import Actor
from apps.council.models import Ballot, Vote
from apps.council.procedures.queries.procedures import frozen_holidays, parameters_of
from apps.council.procedures.rules import silence
from apps.council.queries import votes as queries
from apps.council.rules.votes import disqualified


def deadline(
    rules: dict[str, Any], hours: int, members: Iterable[str], opened: datetime.datetime
) -> tuple[datetime.datetime, dict[str, list[str]]]:
    """(last moment for ballots, the holidays that it was reckoned with): the clock of the written procedure.

    At least the minimum of the organ with its whole working days inside, ending in the hours when all capitals are at
    work. Public model: UN General Assembly decision 74/544; the rest is a portal rule, to be confirmed by the organ.
    """
    holidays = frozen_holidays(opened)
    facts = silence.Procedure(
        members=tuple(members),
        text_hash="",
        receipts={},
        period_hours=hours,
        holidays={datetime.date.fromisoformat(day): set(codes) for day, codes in holidays.items()},
        parameters=parameters_of(rules),
    )
    return silence.first_deadline(facts, opened), holidays


def is_written(vote: Vote) -> bool:
    """Whether a vote runs by a period; votes of meetings and those opened before there were periods do not."""
    return vote.closes_at is not None


def entitled(vote: Vote) -> list[str]:
    """Codes of the Member States that have a vote in it, in roll-call order."""
    facts = queries.poll(vote, [], present=())
    barred = disqualified(
        facts.rule_set,
        facts.day,
        facts.members,
        facts.arrears,
        facts.waivers,
        facts.csme_matter,
        facts.dispute_parties,
    )
    return [party for party in facts.members if party not in barred]


def to_come(vote: Vote) -> list[str]:
    """Codes of the States with a vote that have cast no ballot that counts."""
    cast = set(Ballot.objects.filter(vote=vote, code="").values_list("party_id", flat=True))
    return [party for party in entitled(vote) if party not in cast]


def running(actor: Actor) -> list[Vote]:
    """Every written vote that is open, with its decision; for the clock."""
    rows = Vote.objects.visible_to(actor).filter(state=Vote.State.OPEN, closes_at__isnull=False)
    return list(rows.select_related("decision", "rule_set", "meeting").order_by("pk"))
