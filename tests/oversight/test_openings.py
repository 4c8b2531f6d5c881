"""What was opened from an emergency seat: its judge sees it, its owners are told, and the explorer says the word."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.database_context import seat_context
from apps.notices.models import Notice
from apps.oversight import tasks
from apps.oversight.models import EmergencyOpening
from apps.people.models import Seat
from tests.audit.test_pages import Kept, entries, page_of, reads
from tests.people.test_emergency import JUDGE, emergency_actor, taken

pytestmark = pytest.mark.django_db
OWNER, OTHER = "jrcc.oversight.officer", "jam.oversight.officer"
WORD = "Emergency access"


@pytest.fixture
def use(cast) -> Any:
    """The head of Jamaica's border desk opens, at its intelligence desk, a record of the JRCC and one of their own."""
    made = taken(cast)
    reads(emergency_actor(made), Kept("JRCC.watch", "0199aaaa-7777"), times=2)
    reads(emergency_actor(made), Kept("JAM.intelligence", "0199aaaa-8888"))
    reads(emergency_actor(made), Kept("7T.carrier", "0199aaaa-9999"))
    reads(cast["jam.border.head"], Kept("JRCC.watch", "0199aaaa-6666"))
    return made


def ended(use: Any) -> datetime.datetime:
    now = timezone.now()
    Seat.objects.filter(pk=use.seat_id).update(valid_from=now - datetime.timedelta(hours=1), valid_to=now)
    return now


def test_its_judge_reads_what_was_opened_from_that_seat_and_nothing_else(use, client_for):
    page = client_for(JUDGE).get(reverse("people:emergency", args=[use.uid])).content.decode()
    table = page.split("ac-h")[2].split("</section>")[0]
    for shown in ("0199aaaa-7777", "0199aaaa-8888", "0199aaaa-9999"):
        assert shown in table
    assert "0199aaaa-6666" not in table
    assert "<code>JRCC</code>" in table, "the number in another party's chain is not told"


def test_the_explorer_says_that_it_was_an_emergency_and_shows_such_entries_alone(use, client_for):
    browser = client_for(OWNER)
    whole = page_of(browser, "?verb=hit.read&others=1")
    assert (len(entries(whole)), whole.count(WORD + "</span>")) == (3, 2)
    assert entries(page_of(browser, "?verb=hit.read&emergency=1")) == ["JAM.intelligence"] * 2


def test_the_api_says_so_too(use, api):
    program = api("JRCC.watch", "read")
    found = program.get("/api/v1/audit/records/?verb=hit.read").json()["results"]
    assert [row["emergency"] for row in found] == [False, True, True]
    only = program.get("/api/v1/audit/records/?verb=hit.read&emergency=1").json()["results"]
    assert [row["emergency"] for row in only] == [True, True]


def test_owners_are_told_once_the_emergency_has_ended_and_no_sooner(use, drain):
    assert tasks.tell_owners(timezone.now()) == 0
    now = ended(use)
    assert [tasks.tell_owners(now), tasks.tell_owners(now)] == [1, 0]
    drain()
    opening = EmergencyOpening.objects.get()
    assert (opening.party_id, opening.entries) == ("JRCC", 2)
    told = Notice.objects.filter(code="oversight.opened_in_emergency")
    assert {(one.owner.code, one.number) for one in told} == {
        (desk, "JAM.intelligence") for desk in ("JRCC.oversight", "IMPACS.oversight")
    }


def test_an_owner_looks_at_what_was_opened_of_its_own_records(use, client_for):
    tasks.tell_owners(ended(use))
    place = reverse("oversight:opening", args=[EmergencyOpening.objects.get().pk])
    page = client_for(OWNER).get(place).content.decode()
    assert "0199aaaa-7777" in page
    assert "0199aaaa-8888" not in page
    assert "jam.border.head" in page
    for name in (OTHER, "jrcc.watch.supervisor", "jam.administration.administrator"):
        assert client_for(name).get(place).status_code == 404


def test_what_was_refused_there_is_no_opening(cast, drain):
    from apps.audit import actions as audit

    use = taken(cast)
    row = Kept("JRCC.watch")
    refused = {"outcome": "refused", "reason": "not-visible", "object_id": row.pk}
    with seat_context(emergency_actor(use)):
        audit.append([audit.entry(emergency_actor(use), "hit.read", row, **refused)])
    assert tasks.tell_owners(ended(use)) == 0
