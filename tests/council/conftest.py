"""What the tests of the Council share."""

from collections.abc import Callable
from functools import partial

import pytest

from apps.access import outbox


@pytest.fixture
def drain() -> Callable[[], int]:
    """Work off what the actions so far have asked for, but for the mails to all ministries: nobody here reads one."""
    return partial(outbox.drain, but=outbox.MAIL)
