"""Airlines' own files of schedules, services seen in lists, and the order in which departures are expected."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.grants import share
from apps.access.ids import uuid7
from apps.carriers.actions import schedule_files
from apps.carriers.models import Schedule
from apps.journeys.models import Journey
from apps.people.queries import desk_ids
from tests import world
from tests.jrcc.test_schedules import of_day, planned, tomorrow

pytestmark = pytest.mark.django_db


def _leg(number: str, from_: str, to: str, departs: str, arrives: str, days: str, ends: tuple[str, str]) -> str:
    """A record of type 3: 7T, from tomorrow for four weeks, with both stations' difference to UTC."""
    first, last = tomorrow(), tomorrow() + datetime.timedelta(days=27)
    span = f"{first:%d%b%y}{last:%d%b%y}".upper()
    start = f"{from_}{departs}{departs}{ends[0]:<5}  "
    return f"3 7T {number:>4}0101J{span}{days:<7} {start}{to}{arrives}{arrives}{ends[1]:<5}  738".ljust(200) + "\n"


def ssim(mode: str, *legs: str) -> str:
    return f"1AIRLINE STANDARD SCHEDULE DATA SET\n2{mode}7T \n" + "".join(legs) + "5 7T\n"


def test_an_ssim_file_in_utc_becomes_local_times_days_and_dates(cast):
    """02:30 UTC on Tuesday is 21:30 on Monday in Kingston, and the flight arrives after midnight in Bridgetown."""
    text = ssim("U", _leg("1001", "KIN", "BGI", "0230", "0600", " 2  5", ("-0500", "-0400")))
    (line,) = schedule_files.read(cast["7t.carrier.agent"], text).lines
    assert not line.faults
    row = line.row
    assert (row.days, row.departs, row.arrives, row.arrives_day) == (
        [1, 4], datetime.time(21, 30), datetime.time(2, 0), 1,
    )  # fmt: skip
    assert row.valid_from == tomorrow() - datetime.timedelta(days=1)


def test_an_ssim_file_in_local_times_is_taken_as_it_stands_and_the_rest_of_the_network_left_out(cast):
    text = ssim(
        "L",
        _leg("0600", "KIN", "BGI", "1400", "1730", "1234567", ("-0500", "-0400")),
        _leg("0700", "LHR", "JFK", "1000", "1300", "1", ("+0000", "-0500")),
        _leg("0800", "KIN", "BGI", "1460", "1730", "1", ("-0500", "-0400")),
        _leg("0900", "BGI", "KIN", "1400", "1730", "      ", ("-0400", "-0500")),
    )
    table = schedule_files.read(cast["7t.carrier.agent"], text)
    assert table.elsewhere == 1
    assert [line.number for line in table.lines] == [3, 5, 6]
    good, no_time, no_day = table.lines
    assert (good.row.number, good.row.departs, good.row.arrives_day) == ("600", datetime.time(14), 0)
    assert no_time.faults == ["departs: 1460 is no time: it is written as 1405"]
    assert no_day.faults == ["days: no day of operation is given"]


def test_an_ssim_file_is_looked_at_and_then_entered(cast, drain, client_for):
    client, text = (
        client_for("7t.carrier.agent"),
        ssim("L", _leg("1001", "KIN", "BGI", "1400", "1730", "1234567", ("", ""))),
    )
    page = client.post(reverse("jrcc:schedule_file"), {"text": text, "look": "1"})
    assert "KIN–BGI" in page.content.decode()
    assert not Schedule.objects.exists()
    assert client.post(reverse("jrcc:schedule_file"), {"text": text, "enter": "1"}).status_code == 302
    drain()
    assert of_day().schedule.departs == datetime.time(14)


def test_expected_journeys_stand_in_the_order_of_departure(cast, drain, client_for, monkeypatch):
    """Entered later, departs earlier."""
    planned(cast, drain)
    planned(cast, drain, number="1002", departs=datetime.time(9, 0), arrives=datetime.time(12, 30))
    monkeypatch.setattr("apps.carriers.views.expected.ROWS", 5)
    client, place = client_for("jrcc.watch.officer"), reverse("jrcc:expected")
    page, seen = client.get(place), []
    while True:
        seen += [(line.it.departs_at, line.it.number) for line in page.context["lines"]]
        if not page.context["later"]:
            break
        page = client.get(place + page.context["later"])
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 14
    assert [number for _at, number in seen[:3]] == ["1002", "1001", "1002"]
    back = client.get(place + page.context["earlier"])
    assert [(line.it.departs_at, line.it.number) for line in back.context["lines"]] == seen[5:10]
    assert client.get(place, {"after": "yesterday"}).status_code == 400


def test_what_comes_in_three_of_four_weeks_is_proposed_and_a_person_enters_it(cast, drain, client_for):
    watch, client, place = (
        cast["jrcc.watch.officer"],
        client_for("jrcc.watch.officer"),
        reverse("jrcc:schedules_learnt"),
    )
    today = timezone.now().date()
    first = world.a_submission(cast)
    like = Journey.objects.get(pk=first.journey_id)
    # the same flight in the weeks before, as lists had made it
    for weeks, number in ((1, "1001"), (2, "1001"), (3, "1001"), (1, "1002"), (2, "1002")):
        back = like.date - today + datetime.timedelta(weeks=weeks)
        row = Journey.objects.get(pk=like.pk)
        row.pk, row.number, row.date = uuid7(), number, row.date - back
        row.departs_at, row.arrives_at = row.departs_at - back, row.arrives_at - back
        row.save(force_insert=True)
        share(watch, row, desk_ids("JRCC.watch"))
    page = client.get(place)
    (service,) = page.context["list"].records
    assert (service.number, service.seen, len(service.days)) == ("1001", 3, 1)
    form = client.get(reverse("jrcc:schedule_new") + "?" + service.query(today))
    assert 'value="14:00"' in form.content.decode()
    known = {name: form.context["form"][name].initial for name in form.context["form"].fields}
    assert client.post(reverse("jrcc:schedule_new"), known).status_code == 302
    drain()
    row = Schedule.objects.get()
    assert (row.number, row.departs, row.arrives, row.arrives_day) == (
        "1001",
        datetime.time(14),
        datetime.time(17, 30),
        0,
    )
    assert client.get(place).context["list"].records == []
