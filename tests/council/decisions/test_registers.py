"""Addressee rules that ask the region's register: the worked rules through the database, and what cannot be asked."""

import datetime
from typing import Any

import pytest

from apps.council.queries.texts import resolve
from apps.council.rules.addressees import AddresseeError
from apps.people.models import Party
from apps.region.models import Instrument, Participation, StagePeriod, System
from tests.council.rules.facts import read
from tests.region import people

pytestmark = pytest.mark.django_db
FILE = read("addressee_vectors")
DAY = datetime.date(2008, 2, 20)


@pytest.fixture
def a_register(db: None) -> None:
    """The rows of the vectors: the system X, and an instrument bound by ratification with the steps invented there."""
    System.objects.create(code="X", name="X", short_name="X", keeper_id="JRCC", joinable=True, position=99)
    states = Party.objects.filter(periods__kind__in=["member_state", "associate_member"]).distinct()
    Participation.objects.bulk_create(Participation(system_id="X", party=party) for party in states)
    rows = [row for row in FILE["context"]["participation"] if row["system"] == "X"]
    people.load_stages([{**row, "recorded_at": "2008-01-01"} for row in rows])
    known = Instrument.objects.get(code="TSA-2006")
    invented = Instrument.objects.create(
        code="TSA-V", title="Invented", kind=known.kind, rule=known.rule, opened_on=datetime.date(2006, 7, 6),
        state=known.state,
    )  # fmt: skip
    people.load_party_rows(invented, FILE["context"]["parties"])


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_rule_resolves_through_the_register(a_register: None, vector: dict[str, Any]):
    codes = people.alpha3()
    form, colon, rest = vector["rule"].replace("TSA-2006", "TSA-V").partition(":")
    rule = f"{form}{colon}{','.join(codes.get(each, each) for each in rest.split(','))}"
    wanted = vector["expected"]
    day = datetime.date.fromisoformat(vector["date"])
    if isinstance(wanted, dict):
        with pytest.raises(AddresseeError) as wrong:
            resolve(rule, day)
        assert wrong.value.code == wanted["error"]
        assert list(wrong.value.codes) == [codes[each] for each in wanted.get("codes", ())]
        return
    parties = [codes.get(each, each).removeprefix("ORG:") for each in wanted]
    # the portal calls Associate Members by name
    assert resolve(rule, day) == (sorted(parties, key=names().get) if form == "ASSOCIATES" else parties)


def names() -> dict[str, str]:
    return dict(Party.objects.values_list("code", "name"))


def test_the_market_is_without_the_bahamas_haiti_and_montserrat():
    found = resolve("CSME_PARTICIPANTS", DAY)
    assert len(found) == 12
    assert not {"BHS", "HTI", "MSR"} & set(found)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("STATES_LIVE:NOTHING", "There is no system NOTHING. Enter one of APIS"),
        ("STATES_NOT_LIVE:NOTHING", "There is no system NOTHING"),
        ("CONTRACTING_PARTIES:NOTHING", "There is no instrument NOTHING"),
        ("SIGNATORIES:NOTHING", "There is no instrument NOTHING"),
        ("STATES_NOT_LIVE:APIS", "records how many States use APIS, not which"),
    ],
)
def test_a_rule_that_the_register_cannot_answer_says_why(rule: str, words: str):
    with pytest.raises(AddresseeError, match=words):
        resolve(rule, DAY)


def test_what_is_inferred_or_fictional_binds_nobody(a_register: None):
    row = people.participation("BRB", "X")
    for provenance, found in (("inferred", []), ("demo", []), ("document", ["BRB"])):
        StagePeriod.objects.filter(participation=row).known().update(superseded_at=datetime.datetime.now(datetime.UTC))
        StagePeriod.objects.create(
            participation=row, stage="live", valid_from=datetime.date(2007, 1, 1), provenance=provenance
        )
        assert resolve("STATES_LIVE:X", DAY) == found


def test_the_organisation_that_signs_a_treaty_stands_among_its_parties(a_register: None):
    assert "RSS" in resolve("SIGNATORIES:TSA-V", DAY)
