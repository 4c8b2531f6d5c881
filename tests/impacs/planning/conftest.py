"""Workbooks that are sent in have a folder of their own for each test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILE_ROOT = tmp_path / "files"
    settings.FILE_SCANNER = ""
    return settings.FILE_ROOT
