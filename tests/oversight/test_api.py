"""The API of oversight: anchors with their file and check, cases with their verbs, notices of leaving."""

import pytest

from apps.oversight.models import Case
from apps.people import actions as people
from apps.people.models import User
from tests.days import in_days
from tests.oversight.world import some_oversight

pytestmark = pytest.mark.django_db
O = "/api/v1/oversight/"  # noqa: E741
REGION, OVERSIGHT = "impacs.oversight.officer", "jrcc.oversight.officer"
ADMIN = "jam.administration.administrator"
OTHER = "brb.administration.administrator"


@pytest.fixture
def made(cast):
    return some_oversight(cast)


def do(client, row, verb, data=None, **headers):
    return client.post(f"{row['url']}actions/{verb}/", data or {}, content_type="application/json", headers=headers)


def test_an_anchor_is_listed_read_kept_as_a_file_and_fits_the_trail(made, client_for):
    region = client_for(REGION)
    (anchor,) = region.get(f"{O}anchors/").json()["results"]
    assert region.get(anchor["url"]).json() == anchor
    text = region.get(f"{anchor['url']}file/")
    assert text["Content-Disposition"].startswith('attachment; filename="anchor-')
    assert anchor["root"] in text.content.decode()
    found = region.get(f"{anchor['url']}check/").json()
    assert (found["fits"], found["rewritten"]) == (True, [])
    assert found["looked_at"] == anchor["chains"]


@pytest.mark.django_db(transaction=True)
def test_a_rewritten_trail_is_found_and_a_party_is_told_of_its_own_chain_alone(cast, client_for, as_owner):
    officer = User.objects.get(username="jam.border.officer")
    people.set_mail_address(cast[officer.username], officer, email="x@example.invalid")
    made = some_oversight(cast)
    ends = {stream: seq for stream, seq, *_more in made["anchor"].heads}
    as_owner(
        "ALTER TABLE audit_record DISABLE TRIGGER no_change",
        f"DELETE FROM audit_record WHERE stream = 'JAM' AND seq = {ends['JAM']}",
    )
    place = f"{O}anchors/{made['anchor'].pk}/check/"
    broken = [{"chain": "JAM", "entry": ends["JAM"]}]
    assert client_for(REGION).get(place).json()["rewritten"] == broken
    own = client_for(ADMIN).get(place).json()
    assert (own["fits"], own["looked_at"], own["rewritten"]) == (False, 1, broken)
    assert client_for(OTHER).get(place).json()["fits"]


def test_anchors_are_not_for_those_who_work_in_the_trail(made, client_for):
    officer = client_for("jam.border.officer")
    assert officer.get(f"{O}anchors/").json()["results"] == []
    for part in ("", "file/", "check/"):
        assert officer.get(f"{O}anchors/{made['anchor'].pk}/{part}").status_code == 404


def test_a_case_is_assessed_and_closed_with_its_steps_by_oversight_alone(made, client_for):
    overseer = client_for(OVERSIGHT)
    (case,) = overseer.get(f"{O}cases/").json()["results"]
    assert client_for(ADMIN).get(case["url"]).status_code == 404
    assert client_for(ADMIN).get(f"{O}cases/").json()["results"] == []
    assert do(overseer, case, "close", {"outcome": "warned", "note": "x"}).status_code == 409
    assessed = do(
        overseer, case, "assess", {"note": "He covered for a colleague."}, **{"If-Match": case["etag"]}
    ).json()
    assert (assessed["state"], [step["note"] for step in assessed["steps"]]) == (
        "assessed",
        ["He covered for a colleague."],
    )
    assert do(overseer, case, "explain", {"note": "x"}, **{"If-Match": case["etag"]}).status_code == 412
    key = {"Idempotency-Key": "b" * 20}
    closed, again = (do(overseer, case, "close", {"outcome": "warned", "note": "Told."}, **key) for _time in range(2))
    assert (closed.json()["outcome"], again.json()) == ("warned", closed.json())
    assert len(closed.json()["steps"]) == 2


def test_a_case_about_oneself_is_not_there(made, cast, client_for):
    Case.objects.update(user_id=cast[OVERSIGHT].user_id)
    assert client_for(OVERSIGHT).get(f"{O}cases/").json()["results"] == []
    assert client_for(OVERSIGHT).get(f"{O}cases/{made['conduct'].pk}/").status_code == 404


def test_a_notice_of_leaving_is_given_and_ended_by_the_party_and_unknown_elsewhere(cast, client_for):
    admin = client_for(ADMIN)
    told = {"user": "jam.border.officer", "leaves_on": in_days(24).isoformat()}
    made = admin.post(f"{O}leavers/", told, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "noted")
    assert client_for(OTHER).get(made.json()["url"]).status_code == 404
    foreign = client_for(OTHER).post(f"{O}leavers/", told, content_type="application/json")
    assert foreign.json()["errors"][0]["pointer"] == "/user"
    assert do(admin, made.json(), "end").json()["state"] == "ended"
