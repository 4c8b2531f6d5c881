"""What search finds of requests: all of it for the desk that asks, its own text alone for a desk that is asked."""

from typing import Any

import pytest

from apps.exchange.actions import requests
from apps.search.queries import results
from apps.search.rules.question import read_question
from tests.exchange.people import CAYMAN, JAMAICA, OFFICER, TRINIDAD, a_draft, answered, fresh, sent
from tests.exchange.test_leaks import two_texts

pytestmark = pytest.mark.django_db


def found(actor: Any, words: str, **filters: str) -> list[tuple[str, str]]:
    """[(kind, title)] of requests."""
    hits = results.find(actor, read_question({"q": words, **filters})).hits
    return [(hit.kind.code, hit.title) for hit in hits if hit.kind.code.startswith("request")]


def test_each_desk_that_is_asked_finds_its_own_text_and_the_desk_that_asks_all(cast: Any) -> None:
    row = two_texts(cast)
    asked, received = [("request", row.subject)], [("request_part", row.subject)]
    for words, who in {
        "marlin quay": [OFFICER, TRINIDAD],
        "boats harbour": [OFFICER, JAMAICA, TRINIDAD],  # the questions
        "kept boats": [OFFICER, JAMAICA, TRINIDAD],  # purpose and text
        "Tobago Bank": [],  # what is said in between
        "DB-4417": [OFFICER, TRINIDAD],
    }.items():
        for seat in (OFFICER, JAMAICA, TRINIDAD, CAYMAN):
            wanted = [] if seat not in who else asked if seat == OFFICER else received
            assert found(cast[seat], words) == wanted, (words, seat)


def test_a_subject_of_ones_own_heads_what_is_found(cast: Any) -> None:
    row = sent(
        cast,
        variants=[
            {"to": ["JAM.contact"], "subject": "Engines of boats", "text": "Plain."},
            {"to": ["TTO.contact"], "text": "Plain."},
        ],
    )
    assert found(cast[JAMAICA], "plain") == [("request_part", "Engines of boats")]
    assert found(cast[JAMAICA], "engines open") == []
    assert found(cast[TRINIDAD], "plain") == [("request_part", row.subject)]
    assert found(cast[OFFICER], "engines open plain") == [("request", row.subject)]
    for words in (row.number, row.number.lower().replace("/", "-")):
        assert found(cast[JAMAICA], words) == [("request_part", "Engines of boats")]
        assert found(cast[OFFICER], words) == [("request", row.subject)]
        assert found(cast[CAYMAN], words) == []


def test_what_was_asked_later_is_found_by_whom_it_was_asked_of(cast: Any) -> None:
    row = sent(cast)
    answered(cast, row, JAMAICA)
    answered(cast, row, TRINIDAD)
    requests.follow_up_rfi(cast[OFFICER], fresh(row), questions=["Who sold the Kestrel?"], to=["JAM.contact"])
    assert found(cast[JAMAICA], "kestrel") == [("request_part", row.subject)]
    assert found(cast[OFFICER], "kestrel") == [("request", row.subject)]
    assert found(cast[TRINIDAD], "kestrel") == []


def test_a_draft_is_found_by_its_own_desk_alone(cast: Any) -> None:
    row = a_draft(cast)
    assert found(cast[OFFICER], "engines") == [("request", row.subject)]
    assert found(cast[JAMAICA], "engines") == []
