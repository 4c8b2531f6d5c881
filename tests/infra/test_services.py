"""The embedded services: kept running, found again, never in each other's way."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from caricom_portal.services.commands import needs_database, services_for
from caricom_portal.services.embedded import borrowed_services, sole_use, start_services
from caricom_portal.services.homes import PROJECT, ServiceError, database_root, held_lock, make_home
from caricom_portal.services.keeping import Keeper, Program
from caricom_portal.services.locate import running_services, service_urls
from caricom_portal.services.processes import Identity, free_port, wait_until
from caricom_portal.services.supervisor import Supervisor

SECOND_OWNER = """
import sys, time
from pathlib import Path
from caricom_portal.services.embedded import start_services
from caricom_portal.services.keeping import Keeper
start_services(Keeper(print), Path(sys.argv[1]), "portal")
print("up", flush=True)
time.sleep(300)
"""


@pytest.fixture(autouse=True)
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address comes from the environment."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORTAL_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def signals_as_before() -> Iterator[None]:
    """A supervisor run in this process must not leave its signals behind: a pool's workers would never end."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that every account can walk to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home(reachable: Path) -> Path:
    """A fresh home."""
    return make_home(reachable / "home")


@pytest.fixture
def keeper(reachable: Path) -> Iterator[Keeper]:
    """A keeper that is stopped at the end, before its folder goes."""
    keeper = Keeper(lambda line: None)
    yield keeper
    keeper.stop()


def restored(keeper: Keeper) -> bool:
    """Let the keeper look until everything runs again."""

    def all_alive() -> bool:
        keeper.look()
        return all(one.is_alive() for one in keeper.kept)

    return wait_until(all_alive, 40)


def kill(kept: object) -> None:
    """End it as a crash would, and wait until it is gone."""
    kept.process.send_signal(signal.SIGKILL)  # type: ignore[attr-defined]
    kept.process.wait(5)  # type: ignore[attr-defined]


def test_committed_rows_and_queued_tasks_survive_the_killing_of_both_servers(home: Path, keeper: Keeper) -> None:
    urls = start_services(keeper, home, "portal")
    with psycopg.connect(urls["DATABASE_OWNER_URL"]) as owner:
        owner.execute("CREATE TABLE note (text text)")
        owner.execute("INSERT INTO note VALUES ('kept')")
    redis.Redis.from_url(urls["REDIS_URL"]).rpush("queue", "task")
    for one in keeper.kept:
        kill(one)
    assert restored(keeper)
    with psycopg.connect(urls["DATABASE_URL"]) as app:
        assert app.execute("SELECT text FROM note").fetchone() == ("kept",)
    assert redis.Redis.from_url(urls["REDIS_URL"]).lpop("queue") == b"task"


def test_a_transaction_that_somebody_opens_by_hand_is_ended_after_a_minute_of_silence(
    home: Path, keeper: Keeper
) -> None:
    urls = start_services(keeper, home, "portal")
    for role in ("DATABASE_OWNER_URL", "DATABASE_URL"):
        with psycopg.connect(urls[role]) as own:
            assert own.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("1min",)


def test_the_application_sees_whose_transactions_stand_open(home: Path, keeper: Keeper) -> None:
    urls = start_services(keeper, home, "portal")
    with psycopg.connect(urls["DATABASE_OWNER_URL"]) as other, psycopg.connect(urls["DATABASE_URL"]) as app:
        other.execute("SELECT 1")
        found = app.execute("SELECT xact_start FROM pg_stat_activity WHERE pid = %s", [other.info.backend_pid])
        assert found.fetchone() != (None,)


def test_the_application_role_owns_nothing_and_cannot_bypass_row_security(home: Path, keeper: Keeper) -> None:
    urls = start_services(keeper, home, "portal")
    with psycopg.connect(urls["DATABASE_URL"]) as app:
        rights = app.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
        assert rights == (False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (x int)")


def test_the_broker_refuses_whoever_has_no_password(home: Path, keeper: Keeper) -> None:
    url = start_services(keeper, home, "portal")["REDIS_URL"]
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(f"redis://{url.rpartition('@')[2]}").ping()


def test_services_left_by_a_killed_supervisor_are_stopped_and_started_anew(home: Path, keeper: Keeper) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", SECOND_OWNER, str(home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "up\n"
    servers = [child for child in psutil.Process(first.pid).children() if child.name() in ("postgres", "valkey-server")]
    assert len(servers) == 2
    first.kill()
    first.wait()
    assert running_services(home) is None
    start_services(keeper, home, "portal")
    assert wait_until(lambda: not any(one.is_running() for one in servers), 5)
    assert all(one.is_alive() for one in keeper.kept)


def test_a_second_portal_on_the_same_home_is_refused_in_one_sentence(home: Path, keeper: Keeper) -> None:
    with sole_use(home, print):
        start_services(keeper, home, "portal")
        with pytest.raises(ServiceError, match="is in use by another portal") as refusal, sole_use(home, print):
            pass
    assert "\n" not in str(refusal.value)


def test_two_homes_run_side_by_side(reachable: Path, keeper: Keeper) -> None:
    addresses = [start_services(keeper, make_home(reachable / name), "portal") for name in ("one", "two")]
    for urls in addresses:
        with psycopg.connect(urls["DATABASE_URL"]) as app:
            assert app.execute("SELECT current_user").fetchone() == ("portal_app",)
    assert addresses[0]["DATABASE_URL"] != addresses[1]["DATABASE_URL"]


def test_a_command_starts_the_services_for_its_own_duration_and_another_shares_them(home: Path) -> None:
    with borrowed_services(home) as first:
        with borrowed_services(home) as second:
            assert first == second
        with psycopg.connect(first["DATABASE_URL"]) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
        running = running_services(home)
        assert running is not None
    assert wait_until(lambda: not running.keeper.is_alive(), 10)
    assert service_urls(home) == {}


def test_services_end_when_the_borrower_is_killed(home: Path) -> None:
    borrow = (
        "import sys, time, pathlib; from caricom_portal.services.embedded import borrowed_services as b\n"
        "with b(pathlib.Path(sys.argv[1])):\n    print('up', flush=True); time.sleep(300)"
    )
    borrower = subprocess.Popen(
        [sys.executable, "-c", borrow, str(home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert borrower.stdout is not None
    assert borrower.stdout.readline() == "up\n"
    running = running_services(home)
    assert running is not None
    borrower.kill()
    borrower.wait()
    assert wait_until(lambda: not running.keeper.is_alive(), 10)


def test_given_addresses_win_and_lose_their_database_number(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal_app@db/portal")
    monkeypatch.setenv("REDIS_URL", "redis://broker:6379/0")
    with borrowed_services(home) as urls:
        assert urls == {"DATABASE_URL": "postgresql://portal_app@db/portal", "REDIS_URL": "redis://broker:6379"}
    assert not (home / "services.json").exists()


def test_a_killed_program_is_started_again_without_its_old_children(home: Path, keeper: Keeper) -> None:
    script = "import subprocess, time; subprocess.Popen(['sleep', '300']); time.sleep(300)"
    program = Program("pool", [sys.executable, "-c", script], home, os.environ)
    keeper.start(program)
    old = program.process
    assert old is not None
    assert wait_until(lambda: len(psutil.Process(old.pid).children()) == 1, 5)
    orphan = psutil.Process(old.pid).children()[0]
    kill(program)
    assert restored(keeper)
    assert program.process is not old
    assert wait_until(lambda: not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE, 5)


def test_a_program_that_keeps_dying_is_restarted_with_growing_pauses(home: Path) -> None:
    said: list[str] = []
    keeper = Keeper(said.append)
    keeper.start(Program("broken", [sys.executable, "-c", "raise SystemExit(3)"], home, os.environ))

    def died_thrice() -> bool:
        keeper.look()
        return len(said) == 3

    try:
        assert wait_until(died_thrice, 60)
    finally:
        keeper.stop()
    assert [re.findall(r"again in (\d+) s", line) for line in said] == [["0"], ["1"], ["3"]]
    assert keeper.failures("broken") == 3


def test_stopping_ends_a_program_that_ignores_the_request(home: Path) -> None:
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(99)"
    )
    program = Program("stubborn", [sys.executable, "-c", script], home, os.environ, hurry=signal.SIGINT)
    program.start()
    assert wait_until(lambda: b"up" in program.log_path.read_bytes(), 5)
    assert program.process is not None
    program.grace_s = 0.5
    program.stop()
    assert Identity.of(program.process.pid) is None


@pytest.mark.usefixtures("signals_as_before")
def test_a_taken_port_is_named_before_anything_is_started(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError, match=f"Port {port} .* set PORTAL_PORT"):
            Supervisor(home, host="127.0.0.1", port=port, demo=True).run()
    assert not (home / "postgres").exists()


@pytest.mark.usefixtures("signals_as_before")
def test_a_command_that_outlives_its_portal_knows_its_services_and_starts_none(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portal says that it is ready, and is stopped while it asks a command who can sign in."""
    told: list[dict[str, str]] = []

    def stopped(*_arguments: str, env: dict[str, str]) -> str:
        told.append(env)
        raise SystemExit(0)

    whole = "caricom_portal.services.supervisor"
    monkeypatch.setattr(f"{whole}.manage", stopped)
    monkeypatch.setattr(f"{whole}.prepare_database", lambda *_args, **_more: [])
    monkeypatch.setattr(f"{whole}.collect_static", lambda *_args: False)
    monkeypatch.setattr(f"{whole}.portal_programs", lambda *_args: [])
    monkeypatch.setattr(f"{whole}.ask_health", lambda *_args: (True, ""))
    with pytest.raises(SystemExit):
        Supervisor(home, host="127.0.0.1", port=free_port(), demo=True).run()
    [env] = told
    assert {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"} <= env.keys()


@pytest.mark.parametrize(("said", "seen"), [(None, "1"), ("0", "0")])
def test_a_command_beside_a_demonstration_belongs_to_it_unless_told_otherwise(
    said: str | None, seen: str, home: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_HOME", str(home))
    monkeypatch.setenv("PORTAL_DEMO", said or "")
    if said is None:
        monkeypatch.delenv("PORTAL_DEMO")
    start_services(keeper, home, "portal", demo=True)
    with services_for(["demo_cast", "--json"]):
        assert os.environ["PORTAL_DEMO"] == seen


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may need another account for the database")
def test_root_puts_the_database_outside_a_home_that_its_account_cannot_reach(reachable: Path, keeper: Keeper) -> None:
    closed = reachable / "closed"
    closed.mkdir(mode=0o700)
    home = make_home(closed / "home")
    outside = database_root(home)
    try:
        assert not outside.is_relative_to(closed)
        assert database_root(home) == outside
        urls = start_services(keeper, home, "portal")
        with psycopg.connect(urls["DATABASE_URL"]) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
        keeper.stop()
    finally:
        shutil.rmtree(outside)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("paxlst FILE --json", False),
        ("match_pairs FILE", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("check", False),
        ("check --deploy", True),
        ("makemigrations --check", False),
        ("demo_cast --json", True),
        ("verify_audit", True),
        ("", False),
    ],
)
def test_only_commands_that_need_the_database_start_one(line: str, wanted: bool) -> None:
    assert needs_database(line.split()) is wanted


def test_a_lock_is_held_by_one_and_freed_with_the_block(tmp_path: Path) -> None:
    with held_lock(tmp_path / "lock") as first:
        assert first
        with held_lock(tmp_path / "lock") as second:
            assert not second
    with held_lock(tmp_path / "lock") as third:
        assert third
