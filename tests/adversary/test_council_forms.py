"""The pages' forms with input that no browser sends: a page that says what is wrong, never a fault of ours."""

import pytest
from django.urls import reverse

from apps.council.actions import seals, votes
from apps.council.models import Ballot, Circulation, Decision, Meeting, Paper
from tests.council import people
from tests.council.papers import world as writing
from tests.council.procedures.people import sent
from tests.council.room import people as room
from tests.days import NEXT

pytestmark = pytest.mark.django_db
SECRETARIAT = "impacs.secretariat.manager"
NUL = "a\x00b"
STRANGE = [NUL, "\U0001f600", "9" * 5000, "-1", "01990000-0000-7000-8000-000000000000", '{"a": [1]}', "../x"]


def refused(answer, *statuses):
    assert answer.status_code in (statuses or (422,)), (answer.status_code, answer.content[:200])
    assert answer["Content-Type"].startswith("text/html")
    return answer.content.decode()


@pytest.mark.parametrize("field", ["organ", "meeting", "item", "level", "language", "embargo_until"])
def test_the_form_of_a_paper_names_what_cannot_be_and_keeps_the_text(cast, client_for, field):
    client = client_for("jam.ministry.decider")
    for value in STRANGE:
        typed = {"title": "Ports", "organ": "CONSLE", "language": "en", "body": "1. Typed with care."} | {field: value}
        assert "1. Typed with care." in refused(client.post(reverse("council:paper_new"), typed))
    assert not Paper.objects.exists()


def test_a_receipt_of_a_state_that_is_none_is_refused_on_the_page(cast, client_for):
    row, client = sent(cast), client_for(SECRETARIAT)
    receipt, bounce = (
        reverse("council:act", args=["procedures", row.pk, verb]) for verb in ("record_receipt", "record_bounce")
    )
    for value in STRANGE:
        typed = {"party": value, "kind": "phone", "note": "Called at noon"}
        assert "Called at noon" in refused(client.post(receipt, typed))
        refused(client.post(bounce, {"party": value}))
    assert not Circulation.objects.exclude(receipt_at=None, bounced_at=None).exists()


def test_a_clearing_desk_that_is_none_is_refused_on_the_page(cast, client_for):
    paper = writing.a_draft(cast)
    writing.actions.submit_paper(cast[writing.JAMAICA], paper)
    address = reverse("council:act", args=["papers", paper.pk, "start_clearance"])
    client = client_for(writing.MANAGER)
    for value in STRANGE:
        refused(client.post(address, {"legal": value}))
    assert writing.fresh(paper).state == "submitted"


def test_a_vote_that_is_none_is_refused_on_the_page_and_not_counted(cast, client_for):
    decision = votes.open_vote(cast[SECRETARIAT], people.a_proposal(cast, meeting=people.a_session().pk))
    address = reverse("council:act", args=["decisions", decision.pk, "cast_vote"])
    client = client_for("brb.ministry.decider")
    for value in ["", *STRANGE]:
        assert "We hold that" in refused(client.post(address, {"vote": value, "explanation": "We hold that"}))
    refused(client.post(address, {"vote": "for", "explanation": NUL}))
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("version", [NUL, "9" * 5000, "-1", "\U0001f600", "٣"])
def test_a_version_that_is_none_of_ours_is_no_fault(cast, client_for, version):
    decision = people.a_proposal(cast)
    address = reverse("council:act", args=["decisions", decision.pk, "defer"])
    answer = client_for(SECRETARIAT).post(address, {"reason": "Later", "version": version})
    assert answer.status_code in {302, 409, 422}
    assert Decision.objects.get(pk=decision.pk).state in {"proposed", "deferred"}


@pytest.mark.parametrize("field", ["starts_at", "ends_at", "time_zone", "chair", "organ", "number", "languages"])
def test_a_meeting_with_a_strange_field_is_not_planned(client_for, field):
    client = client_for(SECRETARIAT)
    typed = {
        "organ": "CONSLE",
        "starts_at": f"{NEXT}-01-10 09:00",
        "ends_at": f"{NEXT}-01-11 17:00",
        "place": "Typed Hall",
    }
    for value in [*STRANGE, "9999-12-31 23:59"]:
        assert "Typed Hall" in refused(client.post(reverse("council:meeting_new"), typed | {field: value}))
    assert not Meeting.objects.exists()


def test_an_amendment_typed_while_the_decision_was_sealed_is_kept_on_the_page(cast, client_for):
    meeting = people.a_session()
    decision = people.a_proposal(cast, meeting=meeting.pk)
    client = client_for("brb.ministry.decider")
    address = reverse("council:decision_amend", args=[decision.pk])
    assert client.get(address).status_code == 200
    seals.seal_decision(cast[SECRETARIAT], votes.adopt_decision_by_consensus(cast[SECRETARIAT], decision))
    page = client.post(address, {"clause": "1", "text": "Each State names two contacts.", "version": decision.version})
    text = refused(page, 409)
    assert "Each State names two contacts." in text
    assert "No more amendments are possible: the vote is open or over" in text
    assert Decision.objects.get(pk=decision.pk).state == "sealed"


@pytest.mark.parametrize("address", ["council:decisions", "council:papers", "impacs:matrix"])
def test_a_strange_filter_is_a_page_and_never_a_fault(cast, client_for, address):
    room.a_decision(cast, room.an_item(cast, room.in_session(cast)))
    client = client_for("brb.ministry.decider")
    for name in ("before", "after", "q", "meeting", "state", "as_of", "compare", "decision", "kind"):
        for value in ("%00", "9999-12-31", "0001-01-01", "9" * 3000, "%F0%9F%98%80", "'--", "[]"):
            answer = client.get(f"{reverse(address)}?{name}={value}")
            assert answer.status_code in {200, 400, 404, 422}, (name, value, answer.status_code)
