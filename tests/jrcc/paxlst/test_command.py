"""The command prints what the reader understood; exit code 2 is for wrong usage only."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from apps.manifests.paxlst import read

from .messages import GOOD, VECTORS, changed


def _printed(*arguments):
    out = io.StringIO()
    call_command("paxlst", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def two_lists(tmp_path):
    path = tmp_path / "both.txt"
    path.write_text(GOOD + changed(("BGM+745", "BGM+250"), ("NAD+FL", "NAD+FM"), ("CNT+42", "CNT+41")))
    return str(path)


def test_one_object_a_line_in_the_order_given():
    paths = [str(VECTORS / f"{name}.txt") for name in ("own-25-not-a-list", "own-01-clean", "own-30-latin-1")]
    lines = _printed(*paths, "--json").splitlines()
    assert [json.loads(line)["grade"] for line in lines] == ["unreadable", "accepted", "accepted"]
    assert json.loads(lines[1]) == read((VECTORS / "own-01-clean.txt").read_bytes())[0]


def test_the_first_of_several_lists_says_that_there_are_more(two_lists):
    obj = json.loads(_printed(two_lists, "--json"))
    assert obj["message"]["type"] == "passenger"
    assert "MULTIPLE_SUBMISSIONS" in {finding["code"] for finding in obj["findings"]}


def test_all_lists_are_printed_on_request(two_lists):
    objects = json.loads(_printed(two_lists, "--json", "--all"))
    assert [obj["message"]["type"] for obj in objects] == ["passenger", "crew"]
    assert "MULTIPLE_SUBMISSIONS" not in {finding["code"] for obj in objects for finding in obj["findings"]}


def test_now_can_be_given(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(GOOD)
    obj = json.loads(_printed(str(path), "--json", "--as-of", "2025-01-01T00:00"))
    assert "FLIGHT_DATE_FAR" in {finding["code"] for finding in obj["findings"]}


def test_the_report_is_for_people():
    report = _printed(str(VECTORS / "own-20-needs-correction.txt"))
    assert "needs correction" in report
    assert "to be corrected: Traveller 1, RAMKISSOON/ANIL KUMAR: The date of birth is missing." in report


def test_nothing_is_printed_when_a_file_cannot_be_opened(tmp_path):
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("paxlst", str(VECTORS / "own-01-clean.txt"), str(tmp_path / "absent"), "--json", stdout=out)
    assert refused.value.returncode == 2
    assert out.getvalue() == ""
