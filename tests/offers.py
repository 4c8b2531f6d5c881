"""What tests offer to the apps' registers, beside or in place of what the manifests say."""

from typing import Any

import pytest

from apps.access.manifest import registry


def offer(register: str, **things: Any) -> None:
    """Offer things to a register by key, to the end of the process; `__` in a key stands for a dot."""
    registry.offered(register).update({key.replace("__", "."): thing for key, thing in things.items()})


def offer_alone(monkeypatch: pytest.MonkeyPatch, register: str, *things: Any) -> None:
    """For this test a register holds these things and no others."""
    monkeypatch.setitem(registry._offered, register, {str(number): thing for number, thing in enumerate(things)})
