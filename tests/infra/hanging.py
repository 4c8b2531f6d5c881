"""A test that hangs in its database until somebody kills it: run by tests/infra/test_killed_runs.py alone."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


def test_that_hangs(cast: Any) -> None:
    assert cast["jam.border.head"]
    if hangs := os.environ.get("HANGS"):
        Path(hangs).write_text(connection.settings_dict["NAME"])
        time.sleep(600)
