"""The clock that the portal reads, stopped for a comparison or sped up to find one that nobody stopped.

Pages say the minute: at their foot, in how long something waits or is late, in medians and scores. Whoever compares
what was read at two moments therefore stops the clock for both:

    def test_a_stranger_reads_nothing_of_it(client_for, stop_clock):
        stop_clock()
        assert page_of("with") == page_of("without")

A test that forgot it is found by a clock that runs sixty times too fast: `pytest -p tests.fast_clock`, the round `fast`
of `make rehearse`. Only what Python reads is moved; PostgreSQL's clock and the patience of programs are not.
"""

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from django.template import defaulttags
from django.utils import timezone

Clock = Callable[[], datetime.datetime]
"""Gives the moment, aware, in UTC."""
SECOND = datetime.timedelta(seconds=1)
READERS = (timezone, defaulttags)
"""Where Django asks Python for the moment: `timezone.now`, fields that are given it, and `{% now %}`."""


@dataclass(frozen=True)
class Reading:
    """Stands for the class `datetime` in a module that asks it for the moment."""

    clock: Clock

    def now(self, tz: datetime.tzinfo) -> datetime.datetime:
        return self.clock().astimezone(tz)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, datetime.datetime)


_clocks: list[Clock] = []


def is_moved() -> bool:
    """Whether the clock is another than the machine's."""
    return bool(_clocks)


@contextmanager
def read_from(clock: Clock) -> Iterator[None]:
    """Whatever asks Django for the moment is told what `clock` gives, the latest of those that are open.

    They may end in any order: a fixture's clock outlives the body of its test.
    """
    _clocks.append(clock)
    _set_readers()
    try:
        yield
    finally:
        _clocks.remove(clock)
        _set_readers()


def _set_readers() -> None:
    for module in READERS:
        vars(module)["datetime"] = Reading(_clocks[-1]) if _clocks else datetime.datetime


def standing_clock() -> Clock:
    """It stands where the next second begins; each reading is a millionth later, so what is made keeps its order."""
    moment = timezone.now().replace(microsecond=0) + SECOND

    def read() -> datetime.datetime:
        nonlocal moment
        moment += datetime.timedelta.resolution
        return moment

    return read


def fast_clock(rate: int) -> Clock:
    """It is right now, and runs `rate` times too fast from here on."""
    moment, began = timezone.now(), time.monotonic()
    return lambda: moment + rate * datetime.timedelta(seconds=time.monotonic() - began)


@pytest.fixture
def stop_clock() -> Iterator[Callable[[], None]]:
    """Called, it stops the clock until the test has ended."""
    with ExitStack() as until_the_end:
        yield lambda: until_the_end.enter_context(read_from(standing_clock()))
