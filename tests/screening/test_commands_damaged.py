"""Damaged files: one bad line never stops the others, and a file that was cut takes nothing off its list."""

import json

import pytest

from apps.screening.models import Entry
from tests.screening.people import MUHAMMAD, PERSAUD

KNOWN = [{**PERSAUD, "ref": f"K{number}"} for number in range(30)]
DEEP = b'{"ref": "D", "note": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"
LONG = b'{"ref": "L", "height_cm": ' + b"9" * 5_000 + b"}"
BAD = {
    "bytes": (b'{"ref": "K1", "surname": "PE\xd1A"}', "UTF-8 (byte 29)"),
    "broken": (b'{"ref": "K1", "surname"}', "not JSON (character 24)"),
    "deep": (DEEP, "too deeply"),
    "digits": (LONG, "too many digits"),
    "zeros": (b"\x00" * 40, "not JSON (character 1)"),
    "list": (b'["K1"]', "not an object"),
}
BOM = b"\xef\xbb\xbf"


def whole(*lines):
    """The bytes of a file with an end of line after each."""
    return b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)


def in_use():
    return set(Entry.objects.filter(state="active").values_list("reference", flat=True))


@pytest.mark.parametrize("name", BAD)
def test_a_line_of_a_list_that_cannot_be_read_is_rejected_with_its_number_and_the_others_are_taken_in(take, name):
    line, words = BAD[name]
    report = take(whole(KNOWN[0], line, {**MUHAMMAD, "ref": "E1"}))
    assert (report["read"], report["created"]) == (3, 2)
    [fault] = report["rejected"]
    assert (fault["line"], words in fault["reason"]) == (2, True)


@pytest.mark.parametrize("name", BAD)
def test_a_traveller_on_a_line_that_cannot_be_read_is_answered_with_its_number_and_the_others_are_screened(
    take, command, name
):
    take(whole({**MUHAMMAD, "ref": "E1"}))
    line, words = BAD[name]
    ran = command("screen", b"\n" + whole(line, {**MUHAMMAD, "ref": "T1"}))
    bad, good = ran.answers
    assert (ran.status, bad["line"], words in bad["error"]) == (1, 2, True)
    assert (good["ref"], [hit["entry_ref"] for hit in good["hits"]]) == ("T1", ["E1"])
    assert json.loads(ran.errors[-1])["travellers"] == 2


def test_a_byte_order_mark_before_the_first_line_is_passed_over(take, screen):
    assert take(BOM + whole({**MUHAMMAD, "ref": "E1"}))["rejected"] == []
    [answer], _ = screen(BOM + whole({**MUHAMMAD, "ref": "T1"}))
    assert (answer["ref"], len(answer["hits"])) == ("T1", 1)
    assert take(BOM + b"\n")["read"] == 0


def test_a_reference_that_no_encoding_writes_is_given_back_as_it_came(take, command):
    take(whole({**MUHAMMAD, "ref": "E1"}))
    ran = command("screen", whole(b'{"ref": "\\ud800", "surname": "MOHAMMED", "note": "\\ud800"}', {"ref": [[7]]}))
    assert [(answer["ref"], "hits" in answer) for answer in ran.answers] == [("\ud800", True), (None, True)]
    assert ran.status == 0


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000"])
def test_a_traveller_whose_data_no_database_keeps_is_named_with_the_place(take, command, text):
    take(whole({**MUHAMMAD, "ref": "E1"}))
    damaged = b'{"ref": "T0", "documents": [{"number": "A1%s", "type": "P"}]}' % text.encode()
    ran = command("screen", whole(damaged, {**MUHAMMAD, "ref": "T1"}))
    bad, good = ran.answers
    assert (ran.status, bad["ref"], "/documents/0/number" in bad["error"]) == (1, "T0", True)
    assert len(good["hits"]) == 1


@pytest.mark.parametrize("left_over", [1, 20, len(json.dumps(KNOWN[-1])) - 1])
def test_a_list_that_was_cut_in_its_last_line_withdraws_nothing_and_says_so(take, command, left_over):
    take(whole(*KNOWN))
    cut = whole(*KNOWN[:27]) + json.dumps(KNOWN[27]).encode()[:left_over]
    ran = command("import_watchlist", cut, "--replace")
    [report] = ran.answers
    assert (report["unchanged"], report["withdrawn"], report["held"]) == (27, 0, {})
    assert report["rejected"] == [{"line": 28, "reason": "The file breaks off in this line. Ask for the whole file."}]
    assert "breaks off in line 28: nothing was withdrawn" in report["not_withdrawn"]
    assert (ran.errors, ran.status) == ([report["not_withdrawn"]], 1)
    assert len(in_use()) == 30


def test_a_list_that_was_cut_between_the_bytes_of_a_letter_withdraws_nothing(take, command):
    take(whole(*KNOWN))
    ran = command("import_watchlist", whole(*KNOWN[:27]) + '{"ref": "Ñ'.encode()[:-1], "--replace")
    assert (ran.status, len(in_use())) == (1, 30)


def test_a_list_that_was_cut_and_is_not_the_whole_list_is_taken_in_as_far_as_it_goes(command):
    ran = command("import_watchlist", whole(*KNOWN[:2]) + b'{"ref": "K2", "sur')
    assert (ran.status, ran.errors, ran.answers[0]["created"]) == (0, [], 2)
    assert "breaks off" in ran.answers[0]["rejected"][0]["reason"]
    assert "not_withdrawn" not in ran.answers[0]


def test_a_whole_last_line_needs_no_end_of_line(take, command):
    take(whole(*KNOWN))
    ran = command("import_watchlist", whole(*KNOWN[:27]) + json.dumps(KNOWN[27]).encode(), "--replace")
    assert (ran.status, ran.answers[0]["withdrawn"], len(in_use())) == (0, 2, 28)


def test_an_entry_stays_whose_line_has_a_bad_byte_or_whose_reference_has_blanks_around_it(take):
    take(whole(*KNOWN))
    damaged = b'{"ref": "K28", "surname": "PE\xd1A"}'
    report = take(whole(*KNOWN[:28], damaged, {**KNOWN[29], "ref": " K29 "}), "--replace")
    assert (report["unchanged"], report["withdrawn"], len(report["rejected"])) == (29, 0, 1)
