"""The list of the application security verification standard is whole, and what it points to exists."""

import re
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "asvs.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([a-z. ]+) \| (.+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)
STATES = {"met", "partly", "not", "operator", "n.a."}
# level 2 of version 4.0.3: {section: numbers}; what the standard deleted or asks of level 3 alone is left out
SECTIONS = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1,4,5", "1.5": "1-4", "1.6": "1-4", "1.7": "1-2", "1.8": "1-2", "1.9": "1-2",
    "1.10": "1", "1.11": "1-2", "1.12": "2", "1.14": "1-6", "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-6",
    "2.5": "1-7", "2.6": "1-3", "2.7": "1-6", "2.8": "1-7", "2.9": "1-3", "2.10": "1-4", "3.1": "1", "3.2": "1-4",
    "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1", "4.1": "1-3,5", "4.2": "1-2", "4.3": "1-3", "5.1": "1-5",
    "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4", "6.1": "1-3", "6.2": "1-6", "6.3": "1-2", "6.4": "1-2",
    "7.1": "1-4", "7.2": "1-2", "7.3": "1,3,4", "7.4": "1-3", "8.1": "1-4", "8.2": "1-3", "8.3": "1-8", "9.1": "1-3",
    "9.2": "1-4", "10.2": "1-2", "10.3": "1-3", "11.1": "1-8", "12.1": "1-3", "12.2": "1", "12.3": "1-6",
    "12.4": "1-2", "12.5": "1-2", "12.6": "1", "13.1": "1,3-5", "13.2": "1-3,5,6", "13.3": "1-2", "13.4": "1-2",
    "14.1": "1-4", "14.2": "1-6", "14.3": "2-3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip


def numbers(said: str) -> list[int]:
    found = []
    for part in said.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def test_every_requirement_of_level_two_stands_there_once():
    wanted = [f"{section}.{number}" for section, said in SECTIONS.items() for number in numbers(said)]
    assert sorted(row[0] for row in ROWS) == sorted(wanted)


def test_what_is_said_to_be_met_is_shown_somewhere_that_exists():
    for number, state, words, places in ROWS:
        assert state in STATES, number
        assert len(words) > 5, number
        paths = re.findall(r"`([^`]+)`", places)
        assert paths or state in {"not", "n.a."}, number
        for path in paths:
            assert (PROJECT / path).exists(), f"{number}: {path}"


def test_the_count_at_the_top_is_that_of_the_rows():
    counts = Counter(state for _number, state, _words, _places in ROWS)
    for state in STATES:
        assert f"| {state} | {counts[state]} |" in PAGE, (state, counts[state])
