"""A stolen key from another network is refused, written down and told."""

import dataclasses

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.entrance import actions
from apps.notices.models import Notice
from apps.people.models import DeskToken
from tests.entrance.signing import acts

pytestmark = pytest.mark.django_db
ADMIN, PLACE = "jam.administration.administrator", "/api/v1/people/me/"


@pytest.fixture
def program(api):
    return api("JAM.border", "read")


def the_key():
    return DeskToken.objects.order_by("-pk")[0]


def test_a_stolen_key_is_refused_from_another_network_and_its_party_is_told(program, cast, drain):
    assert program.get(PLACE, REMOTE_ADDR="203.0.113.9").status_code == 200
    actions.set_key_limit(cast[ADMIN], None, token=the_key(), networks="192.0.2.0/24 2001:db8::/32")
    assert program.get(PLACE, REMOTE_ADDR="192.0.2.200").status_code == 200
    assert program.get(PLACE, REMOTE_ADDR="2001:db8::1").status_code == 200
    for _ in range(3):
        assert program.get(PLACE, REMOTE_ADDR="203.0.113.9").status_code == 401
    assert program.get("/api/stream/", REMOTE_ADDR="203.0.113.9").status_code in {401, 403}
    drain()
    assert [row[1:] for row in acts("token.use")][:1] == [("refused", "key-outside-networks")]
    told = Notice.objects.filter(code="key.used_elsewhere")
    assert set(told.values_list("owner__code", flat=True)) == {"JAM.administration", "JAM.oversight"}
    assert program.get(PLACE, REMOTE_ADDR="192.0.2.200").status_code == 200, "its own program goes on"


def test_only_its_own_administrator_says_from_where_with_a_fresh_second_factor(program, cast, client_for):
    key = the_key()
    with pytest.raises(Refused, match="not-administrator"):
        actions.set_key_limit(cast["jam.border.head"], None, token=key, networks="")
    with pytest.raises(Refused, match="step-up"):
        actions.set_key_limit(dataclasses.replace(cast[ADMIN], proven=False), None, token=key, networks="")
    place = reverse("entrance:key", args=[key.uid])
    assert client_for("brb.administration.administrator").get(place).status_code == 404
    browser = client_for(ADMIN)
    assert browser.post(place, {"networks": "nonsense"}).status_code == 422
    assert browser.post(place, {"networks": "192.0.2.0/24"}).url == reverse("people:tokens")
    assert "192.0.2.0/24" in browser.get(place).content.decode()
