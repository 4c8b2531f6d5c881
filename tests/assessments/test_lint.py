"""The checks of analytic writing: all vectors, over the rules and over the API; yardsticks as they are drawn."""

import json
from pathlib import Path

import pytest

from apps.assessments.rules import acronyms, lint, prose, yardstick_charts, yardsticks

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/rifc/lint_vectors.json").read_text())["vectors"]
OPTIONS = ("yardstick", "cited", "source_type_shown", "pii_flag", "portion", "document")
WHERE = "/api/v1/rifc/lint/"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_rules_find_what_the_vector_says(vector):
    known = {name: vector[name] for name in OPTIONS if name in vector}
    found = lint.lint(lint.Asked(vector["text"], vector["context"], **known))
    assert sorted({one.rule for one in found}) == vector["expect"]
    assert all(0 <= one.start < one.end <= len(vector["text"]) for one in found)


@pytest.mark.django_db
def test_programs_are_told_the_same_with_place_and_reason(client_for, api):
    analyst = client_for("rifc.analysis.officer")
    for vector in VECTORS:
        body = {name: vector[name] for name in ("text", "context", *OPTIONS) if name in vector}
        answer = analyst.post(WHERE, body, content_type="application/json").json()
        assert sorted({one["rule"] for one in answer["findings"]}) == vector["expect"], vector
    said = (
        api("BRB.intelligence").post(WHERE, {"text": "It may rise soon.", "context": "judgement"}, format="json").json()
    )
    [first, *_more] = said["findings"]
    assert (first["rule"], first["start"], first["severity"]) == ("L14", 0, "error")
    assert all(one["message"] for one in said["findings"])
    assert client_for("7t.carrier.agent").post(WHERE, {}, content_type="application/json").status_code == 404
    assert analyst.post(WHERE, {"text": "x", "context": "poem"}, content_type="application/json").status_code == 400


def test_text_in_quotation_marks_is_nobodys_judgement_but_keeps_its_place():
    found = lint.lint(lint.Asked('He said "it may be soon". Clearly so.', "text"))
    assert [(one.rule, one.start) for one in found] == [("L06", 26)]


def test_a_yardstick_is_drawn_to_scale_with_its_gaps():
    phia = yardstick_charts.scale("phia", "highly likely")
    assert [(round(one.x), round(one.width), one.chosen) for one in phia.boxes] == [
        (0, 20, False), (42, 41, False), (106, 41, False), (168, 41, False), (232, 83, False), (336, 41, True),
        (400, 20, False),
    ]  # fmt: skip
    assert (phia.words, phia.anchor) == ("Highly likely, 80 to 90%", "end")
    assert yardstick_charts.scale("icd203", yardsticks.NOT_GIVEN).words == ""


def test_paragraphs_know_their_marks_and_what_they_cite():
    text = {"type": "text", "text": "Guns came ", "marks": [{"type": "pm", "attrs": {"level": "R"}}]}
    higher = {"type": "text", "text": "by night.", "marks": [{"type": "pm", "attrs": {"level": "C"}}]}
    cite = {"type": "citation", "attrs": {"report": "r-1", "para": "2"}}
    item = {
        "type": "listItem",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "One"}]}],
    }
    document = {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "North"}]},
            {"type": "paragraph", "attrs": {"pid": "p-1"}, "content": [text, higher, cite]},
            {"type": "paragraph"},
            {"type": "bulletList", "content": [item]},
        ],
    }
    head, first, listed = prose.paragraphs(document)
    assert (head.kind, head.depth, head.level) == ("heading", 2, None)
    assert (first.text, first.level, first.cites, first.pid) == ("Guns came by night.", 2, (("r-1", 2),), "p-1")
    assert (listed.text, listed.listed) == ("One", True)
    assert not prose.is_id("r-1")


def test_abbreviations_are_explained_once():
    known = frozenset({"JAM"})
    assert acronyms.unexplained("The Joint Unit (JTU) met JAM. JTU and ABCD agreed with ABCD.", known) == ["ABCD"]
