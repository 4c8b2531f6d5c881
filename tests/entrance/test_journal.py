"""What happens at the entrance stands in the audit: codes, no passwords, no names that are no account's."""

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import User
from tests.entrance.signing import acts, sign_in, signed_in

pytestmark = pytest.mark.django_db
OFFICER, ADMIN = "jam.border.officer", "jam.administration.administrator"


def test_signing_in_and_out_is_written_with_the_kind_of_second_factor(client, cast):
    signed_in(client, ADMIN)
    client.post(reverse("account_logout"))
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.person, row.party, row.owner_party, row.detail) == (ADMIN, "JAM", "JAM", {"factor": "totp"})
    assert acts("session.sign_out") == [(ADMIN, "done", "")]


def test_a_wrong_password_is_written_for_the_account_and_names_nobody(client, cast):
    sign_in(client, OFFICER, "not the password")
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.person, row.user_id, row.outcome, row.reason) == ("", 0, "refused", "wrong-password")
    assert (row.owner_party, row.object_id) == ("JAM", str(User.objects.get(username=OFFICER).pk))
    assert "not the password" not in str(row.__dict__)


def test_a_name_that_is_no_accounts_is_not_written_it_may_be_a_password(client, db):
    sign_in(client, "my secret typed too early", "x")
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.stream, row.object_id, row.outcome) == ("PORTAL", "", "refused")
    assert "too early" not in str(row.__dict__)


def test_a_wrong_code_after_a_right_password_is_written(client, cast):
    answer = sign_in(client, ADMIN)
    client.post(answer.url, {"code": "000000"})
    assert acts("session.sign_in") == [("", "refused", "wrong-code")]


def test_a_suspended_account_that_is_tried_is_written(client, cast):
    actions.suspend_account(cast[ADMIN], User.objects.get(username=OFFICER), reason="x")
    sign_in(client, OFFICER)
    assert acts("session.sign_in") == [("", "refused", "account-closed")]


def test_a_changed_password_is_written(client, cast):
    signed_in(client, OFFICER)
    new = "four words of nobody else"
    wanted = {"oldpassword": f"demo {OFFICER} 2008", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), wanted)
    assert acts("password.change") == [(OFFICER, "done", "")]


def test_the_states_oversight_reads_what_happens_at_the_entrance_and_another_does_not(client, client_for):
    sign_in(client, OFFICER, "wrong")
    query = "/audit/?verb=session.sign_in"
    assert "The username or the password was wrong." in client_for(ADMIN).get(query).content.decode()
    foreign = client_for("brb.administration.administrator").get(query).content.decode()
    assert "The username or the password was wrong." not in foreign


def test_the_person_himself_reads_what_was_tried_with_his_account(client, client_for):
    sign_in(client, OFFICER, "wrong")
    page = client_for(OFFICER).get(reverse("usersessions_list")).content.decode()
    assert "The username or the password was wrong." in page
    other = client_for("jam.border.head").get(reverse("usersessions_list")).content.decode()
    assert "The username or the password was wrong." not in other
