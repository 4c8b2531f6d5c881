"""The clock of the tests stands still, or runs fast, for all that ask for the moment (tests/clock.py)."""

import datetime
from collections.abc import Callable

import pytest
from django.db.models import DateTimeField
from django.template import Context, Template
from django.utils import timezone

from tests import clock

pytestmark = pytest.mark.machine_clock
NOW = timezone.now
"""As a model's field has it, which was made before any clock was stopped."""
AGO = datetime.datetime(2008, 3, 8, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def printed() -> str:
    """The moment as a template says it."""
    return Template('{% now "Y-m-d H:i:s" %}').render(Context())


def test_a_stopped_clock_stays_in_its_second_and_keeps_the_order_of_what_is_made(
    stop_clock: Callable[[], None], rf: object
) -> None:
    before = timezone.now()
    stop_clock()
    moments = [timezone.now() for _ in range(1000)]
    assert clock.is_moved()
    assert before < moments[0]
    assert moments == sorted(set(moments))
    assert {f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments} == {printed()}
    assert moments[-1] < DateTimeField(default=NOW).get_default() < timezone.now()
    assert timezone.template_localtime(moments[0]) == moments[0]


def test_a_fast_clock_begins_a_minute_each_second(rf: object) -> None:
    ahead = clock.fast_clock(10**6)
    first = ahead()
    assert ahead() - first > datetime.timedelta(milliseconds=1)
    with clock.read_from(lambda: first + MINUTE):
        assert timezone.now() == first + MINUTE
        assert printed() == f"{first + MINUTE:%Y-%m-%d %H:%M:%S}"
    assert not clock.is_moved()


def test_clocks_end_in_any_order_and_leave_the_machines(rf: object) -> None:
    first, second = clock.read_from(lambda: AGO), clock.read_from(lambda: AGO + MINUTE)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert timezone.now() == AGO + MINUTE
    second.__exit__(None, None, None)
    assert timezone.now() > AGO + MINUTE
    assert not clock.is_moved()
