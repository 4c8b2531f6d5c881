"""A run of tests that was killed leaves nothing that makes the next one fail, or stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from caricom_portal.services.homes import PROJECT
from caricom_portal.services.processes import wait_until

RUN = [sys.executable, "-m", "pytest", "-q", "-n0", "tests/infra/hanging.py"]


def databases() -> set[str]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as admin:
        return {name for (name,) in admin.execute("SELECT datname FROM pg_database").fetchall()}


@pytest.mark.django_db
def test_the_run_after_a_killed_one_passes_and_clears_its_database_away(tmp_path: Path) -> None:
    told = tmp_path / "database"
    killed = subprocess.Popen(RUN, cwd=PROJECT, env={**os.environ, "HANGS": str(told)}, stdout=subprocess.DEVNULL)
    try:
        assert wait_until(lambda: (told.exists() and told.read_text()) or killed.poll() is not None, 300)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    left = told.read_text()
    assert left in databases()
    after = subprocess.run(RUN, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert after.returncode == 0, after.stdout
    assert left not in databases()
