"""Somebody whom another party has sent to a desk of obligations and tasks: pages and choices say so."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from apps.impacs.actions import offices
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.actions import absences
from apps.impacs.plan.queries import choices
from apps.impacs.queries import lists, obligations
from apps.people.models import Seat
from tests.days import today
from tests.impacs.people import BARBADOS, SECRETARIAT, a_decision, action_of
from tests.impacs.planning.people import KEEPER, a_task, given_to
from tests.people.governing import at_seat
from tests.people.seconding import LIAISON, sent_to

pytestmark = pytest.mark.django_db
FROM = "Seconded from"


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def at_the_watch(cast: Any) -> Seat:
    return sent_to(cast, LIAISON, "JRCC.watch", "officer")


def test_the_page_of_offices_marks_its_holder_for_the_state_and_for_the_agency(cast: Any, client_for: Any) -> None:
    seat = sent_to(cast, "jam.ministry.reader", "BRB.ministry", "drafter")
    head = cast["brb.ministry.decider"]
    field = offices.OwnSeat()
    field.scope(head, None)
    assert f"{seat.user.full_name} (seconded from JAM), Ministry, drafter" in dict(field.choices).values()
    offices.name_office_holder(head, None, office="permanent_secretary", seat=str(seat.uid), valid_from=today())
    for who in ("brb.ministry.decider", SECRETARIAT):
        assert text(client_for(who).get(reverse("impacs:offices"))).count(f"{FROM} JAM") == 1


def test_the_workload_marks_people_and_their_leave(cast: Any, client_for: Any) -> None:
    seat = at_the_watch(cast)
    lead = cast["jrcc.watch.supervisor"]
    absences.enter_absence(lead, None, person=str(seat.uid), first=today(), last=today() + datetime.timedelta(days=1))
    field = absences.Colleague()
    field.scope(lead, None)
    assert f"{seat.user.full_name} (seconded from BRB)" in dict(field.choices).values()
    page = text(client_for(KEEPER).get("/impacs/tasks/workload/"))
    assert page.count(f"{FROM} BRB") == 2, "his weeks, his leave"


def test_a_task_marks_who_does_it_and_who_worked_on_it(cast: Any, client_for: Any) -> None:
    seat = at_the_watch(cast)
    task = a_task(owner="JRCC.watch")
    given_to(task, at_seat(seat.user, seat))
    page = text(client_for(KEEPER).get(reverse("impacs:task", args=[task.pk])))
    assert page.count(f"{FROM} BRB") == 1
    assert f"{seat.user.full_name} (seconded from BRB), JRCC.watch" in dict(choices.seats(cast[KEEPER])).values()


def test_an_obligation_names_its_focal_seat_with_who_sent_him(cast: Any) -> None:
    seat = sent_to(cast, "jam.ministry.reader", "BRB.ministry", "drafter")
    assert (str(seat.pk), f"{seat.user.full_name} (seconded from JAM), Ministry") in lists.seats_of_state("BRB")
    decision = a_decision(("Each names a contact.", ["BRB"], today() + datetime.timedelta(days=30)))
    row = action_of(decision, "BRB")
    type(row).objects.filter(pk=row.pk).update(focal_seat=seat.pk)
    actor = cast[BARBADOS]
    [found] = obligations.obligations(actor, today_of(actor))
    assert found.person == f"{seat.user.full_name} (seconded from JAM)"
