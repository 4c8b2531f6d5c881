"""Maintenance refuses changes but the intake of lists; a room that is off for a party is not there for its people."""

import pytest
from django.db import connection
from django.urls import reverse

from apps.access.refused import Refused
from apps.operations import actions
from apps.operations.models import FeatureSwitch, Maintenance
from tests.world import a_message

pytestmark = pytest.mark.django_db
OPERATOR, OFFICER = "portal.platform.head", "jam.intelligence.officer"
STATUS = "/operations/"


@pytest.fixture
def begun(cast, django_capture_on_commit_callbacks):
    """Begins maintenance; what follows a commit follows."""

    def act():
        with django_capture_on_commit_callbacks(execute=True):
            return actions.begin(cast[OPERATOR], None, notice="New disks", hours=2)

    return act


@pytest.fixture
def maintained(begun):
    return begun()


@pytest.fixture
def send(client_for, django_capture_on_commit_callbacks):
    """The operator's browser sends a form."""

    def act(place, fields=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client_for(OPERATOR).post(place, fields or {})

    return act


def test_only_the_platform_desk_operates(cast, client_for):
    for name in (OFFICER, "impacs.secretariat.manager", "impacs.oversight.officer"):
        assert client_for(name).get(STATUS).status_code == 404
        with pytest.raises(Refused, match="not-platform-head"):
            actions.begin(cast[name], None, notice="x", hours=1)
    assert client_for(OPERATOR).get(STATUS).status_code == 200


def test_everybody_reads_and_nobody_changes_anything(maintained, client_for, api):
    browser = client_for(OFFICER)
    page = browser.get(reverse("people:desk"))
    assert page.status_code == 200
    assert "New disks" in page.content.decode()
    answer = browser.post(reverse("screening:list_new"), {"name": "A", "kind": "national", "code": "JAM-A"})
    assert (answer.status_code, answer["Retry-After"] > "0") == (503, True)
    assert "Nothing was changed" in answer.content.decode()


def test_the_api_says_it_too(begun, api):
    program = api("JAM.intelligence")
    begun()
    answer = program.post("/api/v1/screening/lists/", {"name": "A"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (503, "maintenance")
    assert program.get("/api/v1/screening/lists/").status_code == 200
    assert program.post("/taxii2/", {}, format="json").status_code == 503


def test_passenger_lists_come_in_all_the_same(begun, api):
    carrier = api("7T.carrier")
    begun()
    answer = carrier.post("/api/v1/jrcc/submissions/", a_message().encode(), content_type="application/edifact")
    assert answer.status_code in {201, 202}


def test_who_is_signed_out_signs_in_and_the_operators_end_it(maintained, client, client_for, send):
    wanted = {"login": "jam.border.officer", "password": "demo jam.border.officer 2008"}
    assert client.post("/accounts/login/", wanted).url == reverse("home")
    assert "New disks" in client_for(OPERATOR).get(STATUS).content.decode()
    assert send(reverse("operations:maintenance_end", args=[maintained.pk])).url == STATUS
    answer = client_for(OFFICER).post(reverse("screening:list_new"), {"name": ""})
    assert answer.status_code == 422
    assert Maintenance.objects.get().state == "ended"


def test_one_maintenance_at_a_time(maintained, cast):
    with pytest.raises(Refused, match="maintenance-runs"):
        actions.begin(cast[OPERATOR], None, notice="y", hours=1)


def test_a_room_that_is_off_is_not_there_for_the_party_and_is_for_others(client_for, api, send):
    ours, theirs, program = client_for(OFFICER), client_for("tto.intelligence.head"), api("JAM.intelligence", "read")
    assert program.get("/api/v1/rifc/entities/").status_code == 200
    page = send(reverse("operations:features"), {"feature": "entities", "party": "JAM", "why": "Training"})
    assert page.status_code == 302
    assert ours.get(reverse("entities:things")).status_code == 404
    assert reverse("entities:things") not in ours.get(reverse("people:desk")).content.decode()
    assert program.get("/api/v1/rifc/entities/").status_code == 404
    assert theirs.get(reverse("entities:things")).status_code == 200
    switch = FeatureSwitch.objects.get()
    assert send(reverse("operations:switch_on", args=[switch.pk])).status_code == 302
    assert ours.get(reverse("entities:things")).status_code == 200


@pytest.mark.parametrize("wrong", [{"feature": "nothing"}, {"party": "XXX"}, {"why": ""}])
def test_a_wrong_switch_comes_back_with_words(wrong, client_for):
    answer = client_for(OPERATOR).post(
        reverse("operations:features"), {"feature": "entities", "party": "JAM", "why": "x", **wrong}
    )
    assert answer.status_code == 422
    assert not FeatureSwitch.objects.exists()


def largest_table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 1")
        return cursor.fetchone()[0]


def test_the_page_shows_parts_queue_backups_and_versions(client_for):
    page = client_for(OPERATOR).get(STATUS).content.decode()
    wanted = (
        "PostgreSQL 18",
        "BSD-3-Clause",
        "Last proven restore",
        "Never",
        "all applied",
        "SIGNING_KEY",
        largest_table(),
    )
    for words in wanted:
        assert words in page, words
