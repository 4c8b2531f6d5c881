"""A key's successor with an overlap, its verbs and collections, warnings before its end; stolen keys everywhere."""

import base64
import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.entrance import actions, tasks
from apps.entrance.models import KeyLimit
from apps.notices.models import Notice
from apps.people import actions as people
from apps.people.models import DeskToken
from tests.entrance.signing import acts
from tests.taxii.programs import a_key

pytestmark = pytest.mark.django_db
ADMIN, ME = "jam.administration.administrator", "/api/v1/people/me/"


def the_key():
    return DeskToken.objects.order_by("pk").last()


def test_both_keys_are_valid_until_the_old_one_ends_and_the_new_one_has_its_limits(cast, api, client):
    old, program = None, api("JAM.border", "read")
    old = the_key()
    DeskToken.objects.filter(pk=old.pk).update(expires_at=timezone.now() + datetime.timedelta(days=60))
    actions.set_key_limit(cast[ADMIN], None, token=old, networks="127.0.0.0/8", verbs="hit.acknowledge")
    asked = actions.rotate_api_key(cast[ADMIN], None, token=old, days=90, overlap_days=7)
    old.refresh_from_db()
    assert (old.expires_at - timezone.now()).days > 50, "nothing ends before the new one is there"
    made = shown(cast, asked)
    old.refresh_from_db()
    assert 6 <= (old.expires_at - timezone.now()).days <= 7
    assert (made.seat_id, made.scope, made.label) == (old.seat_id, old.scope, old.label)
    limit = KeyLimit.objects.get(token=made)
    assert (limit.networks, limit.verbs) == (["127.0.0.0/8"], ["hit.acknowledge"])
    assert program.get(ME).status_code == 200
    assert client.get(ME, headers={"authorization": f"Bearer {made.secret}"}).status_code == 200
    assert [row[0] for row in acts("token.shorten")]
    DeskToken.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    assert program.get(ME).status_code == 401


def test_an_earlier_end_of_the_old_key_stays_and_what_is_not_ones_own_is_refused(cast, api):
    api("JAM.border", "read")
    old = the_key()
    before = old.expires_at
    shown(cast, actions.rotate_api_key(cast[ADMIN], None, token=old, days=30, overlap_days=30))
    old.refresh_from_db()
    assert old.expires_at == before
    for who, more in ((ADMIN, {"overlap_days": 31}), ("brb.administration.administrator", {"overlap_days": 3})):
        with pytest.raises(ValidationError):
            actions.rotate_api_key(cast[who], None, token=old, days=30, **more)


def shown(cast, asked):
    """The key that was asked for, approved by the border desk's head and shown to the administrator."""
    return people.show_api_key(cast[ADMIN], people.approve_api_key(cast["jam.border.head"], asked))


def test_the_page_asks_for_the_successor_and_nobody_alone_is_shown_it(cast, api, client_for):
    api("JAM.border", "read")
    place = reverse("entrance:key_successor", args=[the_key().uid])
    browser = client_for(ADMIN)
    assert browser.post(place, {"days": 0, "overlap_days": 7}).status_code == 422
    assert browser.post(place, {"days": 90, "overlap_days": 7}).url == reverse("people:tokens")
    asked = the_key()
    assert (asked.state, asked.sha256, asked.overlap_days) == ("proposed", None, 7)
    assert browser.post(reverse("people:token_do", args=[asked.uid, "show"])).status_code == 409
    assert client_for("brb.administration.administrator").get(place).status_code == 404


def test_a_key_does_only_its_verbs_and_opens_only_its_collections(cast, api):
    program = api("JAM.oversight")
    key = the_key()
    given = {"state": "open"}
    assert program.get("/api/v1/protection/purposes/").status_code == 200
    actions.set_key_limit(
        cast[ADMIN], None, token=key, verbs="subject_request.prepare", collections="protection-requests"
    )
    assert program.get("/api/v1/protection/requests/").status_code == 200
    for _ in range(2):
        refused = program.get("/api/v1/protection/purposes/")
        assert (refused.status_code, refused.json()["code"]) == (403, "key-other-collection"), given
    assert AuditRecord.objects.filter(verb="token.use", reason="key-other-collection").count() == 1
    body = {
        "right": "access", "surname": "Outis", "birth_date": "1980-01-01", "asked_by": "Letter", "identity": "seen",
        "ground": "Act 1", "received_on": timezone.now().date().isoformat(),
    }  # fmt: skip
    refused = program.post("/api/v1/protection/requests/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "key-other-verb")
    assert AuditRecord.objects.filter(verb="subject_request.record", outcome="refused").exists()
    assert program.get("/api/stream/").status_code in {401, 403}
    with pytest.raises(ValidationError, match=r"Unknown: no\.verb"):
        actions.set_key_limit(cast[ADMIN], None, token=key, verbs="no.verb")


def taxii(client, user, secret, **more):
    basic = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return client.get("/taxii2/", headers={"authorization": f"Basic {basic}"}, **more)


def test_a_stolen_taxii_key_is_refused_from_another_network_written_down_and_told(cast, client, drain):
    user, secret = a_key("JAM.intelligence")
    assert taxii(client, user, secret).status_code == 200
    actions.set_key_limit(cast[ADMIN], None, token=the_key(), networks="192.0.2.0/24")
    assert taxii(client, user, secret, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert taxii(client, user, secret, REMOTE_ADDR="203.0.113.9").status_code == 401
    drain()
    assert [row[1:] for row in acts("token.use")][:1] == [("refused", "key-outside-networks")]
    assert Notice.objects.filter(code="key.used_elsewhere", owner__code="JAM.administration").exists()
    narrower = {"networks": "192.0.2.0/24", "collections": "jrcc-hits"}  # what is taken away is not given back here
    actions.set_key_limit(cast[ADMIN], None, token=the_key(), **narrower)
    assert taxii(client, user, secret, REMOTE_ADDR="192.0.2.7").status_code == 403


def test_a_key_is_warned_of_fourteen_and_three_days_before_once_each(cast, api, drain):
    api("JAM.border", "read")
    now = timezone.now()
    DeskToken.objects.filter(pk=the_key().pk).update(expires_at=now + datetime.timedelta(days=20))
    told = []
    for days in (0, 5.5, 7, 16.5, 17.5, 19, 21):
        told.append(tasks.warn(now + datetime.timedelta(days=days)))
    assert told == [0, 0, 1, 0, 1, 0, 0]
    drain()
    rows = Notice.objects.filter(code="key.ending", owner__code="JAM.administration")
    assert sorted(rows.values_list("step", flat=True)) == ["14", "3"]
