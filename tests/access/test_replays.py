"""A repeat under one Idempotency-Key: no second effect, and no way to read or do more than its seat may now."""

import pytest
from django.db.models.functions import Now
from guardian.utils import get_group_obj_perms_model

from apps.access.models import IdempotencyKey
from apps.entrance.models import KeyLimit
from apps.people.models import DeskToken
from apps.screening.models import Entry
from tests.screening.people import KEEPER, a_list
from tests.screening.test_api import BODY, ENTRIES

pytestmark = pytest.mark.django_db
ONCE = {"Idempotency-Key": "k-1"}


@pytest.fixture
def send(cast, api):
    """Send the same entry under the same key: the answer."""
    a_list(cast[KEEPER])
    program = api("JAM.border")
    return lambda: program.post(ENTRIES, BODY, format="json", headers=ONCE)


def test_a_repeat_by_a_key_that_only_reads_now_is_refused(send):
    first = send()
    assert first.status_code == 201
    DeskToken.objects.update(scope="read")
    again = send()
    assert (again.status_code, again.json()["code"]) == (403, "read-only")
    assert first.json()["id"] not in again.content.decode()


def test_a_repeat_by_a_key_that_is_for_another_verb_now_is_refused(send):
    first = send()
    KeyLimit.objects.create(token=DeskToken.objects.get(), verbs=["entry.suspend"])
    again = send()
    assert (again.status_code, again.json()["code"]) == (403, "key-other-verb")
    assert first.json()["id"] not in again.content.decode()


def test_a_repeat_about_what_is_not_visible_any_more_is_404_with_the_body_of_all_others(send, api):
    first = send()
    get_group_obj_perms_model(Entry).objects.update(until=Now())
    again, other = send(), api("JAM.border").get(f"{ENTRIES}01990000-0000-7000-8000-000000000000/")
    assert again.status_code == other.status_code == 404
    left_out = {"request_id", "instance"}
    assert {k: v for k, v in again.json().items() if k not in left_out} == {
        k: v for k, v in other.json().items() if k not in left_out
    }
    assert first.json()["id"] not in again.content.decode()
    assert Entry.objects.count() == 1


def test_a_repeat_above_the_keys_clearance_of_now_is_404(send):
    send()
    DeskToken.objects.update(clearance=0)
    assert send().status_code == 404


def test_a_repeat_shows_the_record_as_it_is_now_and_not_as_it_was(send):
    first = send()
    Entry.objects.update(reference="CORRECTED", version=9)
    again = send()
    assert (again.status_code, again["Idempotency-Replayed"], again["ETag"]) == (201, "true", '"9"')
    assert (first.json()["reference"], again.json()["reference"]) == (BODY["reference"], "CORRECTED")
    assert Entry.objects.count() == 1


def test_nothing_of_an_answer_is_kept(send):
    send()
    kept = IdempotencyKey.objects.get()
    assert (kept.status, kept.body, kept.object_id) == (201, None, str(Entry.objects.get().pk))


def test_a_key_of_the_release_before_whose_record_is_not_known_is_a_conflict(send):
    send()
    IdempotencyKey.objects.update(object_id="", body={"id": "secret"})
    again = send()
    assert (again.status_code, again.json()["code"]) == (409, "idempotency-conflict")
    assert "secret" not in again.content.decode()
