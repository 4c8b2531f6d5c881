"""The API of rounds of access, emergency seats and stand-ins: the seats of the pages, and no others."""

import datetime
from uuid import UUID

import pytest
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.people.models import AccountProposal, EmergencyUse, ReviewItem, Seat
from tests.entrance.signing import long_ago
from tests.people.governing import ADMIN, OTHERS_ADMIN, some_governing

pytestmark = pytest.mark.django_db
P = "/api/v1/people/"
HEAD, OFFICER, OVERSIGHT = "jam.border.head", "jam.border.officer", "jrcc.oversight.officer"
WHY = "Nobody of the desk answers the telephone and a boat is missing."
COLLECTIONS = ("reviews", "review-items", "emergencies", "stand-ins")


@pytest.fixture
def made(cast):
    return some_governing(cast)


def rows(client, collection, query=""):
    return client.get(f"{P}{collection}/{query}").json()["results"]


def do(client, row, verb, data=None, **headers):
    url = f"{row['url']}actions/{verb}/"
    return client.post(url, data or {}, content_type="application/json", headers=headers)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_has_its_id_address_state_and_etag_and_another_state_sees_none(collection, made, client_for):
    (record, *_more) = rows(client_for(ADMIN), collection)
    UUID(record["id"])
    assert record["state"]
    assert record["etag"].strip('"')
    assert client_for(ADMIN).get(record["url"]).json() == record
    barbados = client_for(OTHERS_ADMIN)
    assert rows(barbados, collection) == []
    assert barbados.get(record["url"]).status_code == 404
    assert client_for(OFFICER).get(record["url"]).status_code == 404


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_pages_of_one_are_followed_to_the_end(collection, made, client_for):
    admin, found, url = client_for(ADMIN), [], f"{P}{collection}/?page_size=1"
    while url:
        page = admin.get(url).json()
        found += [row["id"] for row in page["results"]]
        url = page["next"]
    assert found == [row["id"] for row in rows(admin, collection)]


def test_who_decides_at_a_desk_sees_its_seats_of_the_round_and_the_administrator_all(made, client_for):
    desks = {row["desk"] for row in rows(client_for(HEAD), "review-items")}
    assert desks == {"JAM.border"}
    assert {row["desk"] for row in rows(client_for(ADMIN), "review-items")} > desks


def test_a_seat_is_kept_changed_and_removed_and_the_round_counts_it(made, client_for):
    head = client_for(HEAD)
    (mine,) = [row for row in rows(head, "review-items", "?state=open") if row["user"] == OFFICER]
    assert do(head, mine, "keep").json()["state"] == "kept"
    assert do(head, mine, "change").status_code == 400
    changed = do(head, mine, "change", {"note": "reader is enough"}).json()
    assert (changed["state"], changed["note"], changed["answered_by"]) == ("changed", "reader is enough", HEAD)
    assert do(head, mine, "remove").json()["state"] == "removed"
    assert Seat.objects.get(user__username=OFFICER, desk__code="JAM.border").state == "ended"
    assert rows(head, "reviews")[0]["answers"]["removed"] == 1


def test_nobody_answers_for_his_own_seat_or_that_of_another_desk(made, client_for):
    (own,) = [row for row in rows(client_for(HEAD), "review-items") if row["user"] == HEAD]
    assert do(client_for(HEAD), own, "keep").json()["code"] == "own-seat"
    elsewhere = do(client_for("jam.intelligence.head"), own, "keep")
    assert (elsewhere.status_code, ReviewItem.objects.get(uid=own["id"]).state) == (404, "open")


def test_the_evidence_is_for_the_registers_and_its_digest_is_in_the_audit(made, client_for):
    (round_,) = rows(client_for(ADMIN), "reviews")
    sheet = client_for(ADMIN).get(f"{round_['url']}evidence/")
    assert sheet["Content-Type"].startswith("text/csv")
    assert OFFICER in sheet.content.decode()
    assert AuditRecord.objects.filter(verb="review.export", person=ADMIN).count() == 1
    assert client_for(HEAD).get(f"{round_['url']}evidence/").status_code == 404


def test_an_emergency_seat_is_taken_with_the_second_factor_alone_and_judged_by_the_desk(made, client_for):
    ask = {"desk": "JAM.customs", "cause": "life", "why": WHY}
    refused = long_ago(client_for(HEAD)).post(f"{P}emergencies/", ask, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "step-up")
    assert client_for(HEAD).post(f"{P}emergencies/", ask, content_type="application/json").status_code == 201
    head = client_for("jam.intelligence.head")
    (row,) = rows(head, "emergencies", "?desk=JAM.intelligence")
    given = {"outcome": "justified", "finding": "x"}
    assert do(client_for(HEAD), row, "judge", given).json()["code"] == "own-emergency"
    judged = do(head, row, "judge", {"outcome": "remarks", "finding": "Say sooner next time."})
    assert (judged.json()["state"], judged.json()["judged_by"]) == ("remarks", "jam.intelligence.head")
    assert do(head, row, "judge", given).status_code == 409


def test_who_took_an_emergency_seat_gives_it_back(made, client_for):
    (row,) = rows(client_for(HEAD), "emergencies")
    assert do(client_for(HEAD), row, "give_back").status_code == 200
    assert EmergencyUse.objects.get(uid=row["id"]).seat.state == "ended"


def test_a_program_takes_no_emergency_seat(api):
    ask = {"desk": "JAM.customs", "cause": "life", "why": WHY}
    assert api("JAM.border").post(f"{P}emergencies/", ask, format="json").status_code == 403


def stand_in(role="reader"):
    day = timezone.now().date() + datetime.timedelta(days=3)
    return {"user": OFFICER, "desk": "JAM.border", "role": role, "last_day": day.isoformat(), "reason": "leave"}


def test_somebody_is_named_to_stand_in_once_for_a_key_of_repetition_and_ended(made, client_for):
    head = client_for(HEAD)
    head_of = {"content_type": "application/json", "headers": {"Idempotency-Key": "a" * 20}}
    first, again = (head.post(f"{P}stand-ins/", stand_in(), **head_of) for _time in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert Seat.objects.filter(user__username=OFFICER, kind="acting").count() == 1
    stale = do(head, first.json(), "transfer")
    assert stale.status_code == 404, "only ending has its address here"
    assert {offer["verb"] for offer in head.get(f"{first.json()['url']}actions/").json()} == {"end"}
    ended = do(client_for(ADMIN), first.json(), "end", {"reason": "back early"})
    assert ended.json()["state"] == "ended"


def test_a_seat_that_decides_takes_two_people(made, client_for):
    answer = client_for(HEAD).post(f"{P}stand-ins/", stand_in("head"), content_type="application/json")
    assert answer.status_code == 202
    assert AccountProposal.objects.get(uid=answer.json()["id"]).verb == "seat.delegate"


def test_an_officer_names_nobody(made, client_for):
    answer = client_for(OFFICER).post(f"{P}stand-ins/", stand_in(), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-head")
