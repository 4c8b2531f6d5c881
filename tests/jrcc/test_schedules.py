"""Schedules, the journeys that they let us expect, and the alarm for a list that does not come."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.models import StreamEvent
from apps.access.refusal import Refused
from apps.carriers.actions import carriers, expected_journeys, expected_rounds, schedule_files, schedules
from apps.carriers.models import Chase, ExpectedJourney, ExpectedParty, Schedule
from apps.notices.models import Notice
from apps.people.queries import service_actor
from tests import world
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db
E = ExpectedJourney.State
EVERY_DAY = [str(day) for day in range(1, 8)]


def tomorrow() -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=1)


def service(**more):
    """7T 1001 from Kingston to Bridgetown, daily from tomorrow: the flight of world.a_message."""
    return {
        "carrier": "7T", "mode": "air", "number": "1001", "days": EVERY_DAY, "origin": "KIN", "destination": "BGI",
        "departs": datetime.time(14, 0), "arrives": datetime.time(17, 30), "arrives_day": 0,
        "valid_from": tomorrow(), "valid_until": tomorrow() + datetime.timedelta(days=60), **more,
    }  # fmt: skip


def planned(cast, drain, **more) -> Schedule:
    row = schedules.add_schedule(cast["7t.carrier.agent"], None, **service(**more))
    drain()
    return row


def of_day(day: datetime.date | None = None, **more) -> ExpectedJourney:
    return ExpectedJourney.objects.get(date=day or tomorrow(), **more)


def overdue(row: ExpectedJourney, minutes: int = 1) -> datetime.datetime:
    return row.deadline_at + datetime.timedelta(minutes=minutes)


def test_departures_are_expected_a_week_ahead_with_each_states_deadline(cast, drain):
    planned(cast, drain)
    rows = ExpectedJourney.objects.order_by("date")
    assert [row.date for row in rows] == [tomorrow() + datetime.timedelta(days=n) for n in range(7)]
    row = rows[0]
    # 14:00 in Kingston, which knows no summer time, and the list fifteen minutes after departure
    assert (row.departs_at.hour, row.arrives_at.hour) == (19, 21)
    assert row.deadline_at == row.departs_at + datetime.timedelta(minutes=15)
    wanted = ExpectedParty.objects.filter(expected=row).values_list("party_id", "role")
    assert set(wanted) == {("JAM", "departure"), ("BRB", "arrival")}
    assert expected_rounds.check_expected_journeys(timezone.now())["planned"] == 0


def test_the_states_concerned_and_the_carrier_see_it_and_nobody_else(cast, drain):
    planned(cast, drain)
    seen = {
        name: ExpectedJourney.objects.visible_to(cast[name]).exists()
        for name in ("jrcc.watch.officer", "jam.border.officer", "brb.border.officer", "7t.carrier.agent",
                     "tto.border.officer", "8z.carrier.agent", "jam.intelligence.officer")
    }  # fmt: skip
    assert [name for name, sees in seen.items() if sees] == [
        *("jrcc.watch.officer", "jam.border.officer", "brb.border.officer", "7t.carrier.agent")
    ]


def test_a_list_in_time_is_joined_as_soon_as_it_is_read(cast, drain):
    planned(cast, drain)
    listed = world.a_submission(cast)
    row = of_day()
    assert (row.state, row.journey_id) == (E.IN_TIME, listed.journey_id)
    assert of_day(tomorrow() + datetime.timedelta(days=1)).state == E.EXPECTED
    expected_rounds.check_expected_journeys(overdue(row))
    assert of_day().state == E.IN_TIME
    assert not Notice.objects.filter(code="expected.missing").exists()


def test_todays_list_is_never_taken_for_yesterdays_departure(cast, drain):
    day_after = tomorrow() + datetime.timedelta(days=1)
    planned(cast, drain)
    world.a_submission(cast)
    later = of_day(day_after)
    expected_rounds.check_expected_journeys(overdue(later))
    assert of_day(day_after).state == E.MISSING


def test_a_list_filed_under_the_next_day_still_belongs_to_its_only_departure(cast, drain):
    """Planned for two minutes before midnight, departed after it: the list is filed under the day after."""
    day = tomorrow() + datetime.timedelta(days=1)
    planned(
        cast, drain, days=[str(day.isoweekday())], departs=datetime.time(23, 58), arrives=datetime.time(3, 30),
        arrives_day=1, valid_from=day, valid_until=day,
    )  # fmt: skip
    after = f"{day + datetime.timedelta(days=1):%y%m%d}"
    text = world.a_message(wanted=False).replace(f"{tomorrow():%y%m%d}", after)
    world.a_submission(cast, text.replace(f"{after}1400", f"{after}0020").replace(f"{after}1730", f"{after}0350"))
    assert of_day(day).state == E.IN_TIME


def test_a_missing_list_raises_the_alarm_once_and_is_seen_on_the_floor(cast, drain, client_for):
    planned(cast, drain)
    row = of_day()
    before = StreamEvent.objects.count()
    assert expected_rounds.check_expected_journeys(overdue(row))["missed"] == 1
    drain()
    assert expected_rounds.check_expected_journeys(overdue(row, 2))["missed"] == 0
    row.refresh_from_db()
    assert (row.state, row.missed_at) == (E.MISSING, overdue(row))
    told = Notice.objects.filter(code="expected.missing").values_list("owner__code", flat=True)
    assert set(told) == {"JRCC.watch", "7T.carrier"}
    verbs = set(StreamEvent.objects.filter(pk__gt=before).values_list("verb", flat=True))
    assert "jrcc.expected.raise_alarm" in verbs
    for who in ("jrcc.watch.officer", "brb.border.officer"):
        page = client_for(who).get("/jrcc/floor/").content.decode()
        assert "Manifest missing" in page, who
        assert f"ex-{row.pk}" in page, who
    assert f"ex-{row.pk}" not in client_for("tto.border.officer").get("/jrcc/floor/").content.decode()
    assert "Manifest missing: 7T 1001" in client_for("jrcc.watch.officer").get(reverse("people:desk")).content.decode()


def test_the_carrier_is_reminded_before_the_deadline_and_once(cast, drain):
    planned(cast, drain)
    row = of_day()
    soon = row.deadline_at - datetime.timedelta(minutes=29)
    assert expected_rounds.check_expected_journeys(soon - datetime.timedelta(minutes=2))["reminded"] == 0
    assert expected_rounds.check_expected_journeys(soon)["reminded"] == 1
    assert expected_rounds.check_expected_journeys(soon)["reminded"] == 0
    drain()
    assert [n.owner.code for n in Notice.objects.filter(code="expected.due")] == ["7T.carrier"]
    assert Notice.objects.get(code="expected.due").number == f"7T 1001 {row.date}"


def test_the_watch_reminds_itself_of_a_carrier_without_a_desk(cast, drain):
    schedules.add_schedule(cast["jrcc.watch.officer"], None, **service(carrier="BW"))
    drain()
    row = of_day()
    expected_rounds.check_expected_journeys(row.deadline_at - datetime.timedelta(minutes=5))
    drain()
    assert [n.owner.code for n in Notice.objects.filter(code="expected.due")] == ["JRCC.watch"]


def test_a_list_after_its_deadline_is_late_and_the_alarm_stays_on_record(cast, drain):
    """7T 178 landed an hour ago; its list, due a quarter of an hour after departure, comes now."""
    leaves = timezone.now() - datetime.timedelta(hours=4 + 3)
    lands = timezone.now() - datetime.timedelta(hours=5 + 1)
    row = schedules.add_schedule(
        cast["7t.carrier.agent"], None,
        **service(number="178", origin="POS", destination="KIN", departs=leaves.time().replace(second=0, microsecond=0),
                  arrives=lands.time().replace(second=0, microsecond=0), valid_from=leaves.date(),
                  arrives_day=(lands.date() - leaves.date()).days),
    )  # fmt: skip
    schedules.plan_schedule(service_actor("JRCC.automation"), row, now=timezone.now() - datetime.timedelta(hours=6))
    expected = of_day(leaves.date())
    expected_rounds.check_expected_journeys(timezone.now())
    expected.refresh_from_db()
    assert expected.state == E.MISSING
    sent(cast, drain, message(hours=-1))
    expected.refresh_from_db()
    assert expected.state == E.LATE
    assert expected.missed_at is not None


def test_the_watch_notes_calls_that_the_carrier_does_not_read(cast, drain, client_for):
    planned(cast, drain)
    row = of_day()
    expected_rounds.check_expected_journeys(overdue(row))
    watch = cast["jrcc.watch.officer"]
    expected_journeys.note_carrier_call(watch, row, whom="Operations desk", said="Their system is down, by fax at six")
    carriers.add_carrier_contact(watch, None, carrier="7T", kind="phone", role="Operations", value="+1 246 555 0100")
    seen, sent = (
        client_for(who).get(f"/jrcc/expected/{row.pk}/").content.decode()
        for who in ("jrcc.watch.officer", "7t.carrier.agent")
    )
    assert all(words in seen for words in ("+1 246 555 0100", "Their system is down"))
    assert "Their system" not in sent
    assert ("Send the manifest" in sent, "Send the manifest" in seen) == (True, False)
    assert not Chase.objects.visible_to(cast["7t.carrier.agent"]).exists()
    with pytest.raises(Refused):
        expected_journeys.note_carrier_call(cast["brb.border.head"], row, whom="x", said="y")


def test_a_flight_that_did_not_operate_owes_no_list_and_is_expected_again_on_second_thoughts(cast, drain):
    planned(cast, drain)
    watch, row = cast["jrcc.watch.officer"], of_day()
    expected_journeys.mark_journey_not_operating(watch, row, said="Airport says cancelled")
    assert expected_rounds.check_expected_journeys(overdue(row))["missed"] == 0
    expected_journeys.expect_journey_again(watch, row)
    assert expected_rounds.check_expected_journeys(overdue(row))["missed"] == 1


def test_the_carriers_own_cancellation_ends_the_wait(cast, drain):
    planned(cast, drain)
    world.a_submission(cast)
    text = world.a_message()
    cancel = text[: text.index("NAD+FL")].replace("BGM+745'", "BGM+266+XF'").replace("UNH+P1", "UNH+C1")
    world.a_submission(cast, f"{cancel}CNT+42:0'UNT+9+C1'UNZ+1+R1'")
    assert (of_day().state, of_day().said) == (E.NOT_OPERATED, "Cancelled by the carrier")


def test_nobody_is_alarmed_for_a_state_that_does_not_take_part(cast, drain):
    """Miami lies in no State of ours, and Bridgetown alone wants the list; between two such places there is nothing."""
    planned(cast, drain, origin="MIA", number="22")
    assert {row.party_id for row in ExpectedParty.objects.all()} == {"BRB"}
    with pytest.raises(ValidationError, match="Neither end is in a participating State, so no manifest is required"):
        schedules.add_schedule(
            cast["jrcc.watch.officer"], None, **service(origin="MIA", destination="JFK", number="23")
        )


def test_what_was_due_before_we_knew_of_it_alarms_nobody(cast, drain):
    day = timezone.now().date() - datetime.timedelta(days=3)
    planned(cast, drain, valid_from=day)
    assert ExpectedJourney.objects.earliest("deadline_at").deadline_at > timezone.now()


def test_an_ended_schedule_is_expected_no_more_and_may_be_entered_anew(cast, drain):
    agent = cast["7t.carrier.agent"]
    row = planned(cast, drain)
    with pytest.raises(ValidationError, match="already has a schedule"):
        schedules.add_schedule(agent, None, **service(departs=datetime.time(15, 0)))
    schedules.end_schedule(agent, row, last_day=tomorrow(), said="Summer timetable")
    assert ExpectedJourney.objects.filter(state=E.WITHDRAWN).count() == 6
    schedules.add_schedule(
        agent, None, **service(departs=datetime.time(15, 0), valid_from=tomorrow() + datetime.timedelta(1))
    )
    drain()
    assert ExpectedJourney.objects.filter(state=E.EXPECTED).count() == 7


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"carrier": "ZZZ"}, "carrier"), ({"carrier": "8Z"}, "carrier"), ({"destination": "KIN"}, "destination"),
        ({"valid_until": datetime.date(2020, 1, 1)}, "valid_until"), ({"number": "000"}, "number"),
        ({"arrives": datetime.time(12, 0)}, "arrives"),
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_is_refused_at_its_field(cast, more, at):
    with pytest.raises(ValidationError) as wrong:
        schedules.add_schedule(cast["7t.carrier.agent"], None, **service(**more))
    assert set(wrong.value.message_dict) == {at}


HEAD = "number;mode;days;from;to;departs;arrives;valid_from;valid_until"


def test_a_table_is_read_with_each_fault_at_its_row_and_column(cast):
    text = "\n".join(
        [HEAD, "1001;air;Mon Wed;KIN;BGI;14:00;17:30;2009-12-01;2010-03-01",
         "1002;air;12;QQQ;BGI;14:00;17:30;2009-12-01;2010-03-01", "1003;rail;9;KIN;BGI;2pm;17:30;01/12/26;2010-03-01",
         "1001;air;3;KIN;BGI;14:00;17:30;2010-01-01;2010-03-01"]
    )  # fmt: skip
    table = schedule_files.read(cast["7t.carrier.agent"], text)
    assert table.faults == []
    assert table.lines[0].row.days == [1, 3]
    starts = [sorted(fault.partition(":")[0] for fault in line.faults) for line in table.lines]
    assert starts == [[], ["from"], ["days", "departs", "mode", "valid_from"], ["number"]]
    assert schedule_files.read(cast["7t.carrier.agent"], "a,b\n1,2").faults[0].startswith("Row 1")


def test_a_table_is_looked_at_first_and_entered_whole_or_not_at_all(cast, client_for, drain):
    client = client_for("7t.carrier.agent")
    good = f"{HEAD}\n" + "\n".join(
        f"{n};air;1234567;KIN;BGI;14:00;17:30;{tomorrow()};{tomorrow() + datetime.timedelta(30)}" for n in (1001, 1002)
    )
    bad = good.replace("1002;air", "1002;rail")
    assert client.post("/jrcc/schedules/table/", {"text": bad, "enter": "1"}).status_code == 422
    looked = client.post("/jrcc/schedules/table/", {"text": good, "look": "1"})
    assert "Add all 2 rows" in looked.content.decode()
    assert Schedule.objects.count() == 0
    assert client.post("/jrcc/schedules/table/", {"text": good, "enter": "1"}).status_code == 302
    drain()
    assert Schedule.objects.count() == 2
    assert ExpectedJourney.objects.count() == 14


def test_a_schedule_by_hand_on_the_page_and_what_is_wrong_with_it(cast, client_for, drain):
    client = client_for("7t.carrier.agent")
    form = {**service(), "departs": "14:00", "arrives": "17:30", "days": EVERY_DAY}
    wrong = client.post("/jrcc/schedules/new/", {**form, "origin": "QQQ"})
    assert wrong.status_code == 422
    assert "Place QQQ is not known" in wrong.content.decode()
    made = client.post("/jrcc/schedules/new/", form)
    assert made.status_code == 302
    drain()
    page = client.get(made["Location"]).content.decode()
    assert "America/Jamaica" in page
    assert "7T 1001" in client.get("/jrcc/expected/").content.decode()
    done = client.post(f"{made['Location']}do/end/", {"last_day": str(tomorrow()), "said": "Season over"})
    assert done.status_code == 302
    assert client_for("jam.border.head").get(made["Location"]).status_code == 404


def test_the_journey_shows_expected_against_actual_or_that_nobody_expected_it(cast, client_for, drain):
    planned(cast, drain)
    listed = world.a_submission(cast)
    other = world.a_submission(cast, world.a_message(2, wanted=False))
    watch = client_for("jrcc.watch.officer")
    assert "Expected and actual" in watch.get(f"/jrcc/journeys/{listed.journey_id}/").content.decode()
    assert "Not scheduled" in watch.get(f"/jrcc/journeys/{other.journey_id}/").content.decode()
