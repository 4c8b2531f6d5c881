"""What search finds of persons and things: by facts that the seat sees, in words that the seat sees."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.entities.models import Assertion
from apps.entities.queries import entities, sources
from apps.rifc.actions import approvals, drafts, recalls, shares
from apps.rifc.models import Report
from apps.search.queries import results
from apps.search.rules.question import read_question
from tests.entities.people import (
    BRB,
    BRB_HEAD,
    GUY,
    JAM,
    RIFC,
    TEXT,
    TTO,
    TTO_AUTHOR,
    a_person,
    a_report,
    a_thing,
    of,
    record,
    theirs,
)
from tests.rifc.people import GIVEN, fresh, paragraph

pytestmark = pytest.mark.django_db
MINISTRY = "jam.ministry.decider"


def found(actor: Any, words: str, **filters: str) -> list[tuple[str, str]]:
    """[(title, detail)] of persons and things."""
    hits = results.find(actor, read_question({"q": words, "kind": "entity", **filters})).hits
    return [(hit.title, hit.detail) for hit in hits]


def test_a_person_is_found_by_name_other_name_and_document_however_written(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report)
    record(cast, person, report, "alias", "Tall Pelican")
    record(cast, person, report, "passport", "BRB A1234567")
    line = [("Marlon Testcase", f"Person, {fresh(report).number}")]
    for words in ("testcase", "Pelican", '"tall pelican"', "brb a 1234567", "BRB-A1234567"):
        assert found(cast[JAM], words) == line, words
        assert found(cast[TTO], words) == [], words
        assert found(cast[MINISTRY], words) == [], words
    assert found(cast[JAM], "marlon pelican") == []
    assert found(cast[JAM], "marlin testcaise") == []
    assert found(cast[JAM], "marlin testcase", similar="1") == line


def test_a_hidden_name_neither_finds_nor_heads_a_person(cast: Any) -> None:
    """Jamaica knows them by a nickname alone: the name stands in a report that only RIFC has."""
    named = a_report(cast, "RIFC.watch", text="His name is Marlon Testcase.")
    person = a_person(cast, named)
    nick = a_report(
        cast, "JAM.contact", "RIFC.watch", text="They call him Tall Pelican.", classification=0, para={"portion": 0}
    )
    record(cast, person, nick, "alias", "Tall Pelican")
    assert found(cast[JAM], "Testcase") == []
    assert [title for title, _detail in found(cast[JAM], "Pelican")] == ["Tall Pelican"]
    assert [title for title, _detail in found(cast[RIFC], "Pelican")] == ["Marlon Testcase"]
    question = read_question({"q": "pelican", "kind": "entity"})
    assert [hit.mark.level for hit in results.find(cast[JAM], question).hits] == [0]
    assert [hit.mark.level for hit in results.find(cast[RIFC], question).hits] == [fresh(named).level] == [1]


def test_what_is_recalled_finds_nobody(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    assert [title for title, _detail in found(cast[JAM], "246 555 0101")] == ["+1 246 555 0101"]
    recalls.recall_rifc_report(cast[BRB_HEAD], fresh(report), reason_code="other", text="Back, please.")
    assert found(cast[JAM], "246 555 0101") == []


def test_the_page_shows_him_beside_his_report_and_the_trail_says_that_it_was_searched(
    cast: Any, client_for: Any
) -> None:
    a_person(cast, a_report(cast, "JAM.contact"))
    a_person(cast, theirs(cast, "GUY.contact"), "Marlon Testcase of Trinidad", who="tto.customs.officer")
    said = client_for(JAM).get(reverse("search"), {"q": "Testcase"}).content.decode()
    assert "Marlon <mark>Testcase</mark>" in said
    assert "of Trinidad" not in said
    assert "2 results that you may see" in said
    assert AuditRecord.objects.filter(verb="search.note").exists()


def test_an_alert_on_a_name_tells_the_marking_of_the_report(cast: Any) -> None:
    a_person(cast, a_report(cast, "JAM.contact"))
    question = read_question({"q": "Testcase", "kind": "entity"})
    saved = type("Saved", (), {"pk": None, "question": question})
    assert results.highest(cast[JAM], question, results.unknown(cast[JAM], saved, 10)) == 1
    assert results.highest(cast[TTO], question, results.unknown(cast[TTO], saved, 10)) == 0


def counted(actor: Any, **filters: str) -> dict[str, dict[str, int]]:
    """{facet: {value: how many persons and things}} of a search for a name."""
    facets = results.find(actor, read_question({"q": "testcase", "kind": "entity", **filters})).facets
    return {name: {one.value: one.count for one in values} for name, values in facets.items()}


def wanted(actor: Any) -> dict[str, dict[str, int]]:
    """The same, from the facts that the seat sees and the reports that say them to it, one by one."""
    facts = [row for row in entities.facts(actor).select_related("entity") if "testcase" in row.value.casefold()]
    reports = sources.sources(actor, facts)
    found: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for row in facts:
        report = reports[sources.key_of(row)].report
        said = {"thing": [row.entity.type], "party": [report.originator_id], "level": [str(report.level)]}
        said |= {"tlp": [report.tlp], "category": report.threat_categories, "sort_of": [report.kind]}
        for name, values in said.items():
            for value in values:
                found[name][value].add(row.entity_id)
    counts = {name: {value: len(each) for value, each in values.items()} for name, values in found.items()}
    return {name: values for name, values in counts.items() if len(values) > 1}


@pytest.fixture
def several(cast: Any) -> Any:
    """A person in three reports with other readers, another in Trinidad's, and a vessel of the name; the person."""
    person = a_person(cast, a_report(cast, "JAM.contact", "RIFC.watch", threat_categories=["firearms"]))
    for more in (
        {"tlp": "AMBER+STRICT", "threat_categories": ["drugs"]},
        {"classification": 0, "para": {"portion": 0}},
    ):
        record(cast, person, a_report(cast, "RIFC.watch", **more), "alias", "M. Testcase")
    a_person(cast, theirs(cast, "JAM.contact", "RIFC.watch"), "Marina Testcase", who=TTO_AUTHOR)
    a_thing(cast, a_report(cast, "GUY.contact", tlp="GREEN"), "vessel", "name", "Testcase II")
    return person


def test_facets_count_by_the_facts_that_a_seat_sees(cast: Any, several: Any) -> None:
    for seat in (BRB, BRB_HEAD, JAM, TTO, TTO_AUTHOR, GUY, RIFC, MINISTRY):
        actor = cast[seat]
        facets = wanted(actor)
        assert counted(actor) == facets, seat
        for name, values in facets.items():
            for value, count in values.items():
                narrowed = results.find(actor, read_question({"q": "testcase", "kind": "entity", name: value}))
                assert narrowed.count == count, (seat, name, value)
    assert counted(cast[JAM])["party"] == {"BRB": 2, "TTO": 1}
    assert counted(cast[JAM])["thing"] == {"person": 2, "vessel": 1}
    assert "AMBER+STRICT" not in counted(cast[JAM])["tlp"]
    assert counted(cast[RIFC])["tlp"] == {"AMBER": 2, "AMBER+STRICT": 1, "GREEN": 1}
    assert found(cast[JAM], "testcase", tlp="AMBER+STRICT") == []
    # one fact has to pass all filters: what is STRICT is no matter of firearms
    assert len(found(cast[RIFC], "testcase", tlp="AMBER+STRICT", category="drugs")) == 1
    assert found(cast[RIFC], "testcase", tlp="AMBER+STRICT", category="firearms") == []


def test_without_words_no_list_of_persons_is_given(cast: Any, several: Any) -> None:
    assert results.find(cast[JAM], read_question({"party": "BRB", "kind": "entity"})).hits == []


def test_as_of_a_day_is_what_was_recorded_out_and_said_to_hold_on_it(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report, "Marlon Testcase", from_on=date(2009, 5, 1))
    record(cast, person, report, "former_name", "Marlon Demo", to_on=date(2009, 4, 30))
    on = lambda day, words="marlon": [title for title, _detail in found(cast[JAM], words, as_of=day)]  # noqa: E731
    assert on("2009-06-30") == []
    Assertion.objects.update(recorded_at=datetime(2009, 2, 1, 12, tzinfo=UTC))
    assert on("2009-06-30") == []
    Report.objects.filter(pk=report.pk).update(shared_at=datetime(2009, 2, 1, 12, tzinfo=UTC))
    assert (on("2009-01-31"), on("2009-02-01"), on("2009-06-30")) == ([], ["Marlon Demo"], ["Marlon Testcase"])
    assert on("2009-06-30", "demo") == []
    Report.objects.filter(pk=report.pk).update(valid_to=date(2009, 6, 29))
    assert (on("2009-06-29"), on("2009-06-30")) == (["Marlon Testcase"], [])
    recalls.recall_rifc_report(cast[BRB_HEAD], fresh(report), reason_code="other", text="Back, please.")
    assert on("2009-06-29") == []


def test_an_unchanged_paragraph_of_a_corrected_report_was_out_before(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_person(cast, report)
    given = GIVEN | {"paragraphs": [paragraph(TEXT, pid=of(report)["paragraph"]), paragraph("Of tuna.")]}
    following = drafts.supersede_rifc_report(cast[BRB], None, of=fresh(report), **given)
    following = approvals.approve_rifc_report(cast[BRB_HEAD], approvals.submit_rifc_report(cast[BRB], following))
    shares.share_rifc_report(cast[BRB], following, to=["JAM.contact"])
    early = datetime(2009, 2, 1, tzinfo=UTC)
    Assertion.objects.update(recorded_at=early)
    Report.objects.filter(pk=report.pk).update(shared_at=early)
    assert len(found(cast[JAM], "testcase", as_of="2009-03-01")) == 1
