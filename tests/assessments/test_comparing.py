"""Two released assessments side by side."""

import uuid
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError

from apps.assessments.actions import judgements
from apps.assessments.models import Assessment, Judgement
from apps.assessments.queries import released_judgements as released_judgements_rows
from apps.assessments.rules import text_pairs
from apps.audit.models import AuditRecord
from demo import assessments as demo
from tests.assessments.people import LEAD, POINTS, STRANGER, released
from tests.demonstrations import play_assessments
from tests.jrcc.test_budgets import MOST, asked

JUDGED = {
    "likelihood": "unlikely",
    "confidence": "low",
    "confidence_basis": "no reporting: nobody has seen a workshop",
    "threat_category": "firearms",
}
EARLIER, LATER = (f"33333333-3333-4333-8333-33333333333{n}" for n in (1, 2))


@dataclass(frozen=True)
class Said:
    """A judgement of a test."""

    pk: str


def test_only_what_was_named_is_paired_and_what_has_no_heir_comes_last():
    before, after = [Said("a"), Said("b"), Said("c")], [Said("b2"), Said("new"), Said("b3"), Said("strange")]
    assert text_pairs.paired(
        before, after, {"b2": "b", "new": None, "b3": "b", "strange": "of another assessment"}
    ) == [
        (Said("b"), Said("b2")),
        (None, Said("new")),
        (Said("b"), Said("b3")),
        (None, Said("strange")),
        (Said("a"), None),
        (Said("c"), None),
    ]


def test_left_and_right_give_back_both_texts():
    one = text_pairs.side("Four boats came in May.", "Six boats came in June.")
    assert "".join(text for _kind, text in one.left) == "Four boats came in May."
    assert "".join(text for _kind, text in one.right) == "Six boats came in June."
    assert {kind for kind, _text in one.left} == {"same", "removed"}
    assert [line.kind for line in text_pairs.lined(["a", "b", "c"], ["a", "B", "c", "d"])] == [
        "same", "changed", "same", "added",
    ]  # fmt: skip
    assert text_pairs.side(None, "New.").kind == "added"


def _threats(one):
    return {each.threat_category for each in (one.old, one.new) if each}


@pytest.mark.django_db
def test_a_released_assessment_stands_beside_the_one_that_it_replaced(client_for, cast, drain):
    play_assessments()
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
    firearms = [one for one in shown.context["found"].judgements if "firearms" in _threats(one)]
    assert [(one.old is None) != (one.new is None) for one in firearms] == [True] * 4, "nobody named one for another"
    assert not any(one.positions or one.likelihood for one in firearms)
    text = shown.content.decode()
    assert "TTO:" not in text, "Trinidad and Tobago changed no position: the later judgement is another one"
    assert text.count("New in the later one") == 4
    assert text.count("Only in the earlier one") == 3
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
    assert "No other released assessment that you take part in" in client_for(POINTS["BRB"]).get(at).content.decode()
    assert client_for(STRANGER).get(at).status_code == 404
    assert client_for(LEAD).get(at, {"with": room.key}).status_code == 404
    demo.in_drafting()
    draft = demo.ASSESSMENT
    assert client_for(LEAD).get(at, {"with": draft}).status_code == 404
    assert client_for(LEAD).get(f"/rifc/assessments/{draft}/compare/").status_code == 404
    assert Assessment.objects.count() == 2


@pytest.mark.django_db
def test_the_writer_names_the_judgement_that_one_goes_on_from(client_for, cast, drain):
    play_assessments()
    key, lead = demo.ASSESSMENT, client_for(LEAD)
    earlier = Judgement.objects.get(assessment=LATER, order=4)
    page = lead.get(f"/rifc/assessments/{key}/judgements/new/").content.decode()
    assert f'<option value="{earlier.pk}"' in page
    given = {"text": "It is unlikely that handguns are made in the region.", **JUDGED}
    at = f"/api/v1/rifc/assessments/{key}/judgements/"
    wrong = lead.post(at, {**given, "predecessor": str(uuid.uuid4())}, "application/json")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/predecessor")
    made = lead.post(at, {**given, "predecessor": str(earlier.pk)}, "application/json")
    assert made.status_code == 201, made.content
    shown = {one["id"]: one for one in lead.get(at).json()["results"]}
    assert shown[made.json()["id"]]["predecessor"] == str(earlier.pk)
    change = f"{at}{made.json()['id']}/actions/change/"
    assert lead.post(change, given, "application/json").status_code == 200
    assert Judgement.objects.get(pk=made.json()["id"]).predecessor == earlier, "what is not sent stays"
    assert lead.post(change, {**given, "predecessor": None}, "application/json").status_code == 200
    assert Judgement.objects.get(pk=made.json()["id"]).predecessor is None


@pytest.mark.django_db
def test_a_judgement_that_the_writer_does_not_have_is_neither_offered_nor_shown_nor_lost(client_for, cast, drain):
    play_assessments()
    earlier = Judgement.objects.get(assessment=LATER, order=4)
    lead = cast[LEAD]
    row = Assessment.objects.get(pk=demo.ASSESSMENT)
    row = judgements.add_judgement(lead, row, text="It is unlikely.", **JUDGED, predecessor=earlier.pk)
    Assessment.objects.filter(pk=LATER).update(state="recalled")
    assert earlier.pk not in {one.pk for one in released_judgements_rows.to_go_on_from(lead, row)}
    shown = client_for(LEAD).get(f"/api/v1/rifc/assessments/{row.pk}/judgements/").json()["results"]
    assert {one["predecessor"] for one in shown} == {None}
    row = judgements.change_judgement(
        lead, row, judgement=row.made.pk, text="It is unlikely.", **JUDGED, predecessor=None
    )
    assert row.made.predecessor_id == earlier.pk
    with pytest.raises(ValidationError, match="that you take part in"):
        judgements.add_judgement(lead, row, text="It is unlikely too.", **JUDGED, predecessor=earlier.pk)
