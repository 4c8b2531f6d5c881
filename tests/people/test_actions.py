"""Seats and keys: who may give and take them."""

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import DeskToken, Seat, User
from apps.people.queries import actor_for, actor_for_token, seats_of
from tests.keys import a_key

ADMIN = "jam.administration.administrator"


def a_seat_of(username: str) -> Seat:
    return Seat.objects.get(user__username=username, state="current")


def test_an_administrator_appoints_a_person_of_his_own_register(cast):
    seat = actions.appoint_person(cast[ADMIN], None, user="jam.border.officer", desk="JAM.customs", role="officer")
    assert (seat.rank, seat.state) == (2, "current")
    row = AuditRecord.objects.visible_to(cast[ADMIN]).get(verb="seat.appoint")
    assert (row.person, row.desk, row.outcome, row.object_id) == (ADMIN, "JAM.administration", "done", str(seat.pk))


def test_a_border_officer_appoints_nobody_and_the_attempt_is_recorded(cast):
    with pytest.raises(Refused, match="not-administrator"):
        actions.appoint_person(
            cast["jam.border.head"], None, user="jam.border.officer", desk="JAM.customs", role="officer"
        )
    row = AuditRecord.objects.get(verb="seat.appoint")
    assert (row.outcome, row.reason, row.person) == ("refused", "not-administrator", "jam.border.head")


@pytest.mark.parametrize("desk", ["BRB.border", "XXX.border"])
def test_no_administrator_appoints_to_another_partys_desk(cast, desk):
    with pytest.raises(ValidationError):
        actions.appoint_person(cast[ADMIN], None, user="jam.border.officer", desk=desk, role="officer")


def test_nobody_appoints_himself(cast):
    with pytest.raises(Refused, match="own-seat"):
        actions.appoint_person(cast[ADMIN], None, user=ADMIN, desk="JAM.border", role="head")


def test_a_foreign_seat_does_not_exist_for_an_administrator(cast):
    with pytest.raises(Refused, match="not-visible"):
        actions.end_appointment(cast[ADMIN], a_seat_of("brb.border.officer"), reason="mistake")


def test_an_ended_seat_gives_no_actor(cast):
    seat, user = a_seat_of("jam.border.officer"), User.objects.get(username="jam.border.officer")
    actions.end_appointment(cast[ADMIN], seat, reason="left the service")
    assert actor_for(user, seat.pk) is None
    assert seats_of(user) == []


def test_somebody_elses_seat_gives_no_actor(cast):
    assert actor_for(User.objects.get(username="guy.border.officer"), a_seat_of("jam.border.head").pk) is None


def test_a_key_acts_for_its_desk_and_a_read_key_may_not_write(cast):
    token = a_key("JAM.border", "read")
    actor, _ = actor_for_token(actions.digest(token.secret))
    assert (actor.desk_code, actor.may_write, actor.rank) == ("JAM.border", False, 2)
    assert token.secret not in str(DeskToken.objects.filter(pk=token.pk).values())


def test_a_revoked_key_gives_no_actor(cast):
    token = a_key("JAM.border")
    actions.revoke_api_key(cast[ADMIN], token)
    assert actor_for_token(actions.digest(token.secret)) is None


def test_two_seats_of_one_person_are_never_added_together(cast):
    border, intelligence = cast["kna.border.officer@KNA.border"], cast["kna.border.officer@KNA.intelligence"]
    assert (border.groups, intelligence.groups) == ((border.desk_id,), (intelligence.desk_id,))
    assert border.groups != intelligence.groups
