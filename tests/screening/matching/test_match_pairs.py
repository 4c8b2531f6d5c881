"""The match_pairs command keeps its contract line by line."""

import io
import json
import math

import pytest
from django.core.management import call_command

from apps.screening.matching import MATCHER_VERSION

from .pairs import ROSA, but, labelled_pairs


def run(path, *options: str) -> tuple[list[dict], dict, int]:
    """Output lines, the figures on standard error, and the exit status."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("match_pairs", str(path), *options, stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], json.loads(err.getvalue()), status


@pytest.fixture
def file(tmp_path):
    def write(*lines: object):
        path = tmp_path / "pairs.jsonl"
        path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
        return path

    return write


def test_each_line_is_answered_in_order_with_its_ledger(file):
    pairs = labelled_pairs()[:40]
    answers, figures, status = run(file(*pairs))
    assert [a["id"] for a in answers] == [p["id"] for p in pairs]
    for answer in answers:
        total = answer["prior"] + math.fsum(e["weight"] for e in answer["evidence"])
        assert abs(total - math.log(answer["score"] / (1 - answer["score"]))) < 1e-6
        assert all(e["text"] for e in answer["evidence"])
    assert status == 0
    assert set(figures) == {
        *("pairs", "seconds_prepare", "seconds_score", "pairs_per_s", "pairs_per_s_total", "workers", "matcher"),
    }
    assert (figures["pairs"], figures["workers"], figures["matcher"]) == (40, 1, MATCHER_VERSION)


def test_without_text_the_weights_and_scores_are_identical(file):
    path = file(*labelled_pairs()[:40])
    told, silent = run(path)[0], run(path, "--no-text")[0]
    for answer in told:
        for line in answer["evidence"]:
            del line["text"]
    assert told == silent


def test_a_line_that_cannot_be_scored_leaves_the_others_scored_and_the_status_1(file):
    good = {"id": "good", "a": ROSA, "b": ROSA, "note": "ignored"}
    bad_sex = {"id": "sex", "a": ROSA, "b": but(ROSA, sex="Q")}
    answers, figures, status = run(file(bad_sex, "{not json\n", "[1]\n", {"id": "half", "a": ROSA}, good))
    assert [a["id"] for a in answers] == ["sex", None, None, "half", "good"]
    assert ["error" in a for a in answers] == [True, True, True, True, False]
    assert answers[0]["error"].startswith("/b/sex: ")
    assert answers[4]["decision"] == "match"
    assert (status, figures["pairs"]) == (1, 5)


def test_an_impossible_birth_date_from_others_is_still_scored(file):
    answers, _, status = run(file({"id": 1, "a": ROSA, "b": but(ROSA, birth_date="1971-04-39")}))
    assert answers[0]["decision"] == "match"
    assert status == 0


def test_broken_characters_in_a_file_spoil_no_other_line(tmp_path):
    path = tmp_path / "pairs.jsonl"
    good = json.dumps({"id": "good", "a": ROSA, "b": ROSA}).encode()
    half = json.dumps({"id": "\ud800", "a": but(ROSA, surname="\udfff"), "b": ROSA}).encode()
    path.write_bytes(b'{"id": "\xff", "a": {}, "b": {}}\n' + half + b"\n" + good + b"\n")
    answers, _, status = run(path)
    assert [("score" in a) for a in answers] == [True, True, True]
    assert status == 0


def test_a_file_to_write_and_several_workers_give_the_same_lines(file, tmp_path):
    path, target = file(*labelled_pairs()[:60]), tmp_path / "answers.jsonl"
    _, figures, _ = run(path, "--out", str(target), "--workers", "2")
    assert [json.loads(line) for line in target.read_text().splitlines()] == run(path)[0]
    assert figures["workers"] == 2


def test_a_dash_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"id": "x", "a": ROSA, "b": ROSA})))
    assert [a["id"] for a in run("-")[0]] == ["x"]


def test_a_bad_byte_or_a_byte_order_mark_on_standard_input_stops_no_line(monkeypatch):
    lines = b"\xef\xbb\xbf" + json.dumps({"id": "x", "a": ROSA, "b": ROSA}).encode() + b'\n{"id": "y\xff"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), "utf-8", "strict"))
    first, second = run("-")[0]
    assert (first["id"], "score" in first) == ("x", True)
    assert second == {"id": "y�", "error": "a is missing"}
