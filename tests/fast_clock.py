"""A plugin of pytest: while a test runs, the clock goes so fast that a minute begins at every second (tests/clock.py).

A test that fails with it compares what was read at two moments, and fails some day when a minute begins between them.
"""

from collections.abc import Iterator

import pytest

RATE = 60


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """The body of the test, not its fixtures, which make what it reads; a clock that they stopped stands."""
    from tests import clock  # Django is set up by now

    if clock.is_moved() or item.get_closest_marker("machine_clock"):
        return (yield)
    with clock.read_from(clock.fast_clock(RATE)):
        return (yield)
