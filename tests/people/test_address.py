"""One's own mail address: set by the person themselves, after their password, and on the record."""

from typing import Any

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import User
from demo.people import password

pytestmark = pytest.mark.django_db
PAGE = reverse("people:address")
OFFICER, ADMIN = "jam.border.officer", "jam.administration.administrator"


def address_of(username: str) -> str:
    return str(User.objects.get(username=username).email)


@pytest.fixture
def confirmed(client_for: Any) -> Any:
    """An officer who has just given their password again."""
    browser = client_for(OFFICER)
    asked = browser.get(PAGE)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert browser.post(asked.url, {"password": password(OFFICER)}).url == PAGE
    return browser


def test_a_person_gives_his_own_address_after_his_password(confirmed):
    assert confirmed.post(PAGE, {"email": "officer@border.example"}).url == PAGE
    assert address_of(OFFICER) == "officer@border.example"
    page = confirmed.get(PAGE).content.decode()
    assert "Notifications are now sent to officer@border.example." in page
    assert 'value="officer@border.example"' in page
    row = AuditRecord.objects.get(verb="user.set_address", outcome="done")
    assert (row.person, row.changed) == (OFFICER, ["email"])


def test_without_the_password_nothing_is_changed(client_for):
    before = address_of(OFFICER)
    assert client_for(OFFICER).post(PAGE, {"email": "thief@elsewhere.example"}).status_code == 302
    assert address_of(OFFICER) == before


def test_an_address_that_is_none_comes_back_as_it_was_typed(confirmed):
    answer = confirmed.post(PAGE, {"email": "officer at border"})
    assert answer.status_code == 422
    assert "name@ministry.example" in answer.content.decode()
    assert 'value="officer at border"' in answer.content.decode()


def test_an_address_can_be_taken_away(confirmed):
    confirmed.post(PAGE, {"email": ""})
    assert address_of(OFFICER) == ""
    assert "You will no longer receive notifications by e-mail" in confirmed.get(PAGE).content.decode()


def test_nobody_sets_the_address_of_somebody_else_not_even_his_administrator(cast):
    with pytest.raises(Refused, match="not-your-account"):
        actions.set_mail_address(cast[ADMIN], User.objects.get(username=OFFICER), email="x@elsewhere.example")


def test_an_administrator_may_give_an_address_with_the_account(cast):
    given = {"username": "jam.border.brown", "name": "Ivy Brown", "clearance": 1}
    assert (
        actions.open_account(cast[ADMIN], None, **given, email="brown@border.example").email == "brown@border.example"
    )
    assert actions.open_account(cast[ADMIN], None, **given | {"username": "jam.border.white"}).email == ""


def test_the_account_menu_leads_to_the_address(client_for):
    assert f'href="{PAGE}"' in client_for(OFFICER).get(reverse("people:desk")).content.decode()
