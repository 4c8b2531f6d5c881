"""Maintenance refuses changes but the intake of lists; an app that is off for a party is not there for its people."""

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.operations import actions
from apps.operations.models import FeatureSwitch, Maintenance
from tests.operations.conftest import OPERATOR

pytestmark = pytest.mark.django_db
OFFICER = "jam.intelligence.officer"
STATUS = "/operations/"


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
            actions.begin_maintenance(cast[name], None, notice="x", hours=1)
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
        actions.begin_maintenance(cast[OPERATOR], None, notice="y", hours=1)


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


def test_taxii_is_not_there_for_a_party_whose_room_of_it_is_off(api, send):
    ours, theirs = api("JAM.intelligence", "read"), api("TTO.intelligence", "read")
    places = ("/taxii2/", "/taxii2/cisnet/", "/taxii2/cisnet/collections/")
    assert {ours.get(place).status_code for place in places} == {200}
    send(reverse("operations:features"), {"feature": "stix", "party": "JAM", "why": "Training"})
    assert {ours.get(place).status_code for place in places} == {404}
    assert {theirs.get(place).status_code for place in places} == {200}
    send(reverse("operations:switch_on", args=[FeatureSwitch.objects.get().pk]))
    assert {ours.get(place).status_code for place in places} == {200}


@pytest.mark.parametrize("wrong", [{"feature": "nothing"}, {"party": "XXX"}, {"why": ""}])
def test_a_wrong_switch_comes_back_with_words(wrong, client_for):
    answer = client_for(OPERATOR).post(
        reverse("operations:features"), {"feature": "entities", "party": "JAM", "why": "x", **wrong}
    )
    assert answer.status_code == 422
    assert not FeatureSwitch.objects.exists()
