"""Holders of keys of two States, for the stories of sealed texts."""

from typing import Any

import pytest

from tests.sealing.holders import JAMAICA, Holder, holders


@pytest.fixture
def ours(cast: Any) -> list[Holder]:
    """Holders of Barbados."""
    return holders(cast)


@pytest.fixture
def theirs(cast: Any) -> list[Holder]:
    """Holders of Jamaica."""
    return holders(cast, JAMAICA)
