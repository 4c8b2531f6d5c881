"""A carrier learns nothing of a hit: not by a field, a tag, an event, or the moment at which it is answered."""

import datetime
import re

import pytest
from django.db.models import F
from django.urls import reverse

from apps.access import outbox
from apps.access.models import StreamEvent
from apps.jrcc.models import Hit
from apps.manifests.models import Submission
from tests import world

ANOTHER = {"VANTONGEREN": "OBADIAHSONE", "CASIMIR AUREL": "WENDELL AMBRO", "Q7041662": "Z7941663", ":710409": ":890218"}
SUBMISSIONS = "/api/v1/jrcc/submissions/"


def taking(sent, seconds):
    """Let the submission have been received long ago and have taken so long until it was answered."""
    ago = datetime.timedelta(minutes=5)
    Submission.objects.filter(pk=sent.pk).update(created_at=F("created_at") - ago)
    received = Submission.objects.get(pk=sent.pk).created_at
    Submission.objects.filter(pk=sent.pk).update(changed_at=received + datetime.timedelta(seconds=seconds))


def told(api, sent):
    return api("7T.carrier", "read").get(f"{SUBMISSIONS}{sent.pk}/").json()["state"]


@pytest.fixture
def sent(cast):
    return world.a_submission(cast)


@pytest.mark.parametrize("state", ["read", "screened"])
def test_a_carrier_is_not_told_when_its_list_was_screened(api, sent, state):
    Submission.objects.filter(pk=sent.pk).update(state=state)
    answer = api("7T.carrier", "read").get(f"{SUBMISSIONS}{sent.pk}/")
    assert (answer.json()["state"], answer["ETag"]) == ("read", '"read"')
    assert api("7T.carrier", "read").get(f"{SUBMISSIONS}?state=screened").json()["results"] == []
    assert api("JRCC.watch", "read").get(f"{SUBMISSIONS}{sent.pk}/").json()["state"] == state


def test_an_answer_is_told_when_a_whole_second_since_receipt_is_over(api, sent):
    now = Submission.objects.get(pk=sent.pk)
    assert now.state == "answered"
    Submission.objects.filter(pk=sent.pk).update(created_at=F("changed_at") - datetime.timedelta(milliseconds=150))
    Submission.objects.filter(pk=sent.pk).update(
        created_at=F("created_at") + datetime.timedelta(seconds=60),
        changed_at=F("changed_at") + datetime.timedelta(seconds=60),
    )
    assert told(api, sent) == "read"
    taking(sent, 0.15)
    assert told(api, sent) == "answered"


def test_lists_with_and_without_a_wanted_person_read_the_same(api, cast):
    world.an_entry(cast, world.a_watchlist(cast))
    carrier = api("7T.carrier", "read")
    bodies = []
    for wanted, names in ((True, {}), (False, ANOTHER)):
        text = world.a_message(1 if wanted else 2)
        for one, other in names.items():
            text = text.replace(one, other)
        sent = world.a_submission(cast, text)
        taking(sent, 0.2)
        body = carrier.get(f"{SUBMISSIONS}{sent.pk}/").json()
        own = {"id", "url", "journey", "receipt", "created_at", "size", "sha256"}
        told = str({k: v for k, v in body.items() if k not in own})
        for one, other in ANOTHER.items():
            told = told.replace(one, other)
        bodies.append(re.sub(r"[0-9]+(-[0-9A-Z])?", "#", told))
    assert Hit.objects.count() == 1
    assert bodies[0] == bodies[1]


def test_the_stream_tells_a_carrier_of_receipt_and_reading_alone(cast, sent):
    events = StreamEvent.objects.filter(object_id=str(sent.pk), groups__contains=[cast["7t.carrier.agent"].desk_id])
    assert set(events.values_list("verb", flat=True)) == {"jrcc.submission.receive", "jrcc.submission.read"}
    watch = StreamEvent.objects.filter(object_id=str(sent.pk), groups__contains=[cast["jrcc.watch.officer"].desk_id])
    assert "jrcc.submission.answer" in set(watch.values_list("verb", flat=True))


def test_nothing_of_a_hit_stands_in_a_carriers_audit(api, cast):
    world.a_world(cast)
    outbox.drain()
    rows = api("7T.carrier", "read").get("/api/v1/audit/records/").json()["results"]
    assert {row["party"] for row in rows} == {"7T"}
    assert {row["object_type"] for row in rows} == {"jrcc.submission"}


def test_mending_a_list_with_and_without_a_wanted_person_reads_the_same(cast, client_for):
    """The nationality of the last passenger is missing; mended, they are or is not the man on the list."""
    world.an_entry(cast, world.a_watchlist(cast))
    carrier = client_for("7t.carrier.agent")
    pages = []
    for names in ({}, ANOTHER):
        text = world.a_message().replace("'NAT+2+JAM'RFF+AVF:KWANTED'", "'NAT+2+'RFF+AVF:KWANTED'")
        for one, other in names.items():
            text = text.replace(one, other)
        first = world.a_submission(cast, text)
        mending = reverse("jrcc:submission_correct", args=[first.pk])
        assert carrier.post(mending, {"fix-1-4-nationality-0": "JAM"}).status_code == 302
        outbox.drain()
        second = Submission.objects.get(corrects=first)
        told = ""
        for name in ("submission", "submission_changes"):
            told += re.sub(r"<[^>]+>", " ", carrier.get(reverse(f"jrcc:{name}", args=[second.pk])).content.decode())
        for one, other in ANOTHER.items():
            told = told.replace(one.strip(":"), other.strip(":")).replace("9 Apr 1971", "18 Feb 1989")
        pages.append(re.sub(r"\s+", " ", re.sub(r"[0-9a-f]*[0-9][0-9a-f]*(-[0-9A-Z])?", "#", told)))
    assert Hit.objects.exists()
    assert pages[0] == pages[1]
