"""The report to the OAS against the acceptance block of its data file, and against the facts of the report of 2008."""

import datetime
import json
from pathlib import Path

import pytest

from apps.region.models import StagePeriod
from apps.reports.models import Fact
from tests.reports.compiled import JANUARY, every_state_known, moment, oas, stage

pytestmark = pytest.mark.django_db
VECTORS = Path(__file__).parents[1] / "vectors" / "governance"
PLAN = json.loads((VECTORS / "oas_report_template.json").read_text(encoding="utf-8"))
ITEMS = json.loads((VECTORS / "seed_initiatives.json").read_text(encoding="utf-8"))["items"]
JULY = datetime.date(2008, 7, 1)
SAID = {
    "L1": ["6 December 2007", "the Chair of the Committee on Hemispheric Security", "the Secretary-General"],
    "L2": ["fourth pillar", "reflected in the revision"],
    "L3": ["Minister of National Security", "Trinidad and Tobago"],
    "F1": ["July 2005", "26th meeting"],
    "F2": ["Council of Ministers responsible for National Security and Law Enforcement", "IMPACS"],
    "F3": ["July 2006", "Saint Kitts and Nevis", "agreement"],
    "F4": ["21 January 2008"],
    "F5": ["Cricket World Cup 2007", "security plan"],
    "V1": ["1 February 2007", "lapsed", "valid for the event alone"],
    "V2": ["National Security, Tourism and Foreign Affairs", "re-instatement"],
    "A1": ["Passenger Information System", "JRCC"],
    "A2": ["Ten of the fifteen Member States"],
    "A3": ["other Member States and Associate Members"],
    "R1": ["Fusion Centre", "in operation", "intelligence sharing"],
    "R2": ["July 2006", "Saint Kitts and Nevis", "intelligence sharing"],
    "R3": ["all fifteen Member States", "real-time sharing", "online collaboration", "joint threat assessment"],
    "R4": ["18th inter-sessional", "JRCC", "RIFC", "permanent"],
    "T1": ["July 2006", "Saint Kitts and Nevis", "Security Assistance"],
    "T2": ["disasters", "regional resources", "threats to national and regional security", "territorial integrity"],
    "P1": ["fifth meeting", "February 2008"],
    "C1": ["Customs Information System", "in development"],
    "C2": ["Barbados, Jamaica, Saint Lucia and Trinidad and Tobago"],
    "C3": ["remaining eleven", "Barbados, Saint Lucia and Trinidad and Tobago"],
    "TC1": ["Travel Card", "Common Visa", "IMPACS", "feasibility study"],
    "Y1": ["legislation", "incident response mechanism", "digital forensics laboratory"],
    "I1": ["INTERPOL", "JRCC", "RIFC", "formal"],
    "D1": ["Antigua and Barbuda, Guyana, Jamaica and Trinidad and Tobago", "complete"],
    "D2": ["Sub-Committee on the Western Hemisphere", "Committee on Foreign Affairs"],
    "D3": ["February 2008"],
    "H1": ["HIV/AIDS", "emerging threat", "PANCAP"],
    "X1": ["Council", "trafficking"],
    "X2": ["Member States have begun", "laws and social services"],
    "E1": ["traditional, new and emerging threats"],
}


def test_every_sentence_of_the_data_file_says_what_the_report_of_2008_says():
    found = oas()
    assert set(found) == {sentence["id"] for sentence in PLAN["sentences"]} == set(SAID)
    wrong = {
        key: (found[key].text or found[key].gap_reason, missing)
        for key, parts in SAID.items()
        if (missing := [part for part in parts if part.lower() not in found[key].text.lower()])
    }
    assert wrong == {}
    assert [key for key, one in found.items() if one.gap_reason] == []


def test_all_48_items_of_the_report_stand_in_a_sentence():
    told = {item for sentence in PLAN["sentences"] for item in sentence["seed_items"]}
    from apps.reports.queries import compilation

    template = compilation.read_record(compilation.template_on("oas", datetime.date(2009, 1, 1)))
    ours = {sentence.id: set(sentence.seed_items) for sentence in template.sentences}
    assert {key: sorted(items) for key, items in ours.items()} == {
        sentence["id"]: sorted(sentence["seed_items"]) for sentence in PLAN["sentences"]
    }
    assert len(ITEMS) == 48
    assert {item["id"] for item in ITEMS} == told


def test_counts_and_lists_are_of_the_same_answer():
    found = oas()
    assert found["C2"].named == ["BRB", "JAM", "LCA", "TTO"]
    assert (found["C2"].values["n"], found["C3"].values["k"], found["C2"].values["N"]) == (4, 11, 15)
    assert found["C2"].rows
    assert set(found["C2"].rows) < set(found["C3"].rows)
    assert found["D1"].named == ["ATG", "GUY", "JAM", "TTO"]
    assert found["A2"].rows[0][0] == "region.statedcount"
    assert "As stated on 21 January 2008" in found["A2"].note


def test_the_visa_was_live_in_march_2007_and_what_came_later_is_a_visible_gap():
    found = oas(datetime.date(2007, 3, 15))
    assert "is live" in found["V1"].text
    assert found["L1"].text == ""
    assert "No outside request had arrived by this day" in found["L1"].gap_reason
    assert [key for key, one in found.items() if not one.text and not one.gap_reason] == []


def test_an_eleventh_state_changes_july_and_not_january():
    every_state_known()
    assert oas()["A2"].text.startswith("Ten of the fifteen Member States")
    assert oas(JANUARY, JULY)["A2"].text.startswith("Ten of the fifteen Member States")
    assert oas(JULY)["A2"].text.startswith("Eleven of the fifteen Member States")


def test_a_late_correction_changes_only_what_is_known_since():
    every_state_known()
    live = StagePeriod.objects.get(participation__party="GUY", participation__system="APIS", provenance="document")
    StagePeriod.objects.filter(pk=live.pk).update(superseded_at=moment(datetime.date(2008, 2, 10)))
    stage("GUY", "live", datetime.date(2007, 2, 1), datetime.date(2007, 12, 1), recorded=datetime.date(2008, 2, 10))
    stage("GUY", "suspended", datetime.date(2007, 12, 1), None, recorded=datetime.date(2008, 2, 10))
    assert oas(JANUARY, datetime.date(2008, 2, 9))["A2"].text.startswith("Ten of")
    assert oas(JANUARY)["A2"].text.startswith("Ten of")
    assert oas(JANUARY, datetime.date(2008, 2, 11))["A2"].text.startswith("Nine of")


def test_rows_and_a_stated_count_are_never_mixed_and_a_disagreement_is_told():
    every_state_known(without="GUY")
    found = oas()["A2"]
    assert found.text.startswith("Nine of the fifteen")
    assert "gives a different number" in found.note


def test_what_is_inferred_or_played_never_stands_in_a_report():
    Fact.objects.filter(code="study.DEPORTEES").update(provenance="demo")
    found = oas()["D1"]
    assert found.text == ""
    assert "study.DEPORTEES" in found.gap_reason


def test_a_source_above_the_marking_withholds_the_sentence():
    Fact.objects.filter(code="study.DEPORTEES").update(level=2)
    found = oas()["D1"]
    assert (found.text, found.values, found.rows, found.named) == ("", {}, [], [])
    assert "Withheld" in found.gap_reason


def test_the_chart_shows_the_bodies_of_the_day():
    found = oas()["F4"]
    lines = found.values["lines"]
    assert lines[0] == "Conference of Heads of Government"
    for name in (
        "Council of Ministers responsible",
        "Security Policy Advisory",
        "Implementation Agency",
        "Joint Regional",
    ):
        assert any(name in line for line in lines), name
    assert any(line.startswith("– – – Regional Intelligence Fusion Centre") for line in lines)
    assert len(found.rows) == len(lines)
    early = oas(datetime.date(2006, 1, 1))["F4"].values["lines"]
    assert not any("Fusion Centre" in line for line in early)


@pytest.mark.parametrize("day", [datetime.date(1973, 8, 1), datetime.date(1990, 5, 5), datetime.date(2025, 12, 31)])
def test_on_any_day_every_sentence_says_something_or_says_why_not(day):
    for key, one in oas(day).items():
        assert bool(one.text) != bool(one.gap_reason), key
