"""What a policy answers while no app has a line of requests (tests/exchange/policy.toml asks with lines)."""

import pytest

from tests.policies import load
from tests.seats import seat


def test_where_there_is_no_line_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load("apps.exchange.rules.lines"), "_lines", dict)
    assert load("apps.exchange.policy").may_ask(seat("JAM.contact head"), None).code == "no-line"
