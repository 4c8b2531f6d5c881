"""One simulator for the tests of this folder, behaving as it should at the start of each."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.gateway.side import RECORDS, TOKEN, Side


@pytest.fixture(scope="session")
def _simulator(tmp_path_factory: Any) -> Iterator[Side]:
    side = Side(tmp_path_factory.mktemp("interpol"))
    side.start()
    yield side
    side.kill()


@pytest.fixture
def side(_simulator: Side, settings: Any) -> Iterator[Side]:
    """The simulator, connected."""
    if _simulator.process.poll() is not None:
        _simulator.start()
    _simulator.behave("normal")
    _simulator.records.write_text(RECORDS)
    settings.INTERPOL_URL, settings.INTERPOL_TOKEN = _simulator.url, TOKEN
    settings.INTERPOL_SIMULATOR = _simulator.state
    yield _simulator
    _simulator.behave("normal")
