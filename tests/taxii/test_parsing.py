"""The reader of strangers' JSON and the checker of their objects, with whatever hypothesis thinks of."""

import contextlib
import json
import tomllib
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps import entities
from apps.taxii.protocol import media
from apps.taxii.protocol.requests import Asked, BadAsk, asked, following, place
from apps.taxii.stix import common, imports, markings, parser, times, validation
from tests.properties import examples
from tests.taxii.conformance import an_object
from tests.taxii.sample import SAMPLE

SEED = tomllib.loads((Path(entities.__file__).parent / "seed" / "vocabularies.toml").read_text("utf-8"))
FORMS = {
    kind: {
        name: row["extra"]["form"]
        for name, row in SEED["entity_field"].items()
        if kind in row["extra"].get("types", [kind])
    }
    for kind in SEED["entity_type"]
}
KNOWN = imports.Known({}, "BRB", {}, FORMS)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(JSON, min_size=1, max_size=5), st.sampled_from([None, 1]))
@examples(60)
def test_whatever_is_json_is_read_and_kept_as_it_was_written(values: list[Any], indent: int | None) -> None:
    text = json.dumps({"more": False, "objects": values}, ensure_ascii=False, indent=indent)
    found = parser.envelope(text.encode())
    assert [value for value, _written in found] == values
    assert [json.loads(written) for _value, written in found] == values
    assert all(written in text for _value, written in found)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@examples(150)
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with contextlib.suppress(parser.BadJson):
        assert parser.envelope(data)


MUTANTS = st.sampled_from(
    [None, "", 0, -1, True, [], {}, [None], ["x"], {"a": 1}, "x" * 300, "2009-99-01T00:00:00Z", 1e30]
)


@given(st.sampled_from(SAMPLE), st.data())
@examples(200)
def test_a_changed_object_is_taken_or_refused_and_never_breaks_the_preview(one: dict[str, Any], data: Any) -> None:
    key = data.draw(st.sampled_from([*one, "object_marking_refs", "granular_markings", "labels", "extensions", "lang"]))
    changed = {**one, key: data.draw(MUTANTS)}
    if not validation.fault(changed):
        markings.decide(changed, {})
        imports.preview([changed, *SAMPLE], KNOWN)


@given(st.lists(st.sampled_from([*common.TLP2.values(), *common.TLP1]), max_size=4))
def test_the_strictest_label_holds(marks: list[str]) -> None:
    found = markings.decide(an_object(object_marking_refs=marks), {})
    labels = [common.WORDS.get(one) or common.TLP1[one] for one in marks]
    assert found.tlp == max(labels or ["AMBER"], key=common.STRICTNESS.index)


@given(st.datetimes(min_value=times.moment("1970-01-02T00:00:00Z").replace(tzinfo=None)))  # type: ignore[union-attr]
def test_a_place_leads_back_only_with_its_own_collection_filters_and_key(naive: Any) -> None:
    import datetime

    at = naive.replace(tzinfo=datetime.UTC)
    key, here, wanted = b"k" * 32, uuid.uuid4(), Asked(types=("note",))
    token = following(at, key, here, wanted)
    assert place({"next": [token]}, key, here, wanted) == at
    for other in ((b"x" * 32, here, wanted), (key, uuid.uuid4(), wanted), (key, here, Asked())):
        with pytest.raises(BadAsk):
            place({"next": [token]}, *other)


@given(
    st.dictionaries(st.sampled_from(["limit", "added_after", "match[id]", "match[version]", "x"]), st.lists(st.text()))
)
@examples(150)
def test_parameters_are_understood_or_refused(params: dict[str, list[str]]) -> None:
    with contextlib.suppress(BadAsk):
        assert 1 <= asked(params, "id", "type", "version", "spec_version").limit <= 1000


@given(st.text(max_size=60))
def test_any_accept_is_answered_yes_or_no(text: str) -> None:
    assert media.acceptable(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "micros"),
    [("2009-03-01T10:00:00Z", 0), ("2009-03-01T10:00:00.1Z", 100_000), ("2009-03-01T10:00:00.1234567Z", 123_456)],
)
def test_timestamps_of_any_precision_are_read(text: str, micros: int) -> None:
    found = times.moment(text)
    assert found is not None
    assert found.microsecond == micros


def test_the_sample_is_valid() -> None:
    assert [validation.fault(one) for one in SAMPLE] == [""] * len(SAMPLE)
