"""Mail that does not arrive: the written procedure shows for which State, and somebody calls."""

import pytest
from django.core.management import call_command

from apps.council.models import Circulation
from apps.notices.models import Delivery
from tests.council.procedures.people import a_minister, actions, sent
from tests.notices.test_mails import bounce_of

pytestmark = pytest.mark.django_db
PROCEDURES = "/api/v1/council/procedures/"
MAIL_TO_BARBADOS = {"notice__code": "written.dispatched", "notice__owner__code": "BRB.ministry", "channel": "mail"}


@pytest.fixture
def bounced(cast, drain, tmp_path):
    """Take a procedure as sent; a function lets the mail to Barbados's decider come back."""
    row = sent(cast)
    drain()

    def come_back():
        mail = Delivery.objects.get(user__username="brb.ministry.decider", **MAIL_TO_BARBADOS)
        file = tmp_path / "bounce.eml"
        file.write_bytes(bounce_of(mail.message_id))
        call_command("record_bounces", str(file))
        drain()
        return row

    come_back.row = row
    return come_back


def lines(api, row, desk="IMPACS.secretariat"):
    return {way["party"]: way["bounced"] for way in api(desk).get(f"{PROCEDURES}{row.pk}/").json()["receipts"]}


def test_a_mail_of_a_written_procedure_that_came_back_is_shown_at_the_state(api, bounced):
    row = bounced()
    assert [party for party, came_back in lines(api, row).items() if came_back] == ["BRB"]
    assert Circulation.objects.get(procedure=row, party="BRB").receipt_at is None


def test_a_mail_that_came_back_after_the_receipt_changes_nothing_and_is_no_fault(api, bounced):
    actions.acknowledge_procedure_receipt(a_minister("BRB"), bounced.row)
    row = bounced()
    assert not any(lines(api, row).values())
    assert Circulation.objects.get(procedure=row, party="BRB").receipt_kind == "portal"


def test_a_mail_of_a_procedure_that_has_ended_comes_back_without_a_fault(cast, bounced):
    actions.withdraw_procedure(cast["impacs.secretariat.manager"], bounced.row, reason="Text to be changed")
    row = bounced()
    assert not Circulation.objects.filter(procedure=row).exclude(bounced_at=None).exists()
