"""Databases that lie in memory while a run of tests lasts, and never longer."""

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from caricom_portal.services import memory_folder as module
from caricom_portal.services.embedded import borrowed_services
from caricom_portal.services.homes import held_lock, make_home
from caricom_portal.services.locate import running_services
from caricom_portal.services.memory_folder import MEMORY, has_room, memory_folder

in_memory = pytest.mark.skipif(not has_room(), reason="this machine has no room for databases in memory")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh home, and no address from the environment."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORTAL_HOME"):
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield make_home(folder / "home")
    shutil.rmtree(folder)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for files in memory."""
    monkeypatch.setattr(module, "MEMORY", tmp_path / "memory")
    (tmp_path / "memory").mkdir()
    return tmp_path / "memory"


def folders_of(home: Path) -> list[Path]:
    """What there is in memory for a home."""
    found = []
    for note in MEMORY.glob("caricom-portal-*/home"):
        with contextlib.suppress(FileNotFoundError):  # of another run, which has just ended
            found += [note.parent] * (note.read_text() == str(home))
    return found


@in_memory
def test_borrowed_databases_lie_in_memory_and_end_with_the_last_borrower(home: Path) -> None:
    with borrowed_services(home, fast=True, in_memory=True) as urls:
        (folder,) = folders_of(home)
        assert (folder / "postgres" / "data" / "PG_VERSION").exists()
        assert not (home / "postgres").exists()
        with psycopg.connect(urls["DATABASE_URL"]) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
    assert folders_of(home) == []
    assert running_services(home) is None


@in_memory
def test_what_a_killed_keeper_left_in_memory_goes_with_its_server(home: Path) -> None:
    with borrowed_services(home, fast=True, in_memory=True):
        keeper = running_services(home).keeper
        servers = psutil.Process(keeper.pid).children(recursive=True)
        of_databases = [one for one in servers if one.name() == "postgres"]
        os.kill(keeper.pid, signal.SIGKILL)
    try:
        assert len(folders_of(home)) == 1
        assert any(one.is_running() for one in of_databases)
        with memory_folder(make_home(home.with_name("another"))):
            assert folders_of(home) == []
        _, alive = psutil.wait_procs(of_databases, timeout=20)
        assert alive == []
    finally:
        for server in servers:
            with contextlib.suppress(psutil.NoSuchProcess):
                server.kill()


def test_a_folder_of_a_home_in_use_stays_and_one_of_a_home_that_is_gone_does_not(home: Path, memory: Path) -> None:
    other = make_home(home.with_name("other"))
    gone = make_home(home.with_name("gone"))
    kept = contextlib.ExitStack()
    with held_lock(other / "in-use") as got, memory_folder(other) as of_other:
        assert got
        of_gone = kept.enter_context(memory_folder(gone))
        kept.pop_all()  # as if it had been killed
        shutil.rmtree(gone)
        with memory_folder(home) as own:
            assert {own, of_other} == set(memory.iterdir())
            assert own.stat().st_mode & 0o777 == 0o711
        assert [of_other] == list(memory.iterdir())
    assert list(memory.iterdir()) == []
    assert of_gone != own


def test_a_home_begins_with_an_empty_folder_whatever_was_left_of_it(home: Path, memory: Path) -> None:
    left = contextlib.ExitStack()
    folder = left.enter_context(memory_folder(home))
    (folder / "postgres").mkdir()
    left.pop_all()
    with memory_folder(home) as again:
        assert [one.name for one in again.iterdir()] == ["home"]


@pytest.mark.parametrize(
    ("what", "value"),
    [("ROOM", 2**60), ("BESIDE", 2**60), ("MEMORY", Path("/no/such/folder"))],
    ids=["the-files", "the-processes", "no-such-place"],
)
def test_there_is_no_room_where_files_or_processes_have_none(
    what: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, what, value)
    assert not has_room()


def test_what_a_container_may_use_counts_and_not_what_its_machine_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(f"{2**30}\n")
    monkeypatch.setattr(module, "LIMIT", limit)
    assert not has_room()
