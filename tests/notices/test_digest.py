"""The digest: one mail on a weekday morning of the desk's own time, nothing when nothing is new."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from apps.notices import actions, queries
from apps.notices.models import Delivery, Notice
from apps.notices.tasks import run_notices_clock
from tests.notices.telling import DECIDER, DUE, NUMBER, READER, clock, notice_at, told

UTC = datetime.UTC
MONDAY = datetime.datetime(2009, 3, 2, tzinfo=ZoneInfo("America/Barbados"))


def at(days: int, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment of that week in Barbados, in UTC."""
    return (MONDAY + datetime.timedelta(days=days)).replace(hour=hour, minute=minute).astimezone(UTC)


def issued(when: datetime.datetime, *desks: str, count: int = 1) -> None:
    """Papers, told at a moment: the clock of the log is set to it."""
    for _ in range(count):
        told(*desks, event="paper.issued")
    from apps.access import outbox

    outbox.drain()
    Delivery.objects.filter(at__gt=timezone.now() - datetime.timedelta(minutes=5)).update(at=when)


def after_tick(now: datetime.datetime, drain) -> list[str]:
    mail.outbox.clear()
    run_notices_clock(now)
    drain()
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox)


def test_the_digest_comes_once_at_seven_and_is_quiet_afterwards(cast, drain):
    issued(at(0, 15), count=3)
    assert mail.outbox == []
    assert after_tick(at(0, 15, 15), drain) == []
    assert after_tick(at(1, 6, 59), drain) == []
    assert after_tick(at(1, 7), drain) == [DECIDER, READER]
    assert after_tick(at(1, 7, 15), drain) == []
    assert after_tick(at(2, 7), drain) == []


def test_the_digest_counts_what_is_new_and_names_no_record(cast, drain):
    issued(at(0, 15), count=3)
    after_tick(at(1, 7), drain)
    message = mail.outbox[0]
    assert message.subject == "3 notifications for Barbados"
    assert "Paper issued: 3." in message.body
    assert NUMBER not in message.body
    assert message.extra_headers["List-Unsubscribe"].endswith("/notices/settings/>")
    assert len(message.body.strip().split("\n")) <= 6  # the last one is its marking


def test_a_round_that_was_missed_is_caught_up_with(cast, drain):
    issued(at(0, 15))
    assert after_tick(at(1, 11, 45), drain) == [DECIDER, READER]


def test_what_comes_after_seven_waits_for_the_next_morning(cast, drain):
    issued(at(1, 9))
    assert after_tick(at(1, 10), drain) == []
    assert after_tick(at(2, 7), drain) == [DECIDER, READER]


def test_nothing_is_sent_at_the_week_end(cast, drain):
    issued(at(4, 15))
    assert after_tick(at(5, 7), drain) == []
    assert after_tick(at(6, 12), drain) == []
    assert after_tick(at(7, 7), drain) == [DECIDER, READER]


def test_each_desk_has_its_own_morning(cast, drain):
    """Jamaica is an hour behind Barbados."""
    issued(at(0, 15), "BRB.ministry", "JAM.ministry")
    assert after_tick(at(1, 7), drain) == [DECIDER, READER]
    assert after_tick(at(1, 8), drain) == ["jam.ministry.decider", "jam.ministry.reader"]


def test_what_a_person_has_read_is_left_out(cast, drain):
    issued(at(0, 15))
    actions.read_notice(cast[READER], notice_at("BRB.ministry"))
    assert after_tick(at(1, 7), drain) == [DECIDER]
    assert Delivery.objects.get(user__username=READER).error == "read before"


def test_a_bounced_digest_is_a_bounce_of_all_that_was_in_it(cast, drain):
    issued(at(0, 15), count=2)
    after_tick(at(1, 7), drain)
    row = Delivery.objects.filter(user__username=DECIDER).order_by("pk").first()
    actions.bounce_mail(clock(), row, why="5.2.2")
    assert set(Delivery.objects.filter(user__username=DECIDER).values_list("state", flat=True)) == {"bounced"}
    assert set(Delivery.objects.filter(user__username=READER).values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    ("now", "zone", "due"),
    [
        ("2009-03-02T11:00", "America/Barbados", "2009-03-02T11:00"),
        ("2009-03-02T10:59", "America/Barbados", None),
        ("2009-03-02T23:59", "America/Barbados", "2009-03-02T11:00"),
        ("2009-03-01T15:00", "America/Barbados", None),
        ("2009-07-01T11:00", "America/Nassau", "2009-07-01T11:00"),
        ("2009-01-05T11:00", "America/Nassau", None),
    ],
    ids=["at seven", "before", "at night", "Sunday", "summer time", "winter time"],
)
def test_seven_is_seven_of_the_place(now, zone, due):
    def moment(text):
        return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert queries.digest_moment(moment(now), zone) == (moment(due) if due else None)


def a_deadline(**more) -> None:
    fields = {"object_type": "council.imagined", "object_id": "1", "kind": "Reply", "number": NUMBER} | more
    actions.set_deadline(clock(), None, desks=["BRB.ministry"], due_at=DUE, **fields)


def codes() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("code", flat=True))


def test_a_desk_is_reminded_within_a_day_once_and_daily_when_it_is_late(cast):
    a_deadline()
    hour = datetime.timedelta(hours=1)
    for hours, said in ((-25, 0), (-24, 1), (-1, 1), (1, 2), (1.5, 2), (25, 3)):
        run_notices_clock(DUE + hours * hour)
        assert len(codes()) == said, hours
    assert codes() == ["deadline.soon", "deadline.late", "deadline.late"]


def test_a_deadline_that_is_met_or_told_by_its_room_is_not_reminded_of(cast):
    a_deadline(reminders=False)
    a_deadline(object_id="2")
    actions.close_deadlines(clock(), None, object_type="council.imagined", object_id="2")
    assert run_notices_clock(DUE) == {"digests": 0, "reminders": 0, "after_quiet_hours": 0}
    assert codes() == []
