"""Papers for the programs of the States."""

import datetime

import pytest
from django.utils import timezone

from apps.council.models import Paper
from tests.council.papers.world import JAMAICA, a_draft, a_meeting, corrected, issued, translated

pytestmark = pytest.mark.django_db
PAPERS = "/api/v1/council/papers/"


def test_a_program_drafts_and_hands_in_a_paper(cast, api):
    a_meeting(cast)
    barbados = api("BRB.ministry")
    body = {"title": "Ports", "organ": "CONSLE", "language": "en", "body": "1. Note it."}
    made = barbados.post(PAPERS, body, format="json")
    assert made.status_code == 201
    assert made.json()["current"]["body"] == "1. Note it."
    assert made.json()["number"] is None
    sent = barbados.post(f"{made.json()['url']}actions/submit/", {}, format="json")
    assert sent.json()["state"] == "submitted"
    assert api("JAM.ministry").get(made.json()["url"]).status_code == 404


def test_faults_are_named_at_their_fields(cast, api):
    answer = api("BRB.ministry").post(PAPERS, {"title": "Ports", "language": "de", "organ": "X"}, format="json")
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/language"]


def test_a_paper_is_given_with_languages_and_ones_own_receipt(cast, api):
    old = issued(cast)
    translated(cast, old)
    paper = corrected(cast, old)
    seen = api("BRB.ministry").get(f"{PAPERS}{paper.pk}/").json()
    assert seen["number"] == f"{old.number}/Rev.1"
    assert seen["supersedes"].endswith(f"{PAPERS}{old.pk}/")
    assert seen["current"] == {"number": 1, "sha256": seen["current"]["sha256"], "body": paper.words}
    assert [(each["language"], each["kind"], each["stale"]) for each in seen["translations"]] == [
        ("fr", "official", True)
    ]
    assert [line["party"] for line in seen["receipts"]] == ["BRB"]
    again = api("BRB.ministry").get(f"{PAPERS}{paper.pk}/").json()
    assert again["receipts"][0]["opened_at"]
    sender = api("JAM.ministry").get(f"{PAPERS}{paper.pk}/").json()["receipts"]
    assert len(sender) > 10
    assert [line["party"] for line in sender if line["opened_at"]] == ["BRB"]


def test_a_list_gives_no_texts_and_nothing_of_what_is_hidden(cast, api):
    paper = issued(cast)
    a_draft(cast, title="Hidden port security")
    found = api("BRB.ministry").get(f"{PAPERS}?q=security").json()["results"]
    assert [row["id"] for row in found] == [str(paper.pk)]
    assert found[0]["current"]["body"] is None
    assert found[0]["receipts"] == [{"party": "BRB", "opened_at": None, "downloaded_at": None}]
    assert Paper.objects.visible_to(cast[JAMAICA]).count() == 2


def test_a_paper_names_its_meeting_by_address(cast, api):
    meeting = a_meeting(cast)
    paper = issued(cast, meeting=str(meeting.pk))
    seen = api("BRB.ministry").get(f"{PAPERS}{paper.pk}/").json()
    assert seen["meeting"].endswith(f"/api/v1/council/meetings/{meeting.pk}/")


def test_a_paper_under_embargo_is_not_there_for_the_programs_of_other_states(cast, api):
    paper = issued(cast, embargo_until=timezone.now() + datetime.timedelta(hours=1))
    barbados = api("BRB.ministry")
    assert barbados.get(f"{PAPERS}{paper.pk}/").status_code == 404
    assert barbados.get(PAPERS).json()["results"] == []
    assert barbados.post(f"{PAPERS}{paper.pk}/actions/comment/", {"text": "Early."}, format="json").status_code == 404
    assert api("JAM.ministry").get(f"{PAPERS}{paper.pk}/").json()["embargo_until"]
