"""Seals: one written form, and a chain in which every later change shows."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.council.rules.seals import NotCanonical, canonical, fingerprint, first_break, seal, text_hash

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii")) | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", max_size=3), inner),
    max_leaves=20,
)
contents = st.lists(st.dictionaries(st.sampled_from(["number", "text", "result"]), plain), min_size=1, max_size=6)


def chained(records: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """The records with their seals."""
    chain, previous = [], ""
    for record in records:
        previous = seal(record, previous)
        chain.append((record, previous))
    return chain


def test_the_written_form_is_exact():
    content = {"b": [1, True, None], "a": "Curac\u0327ao", "on": date(2008, 2, 20)}
    assert canonical(content) == '{"a":"Cura\u00e7ao","b":[1,true,null],"on":"2008-02-20"}'.encode()


def test_an_instant_is_written_in_utc_whatever_its_zone():
    there = datetime(2008, 4, 11, 11, 0, tzinfo=timezone(timedelta(hours=-4)))
    assert canonical(there) == canonical(datetime(2008, 4, 11, 15, 0, tzinfo=UTC)) == b'"2008-04-11T15:00:00Z"'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"amount": 1.5}, "content.amount: a floating point number"),
        ({"at": datetime(2008, 2, 20)}, "content.at: an instant needs its time zone"),
        ({"list": [{1: "a"}]}, r"content.list\[0\]: the key 1 is not text"),
        ({"\u00e7": 1, "c\u0327": 2}, "two keys are the same text"),
        ({"set": {1}}, "content.set: set cannot be sealed"),
    ],
)
def test_what_has_no_single_written_form_is_refused_with_its_place(content: Any, complaint: str):
    with pytest.raises(NotCanonical, match=complaint):
        canonical(content)


def test_the_first_seal_is_the_known_sha_256_of_its_written_form():
    assert seal({}, "") == fingerprint({"prev_seal": ""})
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_record_cannot_bring_its_own_earlier_seal():
    with pytest.raises(NotCanonical, match="kept for the earlier seal"):
        seal({"prev_seal": "x"}, "")


@given(contents)
def test_an_untouched_chain_holds(records: list[dict[str, Any]]):
    assert first_break(chained(records)) is None


@given(contents, st.data())
def test_a_changed_record_is_the_first_break(records: list[dict[str, Any]], data: st.DataObject):
    chain = chained(records)
    place = data.draw(st.integers(0, len(chain) - 1))
    content, old = chain[place]
    chain[place] = ({**content, "forged": True}, old)
    assert first_break(chain) == place


def test_a_record_taken_out_or_resealed_breaks_the_chain_after_it():
    chain = chained([{"n": 1}, {"n": 2}, {"n": 3}])
    assert first_break([chain[0], chain[2]]) == 1
    forged = {"n": 20}
    assert first_break([chain[0], (forged, seal(forged, chain[0][1])), chain[2]]) == 2
    assert first_break(chain[1:], previous=chain[0][1]) is None


def test_a_comma_changes_the_hash_of_a_text_and_the_way_a_letter_is_composed_does_not():
    text = text_hash("The Council,", [(1, "Curaçao attends"), ("1(a)", "and speaks")])
    assert text == text_hash("The Council,", [("1", "Curac\u0327ao attends"), ("1(a)", "and speaks")])
    assert text != text_hash("The Council", [(1, "Curaçao attends"), ("1(a)", "and speaks")])
    assert text != text_hash("The Council,", [("1(a)", "and speaks"), (1, "Curaçao attends")])
