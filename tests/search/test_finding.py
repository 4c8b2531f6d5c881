"""What a seat finds: words, numbers, identifiers, names, filters; only what it sees, and only as it is now."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.rifc.actions import approvals, drafts, recalls, shares
from apps.rifc.models import MouMembership, ReportText
from apps.search.queries import results
from apps.search.rules.question import read_question
from tests.rifc.people import AUTHOR, GIVEN, GUYANA, HEAD, JAMAICA, POINT, TRINIDAD, a_draft, fresh, paragraph, shared

pytestmark = pytest.mark.django_db


def found(actor: Any, words: str = "", **filters: str) -> results.Found:
    return results.find(actor, read_question({"q": words, **filters}))


def titles(actor: Any, words: str = "", **filters: str) -> list[str]:
    return [hit.title for hit in found(actor, words, **filters).hits]


@pytest.fixture
def two(cast: Any) -> Any:
    """Two reports that Jamaica has."""
    flour = shared(
        cast, "JAM.contact", title="Firearms in flour", threat_categories=["firearms"], event_place="Demo Bay",
        paragraphs=[paragraph("Pistols in sacks of flour. Call +1 (868) 555-0142, car PCK 4521, of Youssuf Muhammad.")],
    )  # fmt: skip
    sea = shared(
        cast, "JAM.contact", title="Firearms by sea", threat_categories=["drugs"], tlp="GREEN",
        paragraphs=[paragraph("Rifles on the fishing vessel Marigold, IMO 9319466; passport A1234567.")],
    )  # fmt: skip
    return flour, sea


def test_words_phrases_exclusions_and_alternatives(cast: Any, two: Any) -> None:
    jamaica = cast[JAMAICA]
    assert titles(jamaica, "firearm", sort="newest") == ["Firearms by sea", "Firearms in flour"]
    assert titles(jamaica, "firearms flour pistol") == ["Firearms in flour"]
    assert titles(jamaica, '"fishing vessel"') == ["Firearms by sea"]
    assert titles(jamaica, '"vessel fishing"') == []
    assert titles(jamaica, "firearms -flour") == ["Firearms by sea"]
    assert titles(jamaica, "flour or vessel", sort="newest") == ["Firearms by sea", "Firearms in flour"]


def test_a_title_weighs_more_than_a_text(cast: Any) -> None:
    shared(cast, "JAM.contact", title="Marlin", paragraphs=[paragraph("Of nothing else.")])
    shared(cast, "JAM.contact", title="Other", paragraphs=[paragraph("A marlin was seen with the boats that night.")])
    assert titles(cast[JAMAICA], "marlin") == ["Marlin", "Other"]


def test_a_number_is_found_however_it_is_written(cast: Any) -> None:
    MouMembership.objects.filter(party="BRB").update(number_style="running")
    number = fresh(shared(cast, "JAM.contact", title="Counted")).number
    _rifc, kind, year, party, last = number.split("/")
    for written in (number, number.lower(), f"{kind}-{year}-{party}-{last}", f"{year} {party} {int(last)}"):
        assert titles(cast[JAMAICA], written) == ["Counted"], written
        assert titles(cast[GUYANA], written) == []
    assert titles(cast[JAMAICA], last) == []


def test_a_register_number_is_its_own_partys_alone(cast: Any) -> None:
    MouMembership.objects.filter(party="BRB").update(number_style="random")
    row = fresh(shared(cast, "JAM.contact", title="Counted"))
    assert row.number != row.register_number
    assert titles(cast[AUTHOR], row.register_number) == ["Counted"]
    assert titles(cast[JAMAICA], row.register_number) == []
    assert titles(cast[JAMAICA], row.number) == ["Counted"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        *((one, "Firearms in flour") for one in ("868 555 0142", "+18685550142", "1-868-555-0142", "555-0142")),
        *((one, "Firearms in flour") for one in ("PCK4521", "pck-4521")),
        *((one, "Firearms by sea") for one in ("IMO 9319466", "imo9319466", "9319466", "a 1234567", "A1234567")),
    ],
)
def test_identifiers_are_compared_as_they_are_meant(cast: Any, two: Any, written: str, title: str) -> None:
    assert titles(cast[JAMAICA], written) == [title]
    assert titles(cast[TRINIDAD], written) == ([title] if title == "Firearms by sea" else [])


def test_names_are_found_as_they_sound_only_when_that_is_asked(cast: Any, two: Any) -> None:
    assert titles(cast[JAMAICA], "yusuf mohamed") == []
    assert titles(cast[JAMAICA], "yusuf mohamed", similar="1") == ["Firearms in flour"]
    assert titles(cast[JAMAICA], "yusuf persaud", similar="1") == []


def test_filters_and_facets_count_what_is_seen(cast: Any, two: Any) -> None:
    jamaica = cast[JAMAICA]
    assert titles(jamaica, "firearms", category="drugs") == ["Firearms by sea"]
    assert titles(jamaica, "", category="firearms") == ["Firearms in flour"]
    assert titles(jamaica, "firearms", tlp="GREEN") == ["Firearms by sea"]
    assert titles(jamaica, "firearms", place="demo") == ["Firearms in flour"]
    assert titles(jamaica, "firearms", party="BRB", level="1", kind="report", sort="newest") == [
        "Firearms by sea",
        "Firearms in flour",
    ]
    assert titles(jamaica, "firearms", party="TTO") == []
    assert titles(jamaica, "firearms", box="own") == []
    assert len(titles(cast[AUTHOR], "firearms", box="own")) == 2
    assert len(titles(jamaica, "firearms", box="inbox")) == 2
    assert titles(jamaica, "firearms", until="2008-01-01") == []
    assert len(titles(jamaica, "firearms", **{"from": "2008-01-01"})) == 2
    assert titles(jamaica, "firearms", box="nobody's") == titles(jamaica, "firearms", tlp="PURPLE") == []
    facets = found(jamaica, "firearms").facets
    assert {one.value: one.count for one in facets["tlp"]} == {"AMBER": 1, "GREEN": 1}
    assert {one.value: one.count for one in facets["category"]} == {"firearms": 1, "drugs": 1}
    guyana = found(cast[GUYANA], "firearms")
    assert (guyana.count, guyana.facets) == (1, {})


def test_a_draft_is_found_by_its_desk_alone_and_then_the_version_in_force(cast: Any) -> None:
    row = a_draft(cast, title="Marlin one")
    assert titles(cast[AUTHOR], "marlin") == ["Marlin one"]
    assert titles(cast[POINT], "marlin") == []
    row = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], row))
    row = shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.contact"])
    following = drafts.supersede_rifc_report(
        cast[AUTHOR], None, of=fresh(row), **(GIVEN | {"title": "Marlin two", "paragraphs": [paragraph("Of tuna.")]})
    )
    assert titles(cast[AUTHOR], "marlin") == titles(cast[JAMAICA], "marlin") == ["Marlin one"]
    assert titles(cast[JAMAICA], "tuna") == []
    following = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], following))
    shares.share_rifc_report(cast[AUTHOR], following, to=["JAM.contact"])
    assert titles(cast[AUTHOR], "marlin") == titles(cast[JAMAICA], "marlin") == ["Marlin two"]


def test_what_is_recalled_is_found_no_more_in_that_moment(cast: Any, two: Any) -> None:
    flour, _sea = two
    recalls.recall_rifc_report(cast[HEAD], fresh(flour), reason_code="other", text="Back, please.")
    assert ReportText.objects.get(report=flour).keys == [f"d{flour.owner_id}"]
    for seat in (JAMAICA, POINT, AUTHOR):
        assert "Firearms in flour" not in titles(cast[seat], "firearms"), seat
    assert titles(cast[JAMAICA], "868 555 0142") == []


def test_a_withdrawn_entry_is_found_no_more(cast: Any, two: Any) -> None:
    shares.withdraw_report_entry(cast[HEAD], fresh(two[0]), recipient="JAM.contact", reason="By mistake.")
    assert titles(cast[JAMAICA], "flour") == []


def test_a_number_that_only_hidden_reports_hold_is_asked_for_like_one_that_none_holds(cast: Any, two: Any) -> None:
    guyana = cast[GUYANA]
    found(guyana, "1")  # ids of permissions are read once
    statements = []
    for words in ("868 555 0142", "868 555 9999"):
        with CaptureQueriesContext(connection) as caught:
            assert found(guyana, words).count == 0
        statements.append([re.sub(r"[\d ]+", "N", query["sql"]) for query in caught.captured_queries])
    assert statements[0] == statements[1]
    assert len(statements[0]) == 1


def test_reports_that_cite_one_are_found_by_who_sees_both(cast: Any) -> None:
    first = fresh(shared(cast, "JAM.contact", "TTO.contact", title="Quoted"))
    shared(cast, "JAM.contact", title="Quoting", paragraphs=[paragraph("See the other.", cites=[first.thread])])
    shared(cast, "JAM.contact", title="Apart")
    for named in (first.number, first.number.lower().replace("/", "-"), str(first.thread)):
        assert titles(cast[JAMAICA], f"cites {named}") == ["Quoting"], named
        assert titles(cast[TRINIDAD], f"cites {named}") == [], named
    assert titles(cast[JAMAICA], f"quoting cites {first.number}") == ["Quoting"]
    assert titles(cast[JAMAICA], "cites IR-2026-999999") == []
    hidden = fresh(shared(cast, "TTO.contact", title="Hidden"))
    shared(cast, "JAM.contact", title="Of hidden", paragraphs=[paragraph("As above.", cites=[hidden.thread])])
    assert titles(cast[JAMAICA], f"cites {hidden.number}") == []


def test_what_held_on_a_day(cast: Any) -> None:
    today = timezone.now().date()
    shared(cast, "JAM.contact", title="Marlin until then", valid_to=today + timedelta(days=5))
    shared(cast, "JAM.contact", title="Marlin for ever")
    both = ["Marlin for ever", "Marlin until then"]
    assert titles(cast[JAMAICA], f"marlin as of {today}", sort="newest") == both
    assert titles(cast[JAMAICA], f"marlin as of {today + timedelta(days=6)}") == ["Marlin for ever"]
    assert titles(cast[JAMAICA], f"marlin as of {today - timedelta(days=1)}") == []


@pytest.mark.parametrize(
    "words",
    [
        *("-", "- OR", '""', "'", '"', "''\"", "or or or", "!!!", "a & | b", "(((", "\\", "%", "_", "-firearms"),
        *(
            "\u202efirearms\u202c",
            "مرحبا",
            "𓀀",
            "<script>alert(1)</script>",
            "x' OR 1=1 --",
            ":*",
            "a:*b",
            "💣",
            "=",
            "#",
        ),
        *("firearms " * 30, "d1", "p1", "*", "~FRRM", "+" * 200),
    ],
)
def test_nothing_typed_is_an_error(cast: Any, two: Any, words: str) -> None:
    for similar in ("", "1"):
        assert found(cast[JAMAICA], words, similar=similar).count <= 2
        assert found(cast[GUYANA], words, similar=similar).count <= 1
