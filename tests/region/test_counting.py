"""How many Member States use a system: the worked counts, through the database; and what reports never count."""

import datetime
from typing import Any

import pytest

from apps.region.models import StagePeriod, StatedCount, System
from apps.region.queries import counts as counts_queries
from apps.region.rules import words

from . import people

pytestmark = pytest.mark.django_db
FILE = people.read("participation_vectors")
REPORT = datetime.date(2008, 1, 21)


@pytest.fixture
def a_new_system(db: None) -> str:
    """APIS of the vectors, under another code: the real one has what the report stated of it."""
    from apps.people.models import Party
    from apps.region.models import Participation

    System.objects.create(
        code="VECTOR", name="Vector", short_name="Vector", keeper_id="JRCC", joinable=True, position=99
    )
    states = Party.objects.filter(periods__kind__in=["member_state", "associate_member"]).distinct()
    Participation.objects.bulk_create(Participation(system_id="VECTOR", party=party) for party in states)
    return "VECTOR"


def rows_of(name: Any) -> list[dict[str, Any]]:
    sets = FILE["row_sets"]
    found = [] if name == [] else sets["SET_A"] if name == "SET_B" else sets[name]
    kept = [row for row in found if name != "SET_B" or row["state"] != "HT"]
    return [{**row, "system": "VECTOR"} for row in kept]


def sentence(count: counts_queries.Count) -> str | None:
    if count.n is None:
        return None
    return f"{words.number(count.n).capitalize()} of the {words.number(count.members)} Member States"


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_count_comes_out(cast: Any, a_new_system: str, vector: dict[str, Any]):
    people.load_stages(rows_of(vector["rows"]))
    people.load_stated([{**row, "system": "VECTOR"} for row in vector["stated"]])
    as_of, known_at = people.day(vector["as_of"]), people.day(vector["known_at"])
    count = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", as_of, known_at)
    wanted = vector["expected"]
    assert (str(count.basis), count.n, count.members) == (wanted["basis"], wanted["n"], wanted["N"])
    assert sentence(count) == wanted["text"]
    if "unknown" in wanted:
        assert len(count.unknown) == wanted["unknown"]
    if "as_of" in wanted:
        assert count.stated_on == people.day(wanted["as_of"])
    of = StagePeriod if count.basis == "ROWS" else StatedCount
    assert of.objects.filter(pk__in=count.row_ids).count() == len(count.row_ids)
    assert (count.row_ids == ()) == (count.basis == "GAP")


def test_the_facts_of_the_report_come_out_as_of_its_day_and_as_known_then(cast: Any):
    counts = counts_queries.counts(
        cast[people.JAMAICA],
        ["APIS", "E_MANIFEST", "CISNET", "COMMON_VISA", "DEPORTEE_STUDY"],
        REPORT,
        REPORT,
    )
    assert {code: (count.n, count.members, str(count.basis)) for code, count in counts.items()} == {
        "APIS": (10, 15, "STATED"),
        "E_MANIFEST": (4, 15, "ROWS"),
        "CISNET": (15, 15, "ROWS"),
        "COMMON_VISA": (0, 15, "ROWS"),
        "DEPORTEE_STUDY": (4, 15, "ROWS"),
    }
    assert counts["APIS"].parties == ()
    assert counts["E_MANIFEST"].parties == ("BRB", "JAM", "LCA", "TTO")
    assert counts["DEPORTEE_STUDY"].parties == ("ATG", "GUY", "JAM", "TTO")


@pytest.mark.parametrize(
    ("day", "n"), [("2007-01-31", None), ("2007-02-01", 10), ("2007-05-15", 10), ("2007-05-16", 0), ("2008-01-21", 0)]
)
def test_the_common_visa_was_live_from_february_to_the_middle_of_may_2007(cast: Any, day: str, n: int | None):
    assert (
        counts_queries.count_participations(cast[people.JAMAICA], "COMMON_VISA", datetime.date.fromisoformat(day)).n
        == n
    )


def test_what_is_inferred_or_fictional_is_in_no_report(cast: Any, a_new_system: str):
    people.load_stages(rows_of("SET_B"))
    missing = people.participation("HTI", "VECTOR")
    for provenance in ("inferred", "demo"):
        StagePeriod.objects.filter(participation=missing).update(superseded_at=datetime.datetime.now(datetime.UTC))
        StagePeriod.objects.create(
            participation=missing, stage="live", valid_from=datetime.date(2007, 2, 1), provenance=provenance,
            recorded_at=people.noon("2008-01-10"),
        )  # fmt: skip
        told = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", REPORT)
        shown = counts_queries.count_participations(
            cast[people.JAMAICA], "VECTOR", REPORT, provenances=counts_queries.EVERY
        )
        assert (told.basis, told.n, told.unknown) == ("GAP", None, ("HTI",))
        assert (shown.basis, shown.n) == ("ROWS", 11)


def test_rows_that_contradict_what_was_stated_of_the_day_are_told(cast: Any, a_new_system: str):
    people.load_stages(rows_of("SET_A"))
    people.load_stated([{"system": "VECTOR", "n": 9, "N": 15, "as_of": "2008-01-21", "recorded_at": "2008-01-21"}])
    count = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", REPORT)
    assert (count.n, count.disagrees) == (10, True)


def test_an_associate_member_that_is_live_is_counted_beside_the_member_states(cast: Any, a_new_system: str):
    people.load_stages(rows_of("SET_A"))
    row = {"system": "VECTOR", "state": "BM", "stage": "live", "valid_from": "2007-06-01", "recorded_at": "2008-01-10"}
    people.load_stages([row])
    count = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", REPORT)
    assert (count.n, count.members, count.associates) == (10, 15, ("BMU",))


def test_a_sixteenth_member_state_leaves_earlier_counts_alone(cast: Any, a_new_system: str):
    from apps.people.models import PartyPeriod

    people.load_stages(rows_of("SET_A"))
    PartyPeriod.objects.filter(party="BMU").update(valid_to=datetime.date(2008, 5, 1))
    PartyPeriod.objects.create(party_id="BMU", kind="member_state", valid_from=datetime.date(2008, 5, 1))
    before = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", REPORT)
    after = counts_queries.count_participations(cast[people.JAMAICA], "VECTOR", datetime.date(2008, 5, 2))
    assert (before.n, before.members) == (10, 15)
    assert (after.basis, after.members, after.unknown) == ("GAP", 16, ("BMU",))


def test_an_associate_member_counts_nothing_of_others(cast: Any):
    count = counts_queries.count_participations(cast[people.CAYMAN], "CISNET", REPORT, REPORT)
    assert (count.basis, count.n, len(count.unknown)) == ("GAP", None, 15)
    assert counts_queries.count_participations(cast[people.CAYMAN], "APIS", REPORT).n is None


def test_a_border_desk_reads_no_register(cast: Any):
    assert counts_queries.count_participations(cast["jam.border.officer"], "CISNET", REPORT).n is None


@pytest.mark.parametrize(("n", "word"), [(0, "none"), (4, "four"), (15, "fifteen"), (20, "twenty"), (21, "21")])
def test_numbers_are_words_up_to_twenty(n: int, word: str):
    assert words.number(n) == word
