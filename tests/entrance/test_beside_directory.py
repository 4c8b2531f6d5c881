"""An administrator who comes in by their passkey although their party lets people in by its directory alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.entrance.queries.sign_in import directory_of
from apps.notices.models import Delivery, Notice
from apps.people import actions as accounts
from apps.people.models import User
from apps.people.queries import service_actor
from tests.entrance.directories import ADMIN, OFFICER, in_force, inside, linked
from tests.entrance.passkeys import Passkey
from tests.entrance.test_directory_only import close_passwords

pytestmark = pytest.mark.django_db
TOLD = "sign_in.beside_directory"


def another_administrator():
    platform = service_actor("IMPACS.platform", request_id="test")
    accounts.install_administrator(platform, None, party="JAM", username="jam.smith", name="Second Smith", force=True)
    User.objects.filter(username="jam.smith").update(must_change_password=False)


@pytest.fixture
def passkey(cast, provider):
    """Jamaica's administrator, linked to its directory, by which alone it lets people in; and their passkey."""
    linked(cast, in_force(cast, provider.issuer), ADMIN, "subject-9")
    key = Passkey(ADMIN)
    close_passwords(cast)
    return key


def came_in(passkey, drain):
    browser = Client()
    passkey.sign_in(browser)
    assert inside(browser)
    drain()


def test_the_other_administrators_and_the_platform_desk_are_told_and_he_is_not_mailed(cast, passkey, drain):
    another_administrator()
    came_in(passkey, drain)
    row = AuditRecord.objects.get(verb="session.sign_in", outcome="done")
    assert row.detail == {"factor": "webauthn", "way": "beside_directory"}
    told = Notice.objects.filter(code=TOLD)
    assert set(told.values_list("owner__code", flat=True)) == {"JAM.administration", "IMPACS.platform"}
    assert {one.title for one in told} == {f"{passkey.user.full_name} ({ADMIN})"}
    mailed = Delivery.objects.filter(notice__code=TOLD).values_list("user__username", flat=True)
    assert set(mailed) == {"jam.smith", "portal.platform.head"}
    assert ADMIN not in " ".join(told.values_list("number", flat=True)), "what a mail carries"


def test_the_notice_leads_an_administrator_to_the_account_and_the_platform_desk_nowhere(passkey, drain, client_for):
    another_administrator()
    came_in(passkey, drain)
    pages = dict(Notice.objects.filter(code=TOLD).values_list("owner__code", "pk"))
    own, platform = (Notice.objects.get(pk=pages[desk]) for desk in ("JAM.administration", "IMPACS.platform"))
    assert client_for("jam.smith").get(own.page).status_code == 200
    assert platform.page == ""
    for who in ("jam.smith", "portal.platform.head"):
        assert passkey.user.full_name in client_for(who).get("/notices/").content.decode()


def test_who_is_the_only_administrator_is_told_of_to_the_platform_desk_alone(passkey, drain):
    came_in(passkey, drain)
    assert list(Notice.objects.filter(code=TOLD).values_list("owner__code", flat=True)) == ["IMPACS.platform"]


def test_it_is_told_once_a_day_for_each_person(passkey, drain, monkeypatch):
    another_administrator()
    came_in(passkey, drain)
    came_in(passkey, drain)
    assert Notice.objects.filter(code=TOLD).count() == 2
    assert AuditRecord.objects.filter(detail__way="beside_directory").count() == 2, "each one is in the audit"
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    came_in(passkey, drain)
    assert Notice.objects.filter(code=TOLD).count() == 4


def test_nobody_is_told_of_a_passkey_where_the_directory_is_one_way_of_two(cast, provider, drain):
    linked(cast, in_force(cast, provider.issuer), ADMIN, "subject-9")
    came_in(Passkey(ADMIN), drain)
    assert not Notice.objects.filter(code=TOLD).exists()


def test_nobody_is_told_of_an_officer_who_is_led_to_the_directory(cast, passkey, drain):
    browser = Client()
    linked(cast, directory_of("JAM"), OFFICER)
    Passkey(OFFICER).sign_in(browser)
    assert not inside(browser)
    drain()
    assert not Notice.objects.filter(code=TOLD).exists()
