"""Decisions put in writing, and the States that answer."""

import datetime
from typing import Any

from apps.council.actions import votes, written_votes
from apps.council.models import Contribution, Decision
from apps.council.procedures import actions
from apps.council.procedures.actions import dispatch, endings, replies
from apps.people.models import Desk
from apps.people.queries import service_actor
from tests.council.people import a_proposal
from tests.keys import a_key

SECRETARY = "impacs.secretariat.manager"
START = datetime.datetime(2008, 4, 7, 13, 0, tzinfo=datetime.UTC)
ISO3 = dict(
    zip(
        ["AG", "BS", "BB", "BZ", "DM", "GD", "GY", "HT", "JM", "MS", "KN", "LC", "VC", "SR", "TT", "BM"],
        [
            "ATG",
            "BHS",
            "BRB",
            "BLZ",
            "DMA",
            "GRD",
            "GUY",
            "HTI",
            "JAM",
            "MSR",
            "KNA",
            "LCA",
            "VCT",
            "SUR",
            "TTO",
            "BMU",
        ],
        strict=True,
    )
)
"""The vectors name States by two letters, the portal by three."""


class Clock:
    """The server's clock of the acts on procedures and votes, as a test sets it."""

    def __init__(self, monkeypatch: Any, moment: datetime.datetime = START) -> None:
        self.at = moment
        for module in (dispatch, replies, endings, votes, written_votes):
            monkeypatch.setattr(module, "timezone", self)

    def now(self) -> datetime.datetime:
        return self.at

    def set(self, text: str) -> datetime.datetime:
        self.at = datetime.datetime.fromisoformat(text)
        return self.at


def a_minister(code: str) -> Any:
    """One who binds a State: its ministry's own key, made if there is none."""
    try:
        return service_actor(f"{code}.ministry")
    except LookupError:
        a_key(f"{code}.ministry")
        return service_actor(f"{code}.ministry")


def ministers() -> dict[str, Any]:
    """One for every State of the vectors."""
    return {code: a_minister(code) for code in ISO3.values()}


def a_decision(cast: Any, **columns: Any) -> Decision:
    """A decision of CONSLE on the table, which all States see; Trinidad and Tobago is in the chair."""
    row = a_proposal(cast)
    Decision.objects.filter(pk=row.pk).update(**{"chair_id": "TTO", **columns})
    row.refresh_from_db()
    return row


def a_draft(cast: Any, decision: Decision | None = None, **fields: Any) -> Any:
    return actions.prepare_procedure(cast[SECRETARY], None, decision=decision or a_decision(cast), **fields)


def sent(cast: Any, decision: Decision | None = None, *, override: str = "", **fields: Any) -> Any:
    """A procedure that is with the States."""
    ministers()
    return actions.dispatch_procedure(cast[SECRETARY], a_draft(cast, decision, **fields), override_reason=override)


def running(cast: Any, clock: Clock, decision: Decision | None = None, **fields: Any) -> Any:
    """A procedure of which all States had the text on Tuesday, 8 April 2008, 14:20 UTC."""
    row = sent(cast, decision, **fields)
    clock.set("2008-04-08T14:20:00+00:00")
    for code in row.poll["members"]:
        actions.acknowledge_procedure_receipt(a_minister(code), row)
    return actions.start_procedure_clock(service_actor("IMPACS.automation"), row, now=clock.at)


def behind(*codes: str) -> None:
    """These States have not paid since 2005."""
    keeper = Desk.objects.get(code="IMPACS.secretariat")
    for code in codes:
        Contribution.objects.create(
            party_id=code,
            year=2005,
            due_on=datetime.date(2005, 1, 1),
            amount_minor=1,
            currency="USD",
            owner=keeper,
            originator_id="IMPACS",
        )
