"""Every test of files has a folder of its own for them."""

from pathlib import Path
from typing import Any

import pytest

from tests import world


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILE_ROOT = tmp_path / "files"
    settings.FILE_SCANNER = ""
    return settings.FILE_ROOT


@pytest.fixture
def watchlist(cast: Any) -> Any:
    return world.a_watchlist(cast)


@pytest.fixture
def stored_files(folder: Path) -> Any:
    """The names of all files below FILE_ROOT."""
    return lambda: sorted(path.name for path in folder.rglob("*") if path.is_file())
