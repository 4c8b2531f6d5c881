"""The membership, the rule sets and the vectors that the tests of the rules read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from apps.council.rules.rule_sets import RuleSet
from apps.council.rules.votes import Poll, Waiver

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "governance"


def read(name: str) -> Any:
    """The content of one file of the vectors."""
    return json.loads((VECTORS / f"{name}.json").read_text())


_STATES = read("member_states")
RULE_SETS = {data["id"]: RuleSet.from_data(data) for data in read("rulesets")["rulesets"]}


def _with_status(rows: list[dict[str, Any]], status: str, day: date) -> tuple[str, ...]:
    return tuple(
        row["code"]
        for row in rows
        for period in row["periods"]
        if period["status"] == status
        and date.fromisoformat(period["valid_from"]) <= day
        and (period["valid_to"] is None or day <= date.fromisoformat(period["valid_to"]))
    )


def members_on(day: date) -> tuple[str, ...]:
    """The full Member States of a day, in roll-call order."""
    return _with_status(sorted(_STATES["member_states"], key=lambda row: row["roll_call_order"]), "FULL", day)


def associates_on(day: date) -> tuple[str, ...]:
    """The Associate Members of a day."""
    return _with_status(_STATES["associate_members"], "ASSOCIATE", day)


def zones() -> dict[str, str]:
    """The IANA time zone of each Member State."""
    return {row["code"]: row["timezone"] for row in _STATES["member_states"]}


def poll(rule_set: RuleSet, facts: dict[str, Any]) -> Poll:
    """A poll from the facts of a vector."""
    day = date.fromisoformat(facts["date"])
    waivers = (
        Waiver(row["state"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        for row in facts.get("waivers", ())
    )
    flags = {"csme_matter", "financial_statement", "wellbeing_determined", "method", "written"}
    return Poll(
        rule_set=rule_set,
        day=day,
        question=facts["question"],
        members=members_on(day),
        associates=frozenset(associates_on(day)),
        present=frozenset(facts["present"]),
        ballots=tuple((party, vote) for party, vote in facts["ballots"]),
        arrears={party: date.fromisoformat(due) for party, due in facts.get("arrears", {}).items()},
        waivers=tuple(waivers),
        dispute_parties=frozenset(facts.get("dispute_parties", ())),
        credentials_missing=frozenset(facts.get("credentials_missing", ())),
        objections=tuple(facts.get("objections", ())),
        **{name: facts[name] for name in flags if name in facts},
    )


def council_poll(votes: str = "", **facts: Any) -> Poll:
    """A decision of the Council on 20 February 2008, all fifteen present; one letter for each State in roll-call order.

    F for, A against, X abstention, R for subject to Cabinet, anything else no ballot.
    """
    names = {"F": "FOR", "A": "AGAINST", "X": "ABSTAIN", "R": "FOR_AD_REF"}
    members = members_on(date(2008, 2, 20))
    given = {
        "date": "2008-02-20",
        "question": "DECISION",
        "present": members,
        "ballots": [(party, names[letter]) for party, letter in zip(members, votes, strict=False) if letter in names],
    }
    rules = facts.pop("rules", "RS-CONSLE-2006")
    return poll(RULE_SETS[rules], given | facts)
