"""The rule of release: the worked cases, and what holds for every report and every viewer."""

from dataclasses import replace
from itertools import combinations, cycle, islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.rifc.rules import facts as words
from apps.rifc.rules.channels import channel
from apps.rifc.rules.facts import Facts, Finding, Target, Viewer
from apps.rifc.rules.onward import FORBIDDEN, FREE, onward
from apps.rifc.rules.release import FULL, NONE, TOMBSTONE, invalid, portions_above, receivable, view
from tests.rifc import vectors

PARTIES = ["BRB", "JAM", "TTO", "GUY", "CYM", "RIFC"]
DESKS = [f"{party}.{name}" for party in PARTIES for name in ("contact", "intelligence", "customs")]
CODES = ["NOFWD", "LEONLY", "NOASSOC", "NOAUTO", "NOPRINT", "PII"]
STATES = ["draft", "review", "returned", "approved", "shared", "superseded", "recalled", "withdrawn", "archived"]


def some(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    """Up to three of them, each number of them as often: one draw, where a set that grows takes up to eight."""
    by_size = [list(combinations(values, size)) for size in range(4)]
    most = max(map(len, by_size))
    return st.sampled_from([frozenset(one) for sets in by_size for one in islice(cycle(sets), most)])


REPORTS = st.builds(
    Facts,
    state=st.sampled_from(STATES),
    originator=st.just("BRB"),
    desk=st.just("BRB.intelligence"),
    classification=st.integers(0, 3),
    tlp=st.sampled_from(words.TLP),
    orcon=st.booleans(),
    handling=some(CODES),
    eyes=some(PARTIES),
    recipients=some(DESKS),
    persons=some(["7", "8"]),
    forwards=some(DESKS),
    dropped=some(DESKS),
    third_parties=some(["GUY", "TTO"]),
)
ROLES = some([words.ADMIN, words.NPC, words.RELEASING, words.SOURCES])


@st.composite
def viewers(draw: Any) -> Viewer:
    desk = draw(st.sampled_from(DESKS))
    party = desk.partition(".")[0]
    return Viewer(
        party,
        desk,
        draw(st.integers(0, 3)),
        draw(st.sampled_from(["7", "8", "9"])),
        draw(ROLES),
        draw(st.booleans()),
        party == "CYM",
        draw(st.booleans()),
    )


def answer(vector: dict[str, Any]) -> Any:
    report, viewer = vectors.facts(vector["report"]), vectors.viewer(vector["viewer"])
    if vector["action"] == "view":
        return view(report, viewer)
    if vector["action"] == "onward":
        return onward(report, viewer, vectors.target(vector["target"]))
    return channel(report, viewer, vector["channel"])


def test_there_are_eighty_seven_worked_cases():
    assert len(vectors.RELEASE) == 87


@pytest.mark.parametrize("vector", vectors.RELEASE, ids=lambda vector: f"{vector['id']} {vector['note']}")
def test_a_worked_case_comes_out_with_its_rule(vector: dict[str, Any]):
    found = answer(vector)
    assert (found.result, found.rule) == (vector["expect"], vector["rule"])


@given(REPORTS, viewers())
def test_no_clearance_below_the_marking_and_no_administrator_ever_reads(report: Facts, viewer: Viewer):
    if view(report, viewer).result in {FULL, TOMBSTONE}:
        assert viewer.clearance >= report.classification
        assert words.ADMIN not in viewer.roles


@given(REPORTS, viewers())
def test_eyes_are_a_closed_list_that_nothing_opens(report: Facts, viewer: Viewer):
    if report.eyes and viewer.party not in report.eyes:
        assert view(report, viewer).result not in {FULL, TOMBSTONE}


@given(REPORTS, viewers())
def test_what_was_never_shared_is_for_its_own_desk_alone(report: Facts, viewer: Viewer):
    if report.state in words.WORKING and viewer.desk != report.desk:
        assert view(report, viewer).result not in {FULL, TOMBSTONE}


@given(REPORTS, viewers())
def test_a_recall_leaves_nobody_abroad_a_report(report: Facts, viewer: Viewer):
    if viewer.party != report.originator:
        assert view(replace(report, state="recalled"), viewer).result != FULL


@given(REPORTS, viewers(), st.sampled_from(DESKS))
def test_one_more_recipient_never_takes_a_report_from_anybody_else(report: Facts, viewer: Viewer, desk: str):
    wider = replace(report, recipients=report.recipients | {desk})
    if view(report, viewer).result == FULL and not invalid(wider):
        assert view(wider, viewer).result == FULL


@given(REPORTS, viewers(), st.sampled_from(DESKS))
def test_another_desks_mail_is_nothing_to_a_viewer(report: Facts, viewer: Viewer, desk: str):
    if desk != viewer.desk:
        more = replace(report, recipients=report.recipients | {desk}, forwards=report.forwards | {desk})
        assert view(more, viewer) == view(report, viewer)


@given(REPORTS, viewers(), st.sampled_from(DESKS))
def test_nobody_passes_on_what_he_cannot_read_nor_beyond_the_closed_list(report: Facts, viewer: Viewer, desk: str):
    to = Target(desk.partition(".")[0], desk, associate=desk.startswith("CYM"))
    found = onward(report, viewer, to)
    if view(report, viewer).result != FULL or (report.eyes and to.party not in report.eyes):
        assert found.result == FORBIDDEN


@given(REPORTS, viewers(), st.sampled_from([*DESKS, words.EXTERNAL]))
def test_orcon_red_and_foreign_material_never_leave_a_recipient_freely(report: Facts, viewer: Viewer, desk: str):
    to = Target(desk.partition(".")[0], desk)
    kept = report.orcon or report.tlp == words.RED or report.third_parties - {to.party}
    if kept and viewer.party not in {report.originator, to.party}:
        assert onward(report, viewer, to).result != FREE


@given(REPORTS, viewers(), st.sampled_from(["taxii", "api", "pdf", "email"]))
def test_no_channel_gives_more_than_the_rule(report: Facts, viewer: Viewer, way: str):
    if view(report, viewer).result not in {FULL, TOMBSTONE}:
        assert not channel(report, viewer, way).result.startswith(("full", "notice", "withdrawal"))


@given(REPORTS, viewers())
def test_the_source_is_for_its_own_handler_and_the_read_log_for_the_originator(report: Facts, viewer: Viewer):
    if channel(report, viewer, "source_ref").result == FULL:
        assert (viewer.desk, words.SOURCES in viewer.roles) == (report.desk, True)
    assert (channel(report, viewer, "readlog").result == FULL) is (viewer.party == report.originator)


@given(REPORTS, viewers())
def test_who_could_not_be_sent_a_report_would_not_see_it_either(report: Facts, viewer: Viewer):
    to = Target(viewer.party, viewer.desk, viewer.clearance, viewer.mou, viewer.associate)
    if viewer.party == report.originator or invalid(report) or report.tlp == words.RED or viewer.roles:
        return
    listed = replace(report, state="shared", recipients=report.recipients | {viewer.desk})
    assert (receivable(report, to) is None) is (view(listed, viewer).result == FULL)


def test_a_portion_above_the_report_is_named():
    assert portions_above(1, [("title", 0), ("1", 1), ("2", 2)]) == [Finding("L16", "2")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tlp": words.CLEAR, "classification": 1}, "P1"),
        ({"tlp": words.GREEN, "classification": 2}, "P2"),
        ({"tlp": words.CLEAR, "classification": 0, "handling": frozenset({"PII"})}, "P3"),
        ({"tlp": words.RED}, "P4"),
        ({"eyes": frozenset({"JAM"})}, "P5"),
    ],
)
def test_markings_that_do_not_go_together_are_named(change: dict[str, Any], code: str):
    valid = Facts("draft", "BRB", "BRB.intelligence", 1, words.AMBER)
    assert invalid(valid) == []
    assert invalid(replace(valid, **change)) == [code]
    assert view(replace(valid, **change), Viewer("BRB", "BRB.intelligence", 3, "7")).result not in {FULL, NONE}
