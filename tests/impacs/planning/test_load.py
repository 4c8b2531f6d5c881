"""People by weeks, and when they are away."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.impacs.models import Absence, EffortEntry, Secondment
from apps.impacs.plan.actions import absences
from apps.impacs.plan.rules.workload import BLOCK, WARN, monday_of
from apps.notices.models import Holiday
from apps.people.models import Seat
from tests.impacs.planning.people import JAMAICA, KEEPER, WATCH, a_task, day, given_to, many
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
PLACE = "/impacs/tasks/workload/"


def next_week(weekday: int = 0) -> datetime.date:
    """A day of next week; 0 is its Monday."""
    return monday_of(day(0)) + datetime.timedelta(days=7 + weekday)


def week_of(client: Any, actor: Any, monday: datetime.date | None = None) -> Any:
    """One person's week on the page."""
    for _unit, rows in client.get(PLACE).context["units"]:
        for row in rows:
            person = row["person"]
            if person.seat and person.seat.pk == actor.seat_id:
                return next(week for week in person.weeks if week.monday == (monday or next_week()))
    raise AssertionError("not on the page")


def work(actor: Any, days: Any, **more: Any) -> Any:
    """A task of one person, all of it next week."""
    task = a_task(
        **{"owner": "JRCC.watch", "starts_on": next_week(), "due_on": next_week(4), "estimate_days": days} | more
    )
    given_to(task, actor)
    return task


@pytest.fixture(autouse=True)
def _no_holidays(cast: Any) -> None:
    Holiday.objects.all().delete()


def test_load_is_what_is_left_of_the_estimates_and_too_much_is_told(cast: Any, client_for: Any):
    client = client_for(KEEPER)
    task = work(cast[WATCH], Decimal(6))
    assert (week_of(client, cast[WATCH]).load, week_of(client, cast[WATCH]).level) == (6, WARN)
    EffortEntry.objects.create(task=task, seat_id=cast[WATCH].seat_id, day=day(0), hours=16)
    assert week_of(client, cast[WATCH]).load == 4
    work(cast[WATCH], Decimal(3))
    assert week_of(client, cast[WATCH]).level == BLOCK
    assert client.get(PLACE).context["over"] == 1


def test_what_is_not_planned_or_is_over_is_no_load_and_what_nobody_has_stands_apart(cast: Any, client_for: Any):
    for state in ("backlog", "done", "cancelled"):
        work(cast[WATCH], Decimal(3), state=state)
    a_task(owner="JRCC.watch", starts_on=next_week(), due_on=next_week(4), estimate_days=2)
    client = client_for(KEEPER)
    assert week_of(client, cast[WATCH]).load == 0
    rest = [row for unit, rows in client.get(PLACE).context["units"] for row in rows if not row["person"].seat]
    assert [sum(week.load for week in row["person"].weeks) for row in rest] == [2]


def test_leave_and_the_holidays_of_the_place_take_from_the_week(cast: Any, client_for: Any):
    client = client_for(KEEPER)
    absences.enter_absence(cast[WATCH], None, first=next_week(), last=next_week(1))
    Holiday.objects.create(party_id="BRB", day=next_week(2), name="Kadooment", source="test")
    assert week_of(client, cast[WATCH]).capacity == 2
    assert week_of(client, cast[KEEPER]).capacity == 5


def test_every_desk_sees_its_own_people_and_the_secretariat_all_units(cast: Any, client_for: Any):
    units = {who: [unit.code for unit, _rows in client_for(who).get(PLACE).context["units"]] for who in (KEEPER, WATCH)}
    assert units[WATCH] == ["JRCC.watch"]
    assert {"IMPACS.secretariat", "JRCC.watch", "RIFC.analysis"} <= set(units[KEEPER])
    assert client_for(JAMAICA).get(PLACE).status_code == 404


def test_a_secondees_term_that_ends_with_tasks_open_is_warned_of(cast: Any, client_for: Any):
    work(cast[WATCH], Decimal(1))
    seat = Seat.objects.get(pk=cast[WATCH].seat_id)
    Secondment.objects.create(user_id=seat.user_id, sending_state_id="GRD", valid_from=day(0), seat_id=0)
    client = client_for(KEEPER)
    assert b"term ends" not in client.get(PLACE).content
    seat.valid_to = timezone.now() + datetime.timedelta(days=80)
    seat.save()
    page = client.get(PLACE).content.decode()
    assert "one open task" in page
    assert ">GRD<" in page


def test_leave_is_entered_by_oneself_or_by_the_head_and_taken_back(cast: Any, client_for: Any):
    client = client_for(WATCH)
    days = {"first": next_week().isoformat(), "last": (next_week(4)).isoformat()}
    assert client.post(reverse("impacs:absence_new"), days).status_code == 302
    row = Absence.objects.get()
    assert row.user_id == cast[WATCH].user_id
    assert week_of(client_for(KEEPER), cast[WATCH]).capacity == 0
    client.post(reverse("impacs:absence_withdraw", args=[row.pk]))
    assert week_of(client_for(KEEPER), cast[WATCH]).capacity == 5
    officer = str(Seat.objects.get(pk=cast[WATCH].seat_id).uid)
    by_head = absences.enter_absence(
        cast["jrcc.watch.supervisor"], None, person=officer, first=next_week(), last=next_week()
    )
    assert by_head.user_id == cast[WATCH].user_id


def test_nobody_enters_leave_of_others_twice_or_the_wrong_way_round(cast: Any):
    head = str(Seat.objects.get(pk=cast["jrcc.watch.supervisor"].seat_id).uid)
    watch = cast[WATCH]
    with pytest.raises(ValidationError, match="Choose yourself"):
        absences.enter_absence(watch, None, first=next_week(), last=next_week(), person=head)
    with pytest.raises(ValidationError, match="before the first day"):
        absences.enter_absence(watch, None, first=next_week(), last=day(0) - datetime.timedelta(days=9))
    with pytest.raises(ValidationError, match="more than a year"):
        absences.enter_absence(watch, None, first=next_week(), last=next_week(400))
    mine = absences.enter_absence(watch, None, first=next_week(), last=next_week(3))
    with pytest.raises(ValidationError, match="already entered"):
        absences.enter_absence(watch, None, first=next_week(2), last=next_week(9))
    with pytest.raises(Refused):
        absences.enter_absence(cast[JAMAICA], None, first=next_week(), last=next_week())
    with pytest.raises(Refused) as refusal:
        absences.withdraw_absence(cast["impacs.secretariat.officer"], mine)
    assert refusal.value.code == "not-your-absence"


def test_the_page_asks_as_often_for_many_tasks_as_for_one_and_a_wrong_week_is_told(cast: Any, client_for: Any):
    client = client_for(KEEPER)
    work(cast[WATCH], Decimal(1))
    few = len(asked(client, PLACE))
    for task in many(60, owner="JRCC.watch"):
        given_to(task, cast[WATCH])
    assert len(asked(client, PLACE)) == few <= 12
    assert client.get(PLACE, {"from": "yesterday"}).status_code == 422
    assert client.get(PLACE, {"from": "2009-03-04"}).context["grid"].columns[0].words == "2 Mar"
