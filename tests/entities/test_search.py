"""What search finds of persons and things: by facts that the seat sees, in words that the seat sees."""

from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.rifc.actions import recalling
from apps.search.queries import finding
from apps.search.question import read
from tests.entities.people import BRB_HEAD, JAM, RIFC, TTO, a_person, a_report, a_thing, record, theirs
from tests.rifc.people import fresh

pytestmark = pytest.mark.django_db
MINISTRY = "jam.ministry.decider"


def found(actor: Any, words: str, **filters: str) -> list[tuple[str, str]]:
    """[(title, detail)] of persons and things."""
    hits = finding.find(actor, read({"q": words, "kind": "entity", **filters})).hits
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
    """Jamaica knows him by a nickname alone: the name stands in a report that only RIFC has."""
    named = a_report(cast, "RIFC.watch", text="His name is Marlon Testcase.")
    person = a_person(cast, named)
    nick = a_report(
        cast, "JAM.contact", "RIFC.watch", text="They call him Tall Pelican.", classification=0, para={"portion": 0}
    )
    record(cast, person, nick, "alias", "Tall Pelican")
    assert found(cast[JAM], "Testcase") == []
    assert [title for title, _detail in found(cast[JAM], "Pelican")] == ["Tall Pelican"]
    assert [title for title, _detail in found(cast[RIFC], "Pelican")] == ["Marlon Testcase"]
    question = read({"q": "pelican", "kind": "entity"})
    assert finding.find(cast[JAM], question).level == 0
    assert finding.find(cast[RIFC], question).level == fresh(named).level == 1


def test_what_is_recalled_finds_nobody(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    assert [title for title, _detail in found(cast[JAM], "246 555 0101")] == ["+1 246 555 0101"]
    recalling.recall(cast[BRB_HEAD], fresh(report), reason_code="other", text="Back, please.")
    assert found(cast[JAM], "246 555 0101") == []


def test_the_page_shows_him_beside_his_report_and_the_trail_says_that_it_was_searched(
    cast: Any, client_for: Any
) -> None:
    a_person(cast, a_report(cast, "JAM.contact"))
    a_person(cast, theirs(cast, "GUY.contact"), "Marlon Testcase of Trinidad", who="tto.customs.officer")
    said = client_for(JAM).get(reverse("search"), {"q": "Testcase"}).content.decode()
    assert "Marlon <mark>Testcase</mark>" in said
    assert "of Trinidad" not in said
    assert "2 things that your seat may see" in said
    assert AuditRecord.objects.filter(verb="search.note").exists()


def test_an_alert_on_a_name_tells_the_marking_of_the_report(cast: Any) -> None:
    a_person(cast, a_report(cast, "JAM.contact"))
    question = read({"q": "Testcase", "kind": "entity"})
    saved = type("Saved", (), {"pk": None, "question": question})
    assert finding.highest(cast[JAM], finding.unknown(cast[JAM], saved, 10)) == 1
    assert finding.highest(cast[TTO], finding.unknown(cast[TTO], saved, 10)) == 0
