"""The suite holds on any day: a test reckons its days from today (tests/days.py) or tells the code which day it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent
NEAR = range(2026, 2041)
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
WRITTEN = re.compile(
    r"(?<!\d)(?<!as )(?<!example )(20\d\d)-\d\d(?!\d)"  # not in "Write the day as 2026-12-31"
    rf"|(?<!\d)\d\d? ?(?:{MONTHS})[a-z]* ?(20\d\d)(?!\d)"
)
KNOWS_ITS_DAY = {
    "assessments/test_outlook.py": "half-years and cells as of a day",
    "entities/test_rules.py": "a drawing of given moments",
    "impacs/people.py": "decisions that tests look at as of a day",
    "impacs/planning/test_recurrence.py": "series of days from a given one",
    "impacs/test_api.py": "obligations as of a day",
    "impacs/test_escalation": "the clock is set by the test",
    "impacs/test_extensions.py": "limits of given days",
    "impacs/test_following.py": "what follows from decisions of given days",
    "impacs/test_matrix.py": "the matrix as of a day",
    "impacs/test_pages.py": "the clock is set by the test",
    "impacs/test_year.py": "the clock is set by the test",
    "jrcc/paxlst": "the reader is told the day on which a message is read",
    "jrcc/pnrgov": "the reader is told the day on which a message is read",
    "jrcc/test_deadlines.py": "words for given moments",
    "jrcc/test_faults.py": "local times of given days",
    "jrcc/test_intake.py": "a message among the vectors",
    "jrcc/test_retention.py": "ages on a given day",
    "jrcc/test_routing.py": "routes of given days",
    "jrcc/test_service_levels.py": "dated rules, asked as of a day",
    "jrcc/test_targeting.py": "ages on a given day",
    "languages/test_days_and_numbers.py": "the calendar of a given month",
    "notices/test_calendars.py": "holidays of the year that the seed knows",
    "notices/test_quiet_hours.py": "hours of given days",
    "on_day.py": "days on which the whole suite is run",
    "protection/test_requests.py": "the last day of a request of a given day",
    "rifc/test_using.py": "months counted back from a given day",
    "screening/matching/test_ledger.py": "expiry as it is printed",
    "council/institutions/test_bodies.py": "how a message writes a day",
    "taxii/test_demo.py": "a day in a text of the demonstration",
    "taxii/test_intake.py": "a day in a text among the vectors",
    "screening/published.py": "a file as a publisher writes it",
    "test_days.py": "this check",
    "region/test_entry_into_force.py": "entry into force from steps of given days",
    "council/decisions/test_written_votes.py": "a period from a given moment",
}
"""Folders and files whose code is told the day. They too are run on the days of tests/on_day.py."""


def near_days(source: str) -> Iterator[tuple[int, str]]:
    """(line, what stands there) of each day or month of the years around the present in a text or a call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            yield from (
                (node.lineno, found[0]) for found in WRITTEN.finditer(text) if int(found[1] or found[2]) in NEAR
            )
        elif isinstance(node, ast.Call) and len(node.args) > 1 and getattr(node.args[0], "value", None) in NEAR:
            yield node.lineno, ast.unparse(node)


def test_no_test_stands_on_a_day_that_comes_or_has_just_passed() -> None:
    """Write in_days(2) where the code asks the clock, and a day long past where it does not."""
    found = [
        f"{name}:{line} {what}"
        for path in sorted(TESTS.rglob("*.py"))
        if not (name := str(path.relative_to(TESTS))).startswith(tuple(KNOWS_ITS_DAY))
        for line, what in near_days(path.read_text())
    ]
    assert found == []


def test_a_near_day_is_found_however_it_is_written() -> None:
    lines = [
        "a = date(2026, 11, 28)",
        'b = "fly 2027-01-01T10:00Z"',
        'c = f"{x} 2026-11"',
        'd = b"2030-01-01"',
        'e = "31 Mar 2027"',
        'f = "Due:2March2027"',
    ]
    assert sorted(line for line, _what in near_days("\n".join(lines))) == [1, 2, 3, 4, 5, 6]
    assert (
        list(near_days('x = date(2008, 1, 21)\ny = "2009-03-01"\nz = "2026"\nn = range(2026)\nq = "A2026-11234"')) == []
    )
