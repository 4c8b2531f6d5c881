"""When an instrument enters into force: the worked cases through the database, the rule's language, who is bound."""

import datetime
from typing import Any

import pytest

from apps.region.models import Instrument, InstrumentParty, InstrumentStep, PartyStep
from apps.region.queries import instruments
from apps.region.queries.rule_words import describe_count_rule
from apps.region.rules.entry_into_force import OPS, RuleError, Steps, evaluate, validate
from tests.days import in_days

from . import people

FILE = people.read("eif_vectors")
ADDRESSED = people.read("addressee_vectors")
LATER = in_days(1200)


def a_copy(code: str) -> Instrument:
    """An instrument with the rule of a known one and nobody's steps."""
    known = Instrument.objects.get(code=code)
    columns = {"kind": known.kind, "rule": known.rule, "consent": known.consent, "state": known.state}
    return Instrument.objects.create(code=f"{code}-V", title="A copy", opened_on=datetime.date(2006, 1, 1), **columns)


@pytest.mark.django_db
@pytest.mark.parametrize("vector", FILE["eif_vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_entry_into_force(cast: Any, vector: dict[str, Any]):
    instrument = a_copy(vector["instrument"])
    people.load_party_rows(instrument, vector["rows"])
    standing = instruments.standing_of(cast[people.JAMAICA], instrument.code, LATER)
    wanted = people.day(vector["expected_eif"])
    assert standing.computed_on == wanted
    assert standing.in_force_on == wanted
    if wanted:
        eve = instruments.status_on(cast[people.JAMAICA], instrument.code, wanted - datetime.timedelta(1))
        assert eve in {"open_for_signature", "signed_not_in_force"}
        assert standing.status == "in_force"
        assert standing.finding.counted <= {line.row.entity for line in standing.lines}
    else:
        assert standing.status == "signed_not_in_force"


def test_there_are_fifteen_worked_cases():
    assert len(FILE["eif_vectors"]) == 15


@pytest.mark.django_db
def test_the_depositarys_date_wins_and_the_difference_is_flagged(cast: Any):
    standing = instruments.standing_of(cast[people.JAMAICA], "TSA-2006", datetime.date(2008, 1, 21))
    assert (standing.status, standing.in_force_on) == ("in_force", datetime.date(2006, 10, 16))
    assert (standing.computed_on, standing.mismatch) == (None, True)


@pytest.mark.django_db
def test_known_at_the_date_of_the_report_the_later_treaties_are_under_negotiation(cast: Any):
    day = datetime.date(2008, 1, 21)
    found = instruments.read_instrument_standings(cast[people.JAMAICA], day, day)
    assert {code: each.status for code, each in found.items() if code != "RTC-2001"} == {
        "ARREST-WARRANT": "negotiating",
        "CONSLE-PROTOCOL-2016": "negotiating",
        "COPACS-2007": "signed_not_in_force",
        "DSA-2003": "signed_not_in_force",
        "IMPACS-2006": "signed_not_in_force",
        "INTERPOL-2009": "negotiating",
        "MAR-AIR-2008": "negotiating",
        "MOU-INT-2006": "signed_not_in_force",
        "P4-PROTOCOL": "negotiating",
        "RSS-1996": "signed_not_in_force",
        "TSA-2006": "in_force",
    }
    assert [each.instrument.code for each in instruments.in_force_on(cast[people.JAMAICA], day, day)] == ["TSA-2006"]


@pytest.mark.django_db
def test_a_ratification_before_the_signature_is_taken_and_flagged(cast: Any):
    standing = instruments.standing_of(cast[people.JAMAICA], "CONSLE-PROTOCOL-2016", datetime.date(2024, 12, 31))
    assert [line.row.entity for line in standing.flagged] == ["BRB"]
    assert len(standing.signatories) == 12
    assert sum(line.steps.ratified_on is not None for line in standing.lines) == 5


@pytest.mark.django_db
def test_who_signed_and_who_is_bound_on_a_day_as_the_addressee_rules_say(cast: Any):
    codes = people.alpha3()
    instrument = a_copy("TSA-2006")
    instrument.consent = Instrument.Consent.RATIFICATION
    instrument.save()
    people.load_party_rows(instrument, ADDRESSED["context"]["parties"])
    rules = [each for each in ADDRESSED["vectors"] if each["rule"].endswith("TSA-2006")]
    assert len(rules) == 4
    for vector in rules:
        standing = instruments.standing_of(cast[people.JAMAICA], instrument.code, people.day(vector["date"]))
        asked = standing.signatories if vector["rule"].startswith("SIGN") else standing.contracting_parties
        wanted = [codes.get(each, each) for each in vector["expected"]]
        assert list(asked) == wanted, vector["id"]


@pytest.mark.django_db
def test_a_correction_leaves_what_was_known_before_it(cast: Any):
    instrument = a_copy("MOU-INT-2006")
    rows = FILE["eif_vectors"][5]["rows"]
    people.load_party_rows(instrument, rows, recorded="2008-01-10")
    wrong = PartyStep.objects.get(of__instrument=instrument, of__entity="GUY")
    wrong.superseded_at = people.noon("2008-02-10")
    wrong.save()
    ask = cast[people.JAMAICA], instrument.code, datetime.date(2008, 3, 1)
    assert instruments.status_on(*ask, datetime.date(2008, 2, 9)) == "in_force"
    assert instruments.status_on(*ask, datetime.date(2008, 2, 11)) == "signed_not_in_force"
    assert instruments.status_on(*ask) == "signed_not_in_force"


@pytest.mark.django_db
def test_a_terminated_instrument_is_in_force_only_until_its_day(cast: Any):
    instrument = Instrument.objects.get(code="TSA-2006")
    InstrumentStep.objects.create(instrument=instrument, kind="terminated", on=datetime.date(2020, 1, 1))
    for day, status in (("2019-12-31", "in_force"), ("2020-01-01", "terminated")):
        assert instruments.status_on(cast[people.JAMAICA], "TSA-2006", datetime.date.fromisoformat(day)) == status


@pytest.mark.django_db
def test_instruments_are_asked_in_three_questions_whatever_their_number(cast: Any, django_assert_num_queries: Any):
    actor = cast[people.JAMAICA]
    instruments.read_instrument_standings(actor, LATER)
    with django_assert_num_queries(3):
        instruments.standing_of(actor, "TSA-2006", LATER)
    with django_assert_num_queries(3):
        instruments.read_instrument_standings(actor, LATER)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ([], "A rule is an object"),
        ({"op": "MOST"}, "no operation"),
        ({"op": "COUNT_SIGNED", "cls": "MEMBER_STATE"}, "at_least"),
        ({"op": "COUNT_SIGNED", "cls": "PLANETS", "at_least": 2}, "cls is one of"),
        ({"op": "COUNT_SIGNED", "cls": "MEMBER_STATE", "at_least": 0}, "at_least is a number"),
        ({"op": "COUNT_SIGNED", "cls": "MEMBER_STATE", "at_least": True}, "at_least is a number"),
        ({"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 3, "plus_days": -1}, "plus_days"),
        ({"op": "SIGNED_BY", "entities": []}, "entities is a list"),
        ({"op": "SIGNED_BY", "entities": "RSS"}, "entities is a list"),
        ({"op": "AND", "of": []}, "of is a list"),
        ({"op": "AND", "of": [{"op": "OR"}]}, "no operation"),
        ({"op": "ALL_SIGNATORIES_RATIFIED", "colour": "red"}, "colour"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_place(rule: Any, words: str):
    with pytest.raises(RuleError, match=words):
        validate(rule)


def test_rules_in_one_another_end_somewhere():
    rule: Any = {"op": "ALL_SIGNATORIES_RATIFIED"}
    for _ in range(7):
        rule = {"op": "AND", "of": [rule]}
    with pytest.raises(RuleError, match="five deep"):
        validate(rule)


def test_an_instrument_that_nobody_signed_is_not_ratified_by_all():
    finding = evaluate({"op": "ALL_SIGNATORIES_RATIFIED"}, [Steps("BRB")])
    assert finding is not None
    assert (finding.on, finding.met) == (None, ())


@pytest.mark.django_db
def test_organisations_have_lines_too():
    assert InstrumentParty.objects.filter(entity="ORG:RSS", party=None).exists()


def test_days_after_a_rule_of_several_parts_are_counted_from_its_latest_date():
    """Neither taken in silence nor lost: what the rule's language accepts has an effect."""
    rule = {
        "op": "AND",
        "plus_days": 60,
        "of": [
            {"op": "SIGNED_BY", "entities": ["BRB"]},
            {"op": "APPROVED_BY", "entities": ["ORG:CONFERENCE"], "plus_days": 5},
        ],
    }
    validate(rule)
    steps = [
        Steps("BRB", signed_on=datetime.date(2026, 1, 1)),
        Steps("ORG:CONFERENCE", approved_on=datetime.date(2026, 2, 1)),
    ]
    finding = evaluate(rule, steps)
    assert finding.on == datetime.date(2026, 2, 6) + datetime.timedelta(days=60)
    assert describe_count_rule(finding)[0].asks == "60 days after the latest date of these:"
    assert evaluate(rule, steps[:1]).on is None
    assert evaluate({**rule, "plus_days": 0}, steps).on == datetime.date(2026, 2, 6)


@pytest.mark.parametrize("op", sorted(OPS))
def test_every_operation_that_takes_days_waits_for_them(op: str):
    day = datetime.date(2026, 1, 1)
    steps = [
        Steps("BRB", frozenset({"MEMBER_STATE"}), signed_on=day, approved_on=day, ratified_on=day, deposited_on=day)
    ]
    needs = {"cls": "MEMBER_STATE", "at_least": 1, "entities": ["BRB"], "of": [{"op": "ALL_SIGNATORIES_RATIFIED"}]}
    rule = {"op": op, "plus_days": 30, **{name: needs[name] for name in OPS[op]}}
    validate(rule)
    assert evaluate(rule, steps).on == day + datetime.timedelta(days=30)
