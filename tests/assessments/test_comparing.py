"""Two released assessments side by side."""

import pytest

from apps.assessments import demo
from apps.assessments.models import Assessment
from apps.assessments.rules import pairing
from apps.audit.models import AuditRecord
from tests.assessments.people import LEAD, POINTS, STRANGER, released
from tests.jrcc.test_budgets import MOST, asked

EARLIER, LATER = (f"33333333-3333-4333-8333-33333333333{n}" for n in (1, 2))


def test_what_is_most_alike_is_paired_first_and_what_has_gone_comes_last():
    before, after = ["the cat sat", "a dog ran off", "x y z"], ["a dog ran", "the cat sat down", "new words here"]
    assert pairing.paired(before, after, pairing.similar) == [
        ("a dog ran off", "a dog ran"),
        ("the cat sat", "the cat sat down"),
        (None, "new words here"),
        ("x y z", None),
    ]


def test_left_and_right_give_back_both_texts():
    one = pairing.side("Four boats came in May.", "Six boats came in June.")
    assert "".join(text for _kind, text in one.left) == "Four boats came in May."
    assert "".join(text for _kind, text in one.right) == "Six boats came in June."
    assert {kind for kind, _text in one.left} == {"same", "removed"}
    assert [line.kind for line in pairing.lined(["a", "b", "c"], ["a", "B", "c", "d"])] == [
        "same", "changed", "same", "added",
    ]  # fmt: skip
    assert pairing.side(None, "New.").kind == "added"


@pytest.mark.django_db
def test_a_released_assessment_stands_beside_the_one_that_it_replaced(client_for, cast, drain):
    demo.load()
    lead, at = client_for(LEAD), f"/rifc/assessments/{LATER}/compare/"
    shown = lead.get(at)
    assert (str(shown.context["old"].pk), str(shown.context["new"].pk)) == (EARLIER, LATER)
    found = {
        (one.old and one.old.threat_category, one.new and one.new.threat_category): one
        for one in shown.context["found"].judgements
    }
    drugs = found["drugs", "drugs"]
    assert (drugs.side.kind, drugs.likelihood) == ("changed", "down")
    assert ("cyber", None) in found
    text = shown.content.decode()
    assert "Less likely:" in text
    assert "<del>" in text
    assert "<ins>" in text
    assert AuditRecord.objects.filter(verb="assessment.compare").count() == 1
    assert lead.get(at, {"with": EARLIER}).context["old"] == shown.context["old"]
    assert len(asked(lead, at)) <= MOST


@pytest.mark.django_db
def test_only_what_one_takes_part_in_is_compared(client_for, cast, drain):
    room = released(client_for)
    drain()
    at = f"/rifc/assessments/{room.key}/compare/"
    assert "There is no other released assessment" in client_for(POINTS["BRB"]).get(at).content.decode()
    assert client_for(STRANGER).get(at).status_code == 404
    assert client_for(LEAD).get(at, {"with": room.key}).status_code == 404
    demo.in_drafting()
    draft = demo.ASSESSMENT
    assert client_for(LEAD).get(at, {"with": draft}).status_code == 404
    assert client_for(LEAD).get(f"/rifc/assessments/{draft}/compare/").status_code == 404
    assert Assessment.objects.count() == 2
