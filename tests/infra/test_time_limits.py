"""What PostgreSQL ends by itself, and what the portal's processes are called among its sessions."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from caricom_portal import stores
from caricom_portal.services import backups, programs


class Stopped(Exception):
    """Far enough."""


def asked(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_a_transaction_that_nobody_goes_on_with_is_ended_after_a_minute(db: None) -> None:
    assert asked("SHOW idle_in_transaction_session_timeout") == "1min"


def test_the_transaction_of_a_backup_stands_open_while_it_is_dumped(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []

    def write(*_file: Any, **_about: Any) -> None:
        said.append(asked("SHOW idle_in_transaction_session_timeout"))
        raise Stopped

    monkeypatch.setattr(backups, "write", write)
    with pytest.raises(Stopped):
        call_command("backup", str(tmp_path / "file"))
    assert said == ["0"]


@pytest.mark.parametrize(("process", "limited"), [("web", True), ("worker", False)])
def test_a_page_has_no_longer_than_two_of_its_longest_statements(
    process: str, limited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_PROCESS", process)
    monkeypatch.setenv("DATABASE_STATEMENT_S", "7")
    options = stores.database("postgresql://portal_app@127.0.0.1:1/portal", pool=0)["OPTIONS"]
    assert ("-c transaction_timeout=14000" in options["options"]) == limited
    assert options["application_name"] == f"portal {process}"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (programs.worker_command(), "worker"),
        (programs.intake_command(), "intake"),
        (programs.scheduler_command(Path("/home")), "scheduler"),
        (["python", "manage.py", "backup", "file"], "command backup"),
        (["python", "-c", "pass"], "command"),
    ],
)
def test_each_program_is_called_by_what_it_does(command: list[str], name: str) -> None:
    _python, *words = command
    if words[:2] == ["-m", "celery"]:
        words = ["/packages/celery/__main__.py", *words[2:]]  # as Python gives it to the module
    assert stores.called(*words) == name


def test_the_sessions_of_this_process_bear_its_name(db: None) -> None:
    assert asked("SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()") == "portal command"
