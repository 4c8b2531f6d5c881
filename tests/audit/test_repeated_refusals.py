"""The same refusal again and again: one entry at once, and one with the number of the others of ten minutes."""

import datetime
import random
import threading
from collections import Counter

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.access.declared_actions import record_refusal
from apps.access.ids import uuid7
from apps.access.refusal import Refused
from apps.audit import actions as audit
from apps.audit import repeated_refusals, tasks
from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.oversight.models import Case
from apps.oversight.tasks import look_for_anomalies
from apps.people.models import DeskToken, User

OFFICER, OTHER = "jam.border.officer", "brb.border.officer"
LATER = datetime.timedelta(minutes=11)
pytestmark = pytest.mark.django_db


def refused(actor, verb="hit.refer", code="may-not", object_id="", target=User):
    record_refusal(actor, verb, target, Refused(code), object_id)


def entries(**more):
    return AuditRecord.objects.filter(outcome="refused", **more).order_by("pk")


def later():
    """What the clock writes once the windows have ended."""
    return audit.append_repetitions(timezone.now() + LATER)


def test_five_hundred_refusals_of_one_actor_are_two_entries(cast):
    for number in range(500):
        refused(cast[OFFICER], object_id=f"absent-{number}")
    (first,) = entries()
    assert (first.object_id, first.detail) == ("absent-0", {})
    assert later() == 1
    _first, others = entries()
    named = {key: getattr(first, key) for key in repeated_refusals.SAME if key != "detail"}
    assert {key: getattr(others, key) for key in named} == named
    assert (others.detail["times"], others.object_id) == (499, "")
    assert others.detail["objects"] == [f"absent-{number}" for number in range(1, 21)]
    assert others.detail["since"] <= others.detail["until"]
    assert walk_chains().broken is None


def test_a_program_that_asks_for_what_it_cannot_see_is_bundled_as_a_person_on_pages_is(api, client_for):
    program, person = api("JAM.border"), client_for(OFFICER)
    for _time in range(4):
        assert program.get(f"/api/v1/jrcc/hits/{uuid7()}/").status_code == 404
        assert person.get(f"/audit/jrcc.hit/{uuid7()}/").status_code == 404
        assert person.get(f"/jrcc/hits/{uuid7()}/").status_code == 404
    assert dict(entries().values_list("verb").distinct().values_list("verb", "via")) == {
        "api.hit": "api", "jrcc:hit": "web",
    }  # fmt: skip
    assert (entries().count(), later()) == (2, 2)
    assert [row.detail["times"] for row in entries()[2:]] == [3, 3]


def test_nothing_is_lost_whoever_is_refused_of_what_and_how_often(cast):
    """Entries, each with its number, add up to what was refused, for each actor, verb and code, over many windows."""
    chance, wanted = random.Random(7), Counter()
    for _window in range(5):
        for _time in range(chance.randrange(60)):
            who, verb, code = chance.choice([OFFICER, OTHER]), chance.choice(["hit.refer", "hit.claim"]), "may-not"
            code = chance.choice(["may-not", "read-only"])
            refused(cast[who], verb, code)
            wanted[who, verb, code] += 1
        later()
    found = Counter()
    for row in entries():
        found[row.person, row.verb, row.reason] += row.detail.get("times", 1)
    assert found == wanted
    assert entries().count() <= 5 * 2 * len(wanted)


def test_a_window_that_is_open_is_not_written_and_one_without_repetition_leaves_nothing(cast):
    refused(cast[OFFICER])
    refused(cast[OTHER])
    refused(cast[OTHER])
    assert (tasks.bundle_now(), later(), later()) == (0, 1, 0)
    assert [row.person for row in entries()] == [OFFICER, OTHER, OTHER]
    refused(cast[OTHER])
    assert entries().count() == 4, "a new window begins with an entry at once"


def test_repetitions_about_one_record_stand_in_its_history(cast):
    for _time in range(3):
        refused(cast[OFFICER], object_id="hit-1")
    later()
    assert [(row.object_id, "objects" in row.detail) for row in entries()] == [("hit-1", False)] * 2


def test_another_address_is_not_claimed_for_repetitions_from_several(cast):
    import dataclasses

    for address in ("203.0.113.5", "203.0.113.5", "203.0.113.9"):
        refused(dataclasses.replace(cast[OFFICER], address=address))
    refused(dataclasses.replace(cast[OTHER], address="203.0.113.5"))
    refused(dataclasses.replace(cast[OTHER], address="203.0.113.5"))
    later()
    assert [row.address for row in entries(detail__has_key="times").order_by("person")] == ["203.0.113.5", None]


def test_a_refusal_that_could_not_be_written_is_not_counted_as_the_first(cast, monkeypatch):
    def broken(rows):
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(audit, "append", broken)
        with pytest.raises(DatabaseError):
            refused(cast[OFFICER])
    refused(cast[OFFICER])
    assert entries().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_the_first(cast):
    actor = cast[OFFICER]

    def ask():
        refused(actor)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    later()
    assert [row.detail.get("times", 1) for row in entries()] == [1, 7]


def test_a_burst_that_was_bundled_is_a_finding_in_the_hour_in_which_it_began(cast):
    for _time in range(15):
        refused(cast[OFFICER], target=DeskToken)
    for _time in range(14):
        refused(cast[OTHER], target=DeskToken)
    later()
    look_for_anomalies(timezone.now() + datetime.timedelta(hours=1))
    (case,) = Case.objects.filter(rule__code="refused_burst")
    assert (case.person, case.count) == (OFFICER, 15)


def test_the_number_is_said_on_the_page_in_the_api_and_in_the_file(cast, client_for, api):
    for _time in range(5):
        refused(cast[OFFICER], target=User.objects.get(username=OFFICER))
    later()
    page = client_for(OFFICER).get("/audit/?outcome=refused")
    assert "4 more times" in page.content.decode()
    rows = api("JAM.oversight").get("/api/v1/audit/records/?outcome=refused").json()["results"]
    assert [row["times"] for row in rows] == [4, 1]
    sheet = client_for(OFFICER).get("/audit/?outcome=refused&format=csv").content.decode().splitlines()
    assert [line.rpartition(",")[2] for line in sheet if line] == ["times", "4", ""]
