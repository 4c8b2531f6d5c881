"""Keys of programs in the API: listed, limited, given a successor, revoked; the key itself is told once."""

import pytest
from django.test import Client

from apps.people.models import DeskToken
from tests.entrance.signing import long_ago
from tests.keys import by_two

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/people/keys/"
ADMIN, OTHER = "jam.administration.administrator", "brb.administration.administrator"
HEAD = "jam.border.head"
WANTED = {"desk": "JAM.border", "scope": "write", "days": 30, "label": "list system"}


@pytest.fixture
def token(cast):
    return by_two(cast[ADMIN], cast[HEAD], clearance=2, **WANTED)


def do(client, token, verb, data=None, **headers):
    url = f"{KEYS}{token.uid}/actions/{verb}/"
    return client.post(url, data or {}, content_type="application/json", headers=headers)


def test_the_partys_keys_are_listed_without_the_key_and_unknown_elsewhere(token, client_for):
    (row,) = client_for(ADMIN).get(f"{KEYS}?desk=JAM.border&state=live").json()["results"]
    assert (row["id"], row["prefix"], row["key"], row["verbs"]) == (str(token.uid), token.secret[:12], "", [])
    assert token.secret not in str(row)
    assert client_for(ADMIN).get(row["url"]).json() == row
    assert (row["asked_by"], row["answered_by"], row["clearance"]) == (ADMIN, HEAD, 2)
    assert client_for(HEAD).get(row["url"]).json() == row, "who decides at the desk sees its keys"
    for name in (OTHER, "jam.ministry.decider", "jam.border.officer"):
        assert client_for(name).get(row["url"]).status_code == 404
        assert client_for(name).get(KEYS).json()["results"] == []


def test_a_key_is_revoked_once(token, client_for):
    assert do(client_for(OTHER), token, "revoke").status_code == 404
    assert do(client_for(ADMIN), token, "revoke").json()["state"] == "revoked"
    assert do(client_for(ADMIN), token, "revoke").status_code == 409


def test_asking_for_a_key_is_202_and_its_location_says_what_waits(client_for):
    admin, once = client_for(ADMIN), {"Idempotency-Key": "a" * 20}
    asked, again = (admin.post(KEYS, WANTED, content_type="application/json", headers=once) for _time in range(2))
    assert (asked.status_code, asked.json()["state"], asked.json()["key"]) == (202, "proposed", "")
    assert asked["Location"] == asked.json()["url"]
    assert (again.status_code, again.json()["id"], again["Location"]) == (202, asked.json()["id"], asked["Location"])
    assert DeskToken.objects.get().sha256 is None
    offers = {one["verb"]: one["allowed"] for one in admin.get(f"{asked['Location']}actions/").json()}
    assert offers == {"approve": False, "refuse": False, "withdraw": True}


def test_a_key_is_told_in_the_answer_that_shows_it_and_not_when_it_is_repeated(client_for):
    admin, head, once = client_for(ADMIN), client_for(HEAD), {"Idempotency-Key": "c" * 20}
    asked = admin.post(KEYS, WANTED, content_type="application/json").json()
    approved = head.post(f"{asked['url']}actions/approve/", {}, content_type="application/json").json()
    assert (approved["state"], approved["key"], approved["clearance"]) == ("approved", "", 1)
    place = f"{asked['url']}actions/show/"
    made, again = (admin.post(place, {}, content_type="application/json", headers=once) for _time in range(2))
    assert (made.status_code, made.json()["key"][:4]) == (200, "ccp_")
    assert (again.json()["id"], again.json()["key"]) == (made.json()["id"], "")
    assert admin.get(made.json()["url"]).json()["key"] == ""
    me = Client().get("/api/v1/people/me/", headers={"Authorization": f"Bearer {made.json()['key']}"})
    assert me.json()["results"][0]["acting"]["desk"] == "JAM.border"
    assert me.json()["results"][0]["acting"]["clearance"] == 1


def test_a_key_is_limited_and_its_successor_is_limited_alike(token, client_for):
    admin = client_for(ADMIN)
    wrong = do(admin, token, "set", {"verbs": "hit.conquer"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/verbs")
    limited = do(admin, token, "set", {"networks": "192.0.2.0/24", "verbs": "hit.acknowledge"}).json()
    assert (limited["id"], limited["networks"], limited["verbs"]) == (
        str(token.uid),
        ["192.0.2.0/24"],
        ["hit.acknowledge"],
    )
    answer = do(admin, token, "rotate", {"days": 60, "overlap_days": 7})
    new = answer.json()
    assert (answer.status_code, new["state"], answer["Location"]) == (202, "proposed", new["url"])
    assert new["id"] != limited["id"]
    assert (new["networks"], new["verbs"], new["key"]) == (limited["networks"], limited["verbs"], "")
    assert admin.get(limited["url"]).json()["until"] == limited["until"], "until the new one is there"
    head, successor = client_for(HEAD), DeskToken.objects.get(uid=new["id"])
    assert do(head, successor, "approve", {"clearance": 2}).status_code == 200
    assert do(admin, successor, "show").json()["code"] == "key-above-you"
    assert do(head, successor, "show").json()["key"][:4] == "ccp_"
    assert admin.get(limited["url"]).json()["until"] < limited["until"]


@pytest.mark.parametrize("verb", ["rotate", "set"])
def test_without_the_second_factor_anew_nothing_is_made_and_another_states_key_is_unknown(token, client_for, verb):
    given = {"rotate": {"days": 30, "overlap_days": 7}, "set": {"verbs": "hit.acknowledge"}}[verb]
    answer = do(long_ago(client_for(ADMIN)), token, verb, given)
    assert (answer.status_code, answer.json()["code"]) == (403, "step-up")
    assert do(client_for(OTHER), token, verb, given).status_code == 404
    assert DeskToken.objects.count() == 1


def test_a_program_makes_no_keys(api, cast):
    answer = api("JAM.administration").post(KEYS, WANTED, format="json")
    assert answer.status_code == 403
