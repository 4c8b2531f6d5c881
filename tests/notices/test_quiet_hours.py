"""Quiet hours: mails wait for their end, alarms above a grade do not; and test alarms that count seconds."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.notices import actions, queries
from apps.notices.actions import alarms
from apps.notices.models import AlarmAnswer, Delivery, Notice, Subscription
from apps.notices.tasks import run_notices_clock
from tests.notices.telling import told

DECIDER, READER = "brb.ministry.decider", "brb.ministry.reader"
BARBADOS = "America/Barbados"
T = datetime.time


def at(hour: int, minute: int = 0, day: int = 10, month: int = 2, zone: str = BARBADOS) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def quiet(begins: datetime.time | None, ends: datetime.time | None) -> Subscription:
    return Subscription(quiet_from=begins, quiet_until=ends)


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        (T(22), T(6), at(23), at(6, day=11)),
        (T(22), T(6), at(3), at(6)),
        (T(22), T(6), at(22), at(6, day=11)),
        (T(22), T(6), at(6), None),
        (T(22), T(6), at(21, 59), None),
        (T(12), T(13), at(12, 30), at(13)),
        (T(12), T(13), at(11), None),
        (None, None, at(3), None),
        (T(8), T(8), at(8), None),
    ],
)
def test_quiet_hours_go_over_midnight_and_end_on_the_clocks_of_the_party(begins, ends, now, until):
    assert queries.quiet_end(quiet(begins, ends), now.astimezone(datetime.UTC), BARBADOS) == until


def test_on_the_night_of_a_clock_change_they_end_at_the_same_reading_of_the_clock():
    zone = "America/Port-au-Prince"
    before = at(23, day=7, month=3, zone=zone)  # the clocks go forward at 02:00 on 8 March 2026
    ends = queries.quiet_end(quiet(T(22), T(6)), before.astimezone(datetime.UTC), zone)
    assert ends.astimezone(ZoneInfo(zone)).time() == T(6)
    assert ends - before == datetime.timedelta(hours=6)


def sleeps(cast, who=DECIDER, passes="high"):
    """Quiet for the hours around now."""
    now = timezone.now().astimezone(ZoneInfo(cast[who].time_zone))
    begins, ends = ((now + datetime.timedelta(hours=n)).time().replace(second=0, microsecond=0) for n in (-1, 1))
    chosen = {"quiet_from": begins, "quiet_until": ends, "passes": passes}
    actions.choose_subscription(cast[who], None, **chosen)


def mailed():
    return sorted(address for message in mail.outbox for address in message.to)


def test_a_mail_waits_for_the_end_of_its_readers_quiet_hours_and_comes_once(cast, drain):
    sleeps(cast)
    told()
    drain()
    assert mailed() == [f"{READER}@example.invalid"]
    assert run_notices_clock(timezone.now())["after_quiet_hours"] == 0
    later = timezone.now() + datetime.timedelta(hours=1, minutes=1)
    assert run_notices_clock(later)["after_quiet_hours"] == 1
    drain()
    assert run_notices_clock(later)["after_quiet_hours"] == 0
    drain()
    assert mailed() == [f"{DECIDER}@example.invalid", f"{READER}@example.invalid"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    ("passes", "grade", "comes"),
    [
        ("high", "high", True), ("high", "mid", False), ("mid", "mid", True), ("mid", "low", False),
        ("low", "low", True), ("none", "high", False), ("low", "", False),
    ],
)  # fmt: skip
def test_alarms_from_the_chosen_grade_on_come_all_the_same(cast, drain, passes, grade, comes):
    sleeps(cast, passes=passes)
    told(grade=grade)
    drain()
    assert (f"{DECIDER}@example.invalid" in mailed()) is comes


def test_the_page_wants_both_times_or_none(cast, client_for):
    client, place = client_for(DECIDER), reverse("notices:quiet")
    assert client.post(place, {"quiet_from": "22:00", "quiet_until": "", "passes": "high"}).status_code == 422
    assert client.post(place, {"quiet_from": "25:00", "quiet_until": "6", "passes": "high"}).status_code == 422
    assert client.post(place, {"quiet_from": "22:00", "quiet_until": "06:00", "passes": "mid"}).status_code == 302
    kept = Subscription.objects.get(user_id=cast[DECIDER].user_id)
    assert (kept.quiet_from, kept.quiet_until, kept.passes) == (T(22), T(6), "mid")
    assert 'value="22:00"' in client.get(reverse("notices:settings")).content.decode()
    client.post(place, {"quiet_from": "", "quiet_until": "", "passes": "mid"})
    assert Subscription.objects.get(user_id=cast[DECIDER].user_id).quiet_from is None


# --- test alarms ------------------------------------------------------------------------------------------------------


def test_a_test_alarm_is_mailed_through_quiet_hours_and_answered_by_each(cast, drain, client_for):
    sleeps(cast, READER)
    assert client_for(DECIDER).post(reverse("notices:alarm_send")).status_code == 302
    drain()
    assert {f"{DECIDER}@example.invalid", f"{READER}@example.invalid"} <= set(mailed())
    row = Notice.objects.get(code="alarm.test")
    page = client_for(READER).get(row.page).content.decode()
    assert "I am here" in page
    place = reverse("notices:alarm_answer", args=[row.object_id])
    assert client_for(READER).post(place).status_code == 302
    assert client_for(READER).post(place).status_code == 302
    assert AlarmAnswer.objects.count() == 1
    lines = queries.answers_of(cast[DECIDER], queries.alarms(cast[DECIDER]).get())
    assert [one["seconds"] is None for one in lines] == [False] + [True] * (len(lines) - 1)
    assert "I am here" not in client_for(READER).get(row.page).content.decode()


def test_only_who_decides_sends_one_and_only_to_his_own_desk(cast, client_for):
    with pytest.raises(Refused):
        alarms.send_alarm(cast[READER], None)
    row = alarms.send_alarm(cast[DECIDER], None)
    assert cast["jam.ministry.decider"].seat_id not in row.seats
    place = reverse("notices:alarmtest", args=[row.pk])
    assert client_for("jam.ministry.decider").get(place).status_code == 404
    with pytest.raises(Refused):
        alarms.answer_alarm(cast["jam.ministry.decider"], row)
