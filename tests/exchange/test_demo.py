"""The demonstration of requests: played by the cast, once."""

from typing import Any

import pytest

from apps.exchange.models import Request
from apps.exchange.tasks import run_exchange_clock
from demo import exchange as demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_shows_two_states_asking_about_one_phone(cast: Any) -> None:
    assert demo.load() == demo.load() == 4
    states = sorted(Request.objects.values_list("state", flat=True))
    assert states == ["closed", "draft", "in_progress", "in_progress"]
    last = Request.objects.exclude(sent_at=None).order_by("sent_at").last()
    assert run_exchange_clock(last.sent_at)["pairs"] == 1
