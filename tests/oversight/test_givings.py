"""Oversight sees giving: new keys, their first use, moved invitations, desks that read or decide more than before."""

import datetime

import pytest
from django.utils import timezone

from apps.oversight import tasks
from apps.oversight.models import AnomalyRule, Case
from apps.oversight.queries.anomalies import DETECTORS
from apps.people import actions
from apps.people.actions import approvals, emergency, secondments
from apps.people.models import AccountProposal, DeskToken, Seat, User
from tests.days import in_days
from tests.keys import by_two
from tests.people.governing import ADMIN, PLATFORM, an_invitation, person

pytestmark = pytest.mark.django_db(transaction=True)
HEAD, JRCC = "jam.border.head", "jrcc.administration.administrator"
HOUR = datetime.timedelta(hours=1)


def found(code):
    """What the rule of this code finds in the hours around now: (person, party, desk)."""
    rule, now = AnomalyRule.objects.get(code=code), timezone.now()
    rows = DETECTORS[code](rule, now - HOUR, now + HOUR)
    return [(one.person, one.party, one.desk) for one in rows]


def test_every_rule_has_its_detector_and_every_detector_a_rule(cast):
    assert set(AnomalyRule.objects.values_list("code", flat=True)) == set(DETECTORS)


def test_a_new_key_is_found_once_it_is_there_and_not_while_it_waits(cast):
    asked = actions.propose_api_key(cast[ADMIN], None, desk="JAM.border", scope="read")
    approved = actions.approve_api_key(cast[HEAD], asked)
    assert found("key_new") == []
    actions.show_api_key(cast[HEAD], approved)
    assert found("key_new") == [(HEAD, "JAM", "JAM.border")]


def test_the_first_use_of_a_key_is_found_and_the_second_is_not_another(cast, client):
    key = by_two(cast[ADMIN], cast[HEAD])
    assert found("key_first_use") == []
    bearer = {"Authorization": f"Bearer {key.secret}"}
    client.get("/api/v1/people/me/", headers=bearer)
    first = DeskToken.objects.get(pk=key.pk).first_used_at
    assert found("key_first_use") == [("svc.jam.border", "JAM", "JAM.border")]
    DeskToken.objects.update(last_used_at=timezone.now() - datetime.timedelta(minutes=5))
    client.get("/api/v1/people/me/", headers=bearer)
    assert DeskToken.objects.get(pk=key.pk).first_used_at == first


def test_a_key_that_was_in_use_before_is_not_used_for_the_first_time(cast, client):
    key = by_two(cast[ADMIN], cast[HEAD])
    DeskToken.objects.update(last_used_at=timezone.now() - datetime.timedelta(days=5))
    client.get("/api/v1/people/me/", headers={"Authorization": f"Bearer {key.secret}"})
    assert found("key_first_use") == []


def test_an_invitation_that_is_sent_to_another_address_is_found_and_to_the_same_one_is_not(cast):
    invitation = an_invitation(cast)
    again = actions.resend_invitation(cast[ADMIN], invitation, email=invitation.user.email)
    assert found("invitation_moved") == []
    actions.resend_invitation(cast[ADMIN], again, email="other@mailbox.example")
    assert found("invitation_moved") == [(ADMIN, "JAM", "JAM.border")]


@pytest.mark.parametrize(
    ("clearance", "role", "more"), [(1, "reader", False), (2, "officer", False), (3, "officer", True)]
)
def test_a_desk_is_widened_by_who_reads_more_than_anybody_there(clearance, role, more, cast):
    Seat.objects.update(valid_from=timezone.now() - datetime.timedelta(days=90))
    Seat.objects.filter(desk__code="JAM.intelligence").exclude(user__username="jam.intelligence.head").delete()
    User.objects.filter(username="jam.intelligence.head").update(clearance=2)
    User.objects.filter(username="jam.ministry.reader").update(clearance=clearance)
    User.objects.filter(username=ADMIN).update(clearance=3)
    actions.appoint_person(cast[ADMIN], None, user="jam.ministry.reader", desk="JAM.intelligence", role=role)
    assert found("desk_widened") == ([("jam.ministry.reader", "JAM", "JAM.intelligence")] if more else [])


def test_a_person_of_another_party_and_a_raised_clearance_widen_a_desk_and_an_emergency_seat_does_not(cast):
    Seat.objects.update(valid_from=timezone.now() - datetime.timedelta(days=90))
    emergency.take_emergency_seat(cast[HEAD], None, desk="JAM.intelligence", cause="life", why="x" * 60)
    assert found("desk_widened") == []
    sent = {"user": "jam.customs.officer", "desk": "JRCC.watch", "role": "officer", "reason": "liaison"}
    row = secondments.ask_for_person(cast[JRCC], None, last_day=in_days(9), **sent)
    secondments.agree_to_second_person(cast[ADMIN], row)
    assert found("desk_widened") == [("jam.customs.officer", "JRCC", "JRCC.watch")]
    actions.do_or_ask(cast[ADMIN], "account.clear", person("jam.ministry.reader"), clearance=3)
    approvals.approve_proposal(cast[PLATFORM], AccountProposal.objects.get(verb="account.clear"))
    assert ("jam.ministry.reader", "JAM", "JAM.ministry") in found("desk_widened")


def test_each_is_a_case_that_oversight_reads_and_it_is_opened_once(cast, client_for):
    by_two(cast[ADMIN], cast[HEAD])
    soon = timezone.now() + HOUR
    assert tasks.look_for_anomalies(soon) >= 1
    tasks.look_for_anomalies(soon)
    case = Case.objects.get(rule__code="key_new")
    assert (case.person, case.party_id, case.desk) == (HEAD, "JAM", "JAM.border")
    assert case.number in client_for("jam.oversight.officer").get("/oversight/cases/").content.decode()
    assert case.number not in client_for("jrcc.oversight.officer").get("/oversight/cases/").content.decode()
