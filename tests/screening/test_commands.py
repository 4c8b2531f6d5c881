"""Operators' commands: taking in a list file, and screening a file of travellers (contract-matching.md, 3 and 4)."""

import pytest
from django.core.management import CommandError
from django.db import connections

from apps.audit.models import AuditRecord
from apps.screening import actions
from apps.screening.management.commands import screen as screening
from apps.screening.models import Entry, EntryKey, EntryVersion, ListImport, WatchList
from tests.screening.people import KEEPER, MUHAMMAD, PERSAUD

LINES = [
    {**MUHAMMAD, "ref": "E1", "instruction": "arrest", "reason": "Warrant", "quality": "A"},
    {**PERSAUD, "ref": "E2", "visibility": {"screen_for": ["JAM"]}},
    {"ref": "E3", "kind": "document", "documents": [{"type": "P", "number": "A1234567", "issuer": "JAM"}]},
    {"ref": "E4", "surname": "QUASHIE", "given_names": "ADOM", "birth_date": "1969-08-30"},
]
TRAVELLER = {**MUHAMMAD, "surname": "MUHAMED", "ref": "T1"}


def counts(report):
    return tuple(report[name] for name in ("read", "created", "updated", "unchanged", "withdrawn"))


def test_a_file_becomes_a_list_of_entries_with_keys_and_versions(take, cast):
    assert counts(take(LINES)) == (4, 4, 0, 0, 0)
    home = WatchList.objects.get(code="IMPORT")
    assert home.originator_id == "JRCC"
    first, second = (Entry.objects.get(reference=ref) for ref in ("E1", "E2"))
    assert (first.instruction, first.reason, first.quality, first.subject) == ("arrest", "Warrant", "A", MUHAMMAD)
    assert (second.screen_for, second.instruction) == (["JAM"], "inform")
    keyed = EntryKey.objects.values_list("entry__reference", flat=True).distinct()
    assert set(keyed) == {"E1", "E2", "E3", "E4"}
    assert EntryVersion.objects.count() == 4
    assert Entry.objects.visible_to(cast["jrcc.watch.officer"]).count() == 4
    assert not Entry.objects.visible_to(cast[KEEPER]).exists()


def test_the_same_file_again_changes_nothing(take):
    take(LINES)
    before = list(Entry.objects.order_by("pk").values()), WatchList.objects.get().version
    assert counts(take(LINES)) == (4, 0, 0, 4, 0)
    assert (list(Entry.objects.order_by("pk").values()), WatchList.objects.get().version) == before


def test_a_changed_line_makes_a_new_version_and_a_missing_one_is_left_alone(take):
    take(LINES)
    assert counts(take([{**LINES[0], "instruction": "question"}])) == (1, 0, 1, 0, 0)
    entry = Entry.objects.get(reference="E1")
    assert (entry.version, entry.instruction) == (2, "question")
    assert list(EntryVersion.objects.filter(entry=entry).order_by("number").values_list("number", "instruction")) == [
        (1, "arrest"),
        (2, "question"),
    ]
    assert Entry.objects.filter(state="active").count() == 4


def test_a_replacing_file_withdraws_what_it_does_not_name_but_not_what_it_names_wrongly(take):
    take(LINES)
    report = take([LINES[0], {**LINES[1], "instruction": "shoot"}], "--replace")
    assert counts(report) == (2, 0, 0, 1, 2)
    assert set(Entry.objects.filter(state="active").values_list("reference", flat=True)) == {"E1", "E2"}


def test_a_replacing_file_that_would_withdraw_most_of_a_list_withdraws_nothing_before_two_people_say_so(
    take, cast, drain
):
    many = [{**PERSAUD, "ref": f"M{n}"} for n in range(10)]
    take(many)
    report = take(many[:1], "--replace")
    assert (counts(report), report["held"]) == ((1, 0, 0, 1, 0), {"IMPORT": 9})
    assert Entry.objects.filter(state="active").count() == 10
    held = actions.propose_list_import(cast["jrcc.watch.officer"], ListImport.objects.get(), why="The list was rebuilt")
    actions.countersign_list_import(cast["jrcc.watch.supervisor"], held)
    drain()
    assert list(Entry.objects.filter(state="active").values_list("reference", flat=True)) == ["M0"]
    assert ListImport.objects.get().withdrawn == 9


def test_bad_lines_are_rejected_one_by_one(take):
    bad = [
        "{not json",
        {**PERSAUD},
        {**PERSAUD, "ref": "E1"},
        {"ref": "B1", "birth_date": "1980"},
        {**PERSAUD, "ref": "B2", "visibility": {"screen_for": ["ATL"]}},
        {**PERSAUD, "ref": "B3", "valid_until": "soon"},
        {**PERSAUD, "ref": "B4", "documents": "none"},
        {**PERSAUD, "ref": "B5", "owner": "XXX", "list": "XXX-WATCH"},
    ]
    report = take([LINES[0], *bad, LINES[1]])
    assert [fault["line"] for fault in report["rejected"]] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert all(fault["reason"] for fault in report["rejected"])
    assert counts(report) == (10, 2, 0, 0, 0)


def test_a_list_is_made_for_the_party_that_its_code_or_the_command_names(take):
    take([LINES[0]], "--list", "BRB-STOP")
    take([LINES[0]], "--list", "POOL", "--owner", "TTO")
    made = dict(WatchList.objects.values_list("code", "owner__code"))
    assert made == {"BRB-STOP": "BRB.intelligence", "POOL": "TTO.intelligence"}
    assert take([LINES[1]], "--list", "POOL", "--owner", "BRB")["rejected"][0]["line"] == 1


def test_a_file_asks_once_for_everybody_to_be_compared_with_what_it_changed(take, monkeypatch):
    asked = []
    monkeypatch.setattr(actions.files, "emit", lambda topic, row, payload: asked.append((topic, row.code, payload)))
    take(LINES)
    take([{**LINES[0], "instruction": "question"}, *LINES[1:3]], "--replace")
    ids = {entry.reference: str(entry.pk) for entry in Entry.objects.all()}
    assert [(topic, code, set(payload["entries"])) for topic, code, payload in asked] == [
        ("list.changed", "IMPORT", set(ids.values())),
        ("list.changed", "IMPORT", {ids["E1"]}),
        ("list.changed", "IMPORT", {ids["E4"]}),
    ]


def test_travellers_are_answered_in_order_with_their_hits(take, screen):
    take(LINES)
    nobody = {"ref": "T2", "surname": "Zwartveld", "given_names": "Imke", "birth_date": "2001-01-01"}
    [found, none], figures = screen([TRAVELLER, nobody])
    assert (found["ref"], found["candidates"]) == ("T1", 1)
    [hit] = found["hits"]
    assert (hit["entry_ref"], hit["list"], hit["decision"]) == ("E1", "IMPORT", "match")
    assert 0.95 < hit["score"] < 1
    assert none == {"ref": "T2", "candidates": 0, "hits": []}
    assert (figures["travellers"], figures["pairs_scored"], figures["candidates_mean"]) == (2, 1, 0.5)


def test_a_state_screens_with_what_it_may_see(take, screen):
    take(LINES)
    traveller = {**PERSAUD, "ref": "T3"}
    for state, expected in (("BRB", (0, [])), ("JAM", (1, ["E2"]))):
        [answer], _ = screen([traveller], "--as", state)
        assert (answer["candidates"], [hit["entry_ref"] for hit in answer["hits"]]) == expected
    with pytest.raises(CommandError):
        screen([traveller], "--as", "ATL")


def test_every_traveller_leaves_one_audit_row_unless_it_is_a_dry_run(take, screen):
    take(LINES)
    screen([TRAVELLER, {**TRAVELLER, "surname": "Zwartveld", "ref": "T2"}], "--dry-run")
    assert not AuditRecord.objects.filter(verb="entry.screen").exists()
    screen([TRAVELLER, {**TRAVELLER, "surname": "Zwartveld", "ref": "T2"}])
    assert AuditRecord.objects.filter(verb="entry.screen", outcome="read").count() == 2


def test_processes_that_work_side_by_side_share_neither_connection_nor_pool(monkeypatch):
    closed = []
    monkeypatch.setattr(connections["default"], "close", lambda: closed.append("connection"))
    monkeypatch.setattr(connections["default"], "close_pool", lambda: closed.append("pool"))
    screening.part_from_the_database()
    assert closed == ["connection", "pool"]


def test_a_least_score_of_zero_returns_every_candidate(take, screen):
    take([LINES[0], {**MUHAMMAD, "ref": "E9", "birth_date": "1953-07-21", "nationality": ["GUY"]}])
    [usual], _ = screen([TRAVELLER])
    [every], _ = screen([TRAVELLER], "--min-score", "0")
    assert len(usual["hits"]) == 1
    assert len(every["hits"]) == every["candidates"] == 2
    scores = [hit["score"] for hit in every["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_a_traveller_who_cannot_be_read_is_named_and_the_others_are_screened(take, command):
    take(LINES)
    ran = command("screen", [{"ref": "T0", "sex": 7}, TRAVELLER])
    assert ran.status == 1
    assert ran.answers[0] == {"ref": "T0", "line": 1, "error": "Sex is M, F or X, or left empty. (/sex)"}
    assert [hit["entry_ref"] for hit in ran.answers[1]["hits"]] == ["E1"]


@pytest.mark.django_db(transaction=True)
def test_two_processes_give_the_same_lines_as_one(take, command, monkeypatch):
    monkeypatch.setattr(screening, "BATCH", 2)
    take(LINES)
    travellers = [TRAVELLER, {**PERSAUD, "ref": "T2"}, {"ref": "T3", "sex": 7}, {**MUHAMMAD, "ref": "T4"}, "no JSON"]
    one, two = (command("screen", travellers, "--workers", workers) for workers in ("1", "2"))
    assert two.answers == one.answers
    assert [answer["ref"] for answer in one.answers] == ["T1", "T2", "T3", "T4", None]
    assert [len(answer.get("hits", ())) for answer in one.answers] == [1, 1, 0, 1, 0]
    assert (one.status, two.status) == (1, 1)
    assert AuditRecord.objects.filter(verb="entry.screen").count() == 6


def test_hits_of_one_score_stand_in_the_order_of_their_references(take, screen):
    take([{**MUHAMMAD, "ref": ref} for ref in ("E2", "E10", "E1")])
    [answer], _ = screen([TRAVELLER])
    assert len({hit["score"] for hit in answer["hits"]}) == 1
    assert [hit["entry_ref"] for hit in answer["hits"]] == ["E1", "E10", "E2"]


def test_a_raised_least_score_leaves_out_the_weaker_hits_and_hides_no_candidate(take, screen):
    take([LINES[0], {**MUHAMMAD, "ref": "E9", "given_names": "YOUSSEF", "birth_date": "1981"}])
    [usual], _ = screen([TRAVELLER])
    strong, weak = (hit["score"] for hit in usual["hits"])
    [raised], _ = screen([TRAVELLER], "--min-score", repr((strong + weak) / 2))
    assert [hit["score"] for hit in raised["hits"]] == [strong]
    assert raised["candidates"] == usual["candidates"] == 2
    [exact], _ = screen([TRAVELLER], "--min-score", repr(weak))
    assert exact["hits"] == usual["hits"]


def test_screening_finds_a_listed_document_whatever_the_names_say(take, screen):
    paper = {"type": "P", "number": "A1234567", "issuer": "JAM"}
    take(
        [{**MUHAMMAD, "documents": [paper], "ref": "E1"}, {**PERSAUD, "ref": "E2"}, {"documents": [paper], "ref": "E3"}]
    )
    other = {
        "surname": "LINDQVAEL",
        "given_names": "ROSA",
        "sex": "F",
        "documents": [{**paper, "number": "a 123-4567"}],
    }
    unknown = {**other, "documents": [{"number": "A1234567"}]}
    [answer, weaker, near], _ = screen(
        [
            {**other, "ref": "T1"},
            {**unknown, "ref": "T2"},
            {**other, "documents": [{**paper, "number": "A1234568"}], "ref": "T3"},
        ]
    )
    assert [(hit["entry_ref"], hit["decision"], hit["by_document"]) for hit in answer["hits"]] == [
        ("E1", "match", True),
        ("E3", "match", True),
    ]
    assert [hit["entry_ref"] for hit in weaker["hits"]] == ["E1", "E3"]
    assert weaker["hits"][0]["score"] < answer["hits"][0]["score"]
    assert near["hits"] == []
