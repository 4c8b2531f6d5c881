"""Whom a clause binds: the worked rules, and what a person is told about a wrong one."""

from datetime import date
from typing import Any

import pytest

from apps.council.rules.addressees import (
    FORMS,
    AddresseeError,
    InstrumentParty,
    Participation,
    Roll,
    Rule,
    parse,
    resolve,
)

from .facts import associates_on, members_on, read

FILE = read("addressee_vectors")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def roll_on(day: date) -> Roll:
    """The parties of a day with the rows of the vectors."""
    rows, parties = FILE["context"]["participation"], FILE["context"]["parties"]
    return Roll(
        day=day,
        members=members_on(day),
        associates=associates_on(day),
        csme_participants=frozenset(members_on(day)) - {"BS", "HT", "MS"},
        participation=tuple(
            Participation(
                row["system"],
                row["state"],
                row["stage"],
                date.fromisoformat(row["valid_from"]),
                _day(row.get("valid_to")),
            )
            for row in rows
        ),
        instrument_parties=tuple(
            InstrumentParty(
                row["instrument"],
                row["entity"],
                _day(row["signed_on"]),
                _day(row["bound_from"]),
                _day(row.get("withdrawn_on")),
            )
            for row in parties
        ),
    )


def test_there_are_seventeen_worked_rules():
    assert len(FILE["vectors"]) == 17


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_rule_gives_its_parties_in_order(vector: dict[str, Any]):
    roll = roll_on(date.fromisoformat(vector["date"]))
    try:
        found: Any = resolve(vector["rule"], roll)
    except AddresseeError as error:
        found = error.as_data()
    assert found == vector["expected"]


def test_participants_of_the_single_market_are_fewer_than_the_members():
    found = resolve("CSME_PARTICIPANTS", roll_on(date(2008, 2, 20)))
    assert len(found) == 12
    assert not {"BS", "HT", "MS"} & set(found)


@pytest.mark.parametrize("organ", ["CONFERENCE", "SECRETARIAT"])
def test_the_conference_and_the_secretariat_are_addressed_by_name(organ: str):
    assert resolve(organ, roll_on(date(2008, 2, 20))) == [f"ORG:{organ}"]


@pytest.mark.parametrize("example", FORMS.values())
def test_every_example_shown_is_read_and_written_back(example: str):
    assert str(parse(example)) == example


def test_blanks_around_codes_do_not_matter():
    assert parse(" STATES: BB, LC ") == Rule("STATES", ("BB", "LC"))


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("EVERYBODY", "'EVERYBODY' is not an addressee"),
        ("", "No addressee was written"),
        ("STATES", "STATES needs a code after the colon, for example STATES:BRB,LCA,TTO"),
        ("STATES:", "needs a code after the colon"),
        ("STATES:BB,", "'' is not a code"),
        ("STATES:Barbados", "'Barbados' is not a code"),
        ("ASSOCIATES:BM", "ASSOCIATES stands alone; take away ':BM'"),
        ("STATES_LIVE:APIS,ACIS", "STATES_LIVE takes one code, not 2"),
    ],
)
def test_a_wrong_rule_is_answered_with_what_is_wrong_and_every_form(rule: str, complaint: str):
    with pytest.raises(AddresseeError, match="Write one of: ALL_MEMBER_STATES; STATES:BRB,LCA,TTO; ") as caught:
        parse(rule)
    assert complaint in str(caught.value)
    assert caught.value.code == "UNKNOWN_RULE"


def test_an_associate_named_as_a_state_is_answered_with_the_way_on():
    with pytest.raises(AddresseeError, match="BM: not a Member State on 2008-02-20") as caught:
        resolve("STATES:BB,BM", roll_on(date(2008, 2, 20)))
    assert "addressed with ASSOCIATES" in str(caught.value)
