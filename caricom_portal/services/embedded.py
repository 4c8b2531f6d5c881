"""The embedded services of one home: who may start them, and how others borrow them."""

import contextlib
import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from caricom_portal.services.homes import PROJECT, ServiceError, held_lock, make_home
from caricom_portal.services.keeping import Keeper, ignore_signals, stop_on_signals
from caricom_portal.services.locate import given_urls, note_path, running_services, service_urls, write_note
from caricom_portal.services.memory_folder import memory_folder
from caricom_portal.services.postgres import Postgres
from caricom_portal.services.processes import wait_until
from caricom_portal.services.valkey import Valkey

LOOK_S = 0.2
START_LIMIT_S = 120  # a first start copies programs and makes a cluster, on a loaded machine
YIELD_TO_OTHERS_S = 5
YIELD_LIMIT_S = 60  # how long `make run` waits for a management command that has the home


@contextlib.contextmanager
def sole_use(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the home for the block; ServiceError when another portal has it.

    A management command, and a portal that is just stopping, are waited for.
    """
    end = time.monotonic() + YIELD_LIMIT_S
    waiting = False
    while True:
        with held_lock(home / "in-use") as got:
            if got:
                yield
                return
        running = running_services(home)
        if (running and running.kind == "portal") or time.monotonic() > end:
            raise ServiceError(f"{home} is in use by another portal; stop it, or set PORTAL_HOME to another folder.")
        if not waiting:
            say(f"waiting for the command that is using {home} …")
            waiting = True
        time.sleep(LOOK_S)


def start_services(
    keeper: Keeper, home: Path, kind: str, *, fast: bool = False, root: Path | None = None, demo: bool = False
) -> dict[str, str]:
    """Start what the environment does not give, and write down where it is; returns all addresses.

    The database's files lie below `root`, or where this home has them.
    """
    urls = given_urls()
    if "DATABASE_URL" not in urls:
        database = Postgres(home, fast=fast, root=root)
        keeper.start(database)
        urls |= database.urls()
    if "REDIS_URL" not in urls:
        broker = Valkey(home, fast=fast)
        keeper.start(broker)
        urls |= broker.urls()
    write_note(home, kind, urls, demo=demo)
    return urls


def keep_while_borrowed(home: Path, *, fast: bool, in_memory: bool, linger_s: float) -> None:
    """Run the services until nobody has borrowed them for `linger_s` seconds. The body of a keeper process.

    Databases in memory are new ones, and end with it.
    """
    keeper = Keeper(lambda line: print(line, flush=True))
    stop_on_signals()
    with contextlib.ExitStack() as ending:
        if not wait_until(lambda: ending.enter_context(held_lock(home / "in-use")), YIELD_TO_OTHERS_S, LOOK_S):
            return  # somebody else was first; the borrower uses those services
        root = ending.enter_context(memory_folder(home)) if in_memory else None
        ending.callback(keeper.stop)
        ending.callback(note_path(home).unlink, missing_ok=True)
        ending.callback(ignore_signals)
        start_services(keeper, home, "command", fast=fast, root=root)
        idle_since = time.monotonic()
        while True:
            keeper.look()
            with held_lock(home / "borrowers") as nobody:
                if not nobody:
                    idle_since = time.monotonic()
                elif time.monotonic() - idle_since >= linger_s:
                    ending.close()  # within the lock: a new borrower waits and then starts afresh
                    return
            time.sleep(LOOK_S)


@contextlib.contextmanager
def borrowed_services(
    home: Path, *, fast: bool = False, in_memory: bool = False, linger_s: float = 0
) -> Iterator[dict[str, str]]:
    """The addresses of this home's services for the block, started for its duration when nobody runs them."""
    urls = given_urls()
    if "DATABASE_URL" in urls and "REDIS_URL" in urls:
        yield urls
        return
    make_home(home)
    with open(home / "borrowers", "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        if running_services(home) is None:
            _start_keeper(home, fast=fast, in_memory=in_memory, linger_s=linger_s)
        running = running_services(home)
        yield service_urls(home)
    if running and running.kind == "command" and linger_s == 0:
        wait_until(lambda: not running.keeper.is_alive(), 3)


def _start_keeper(home: Path, *, fast: bool, in_memory: bool, linger_s: float) -> None:
    command = [sys.executable, "-m", "caricom_portal.services", "keep", str(home), "--linger", str(linger_s)]
    command += ["--fast"] * fast + ["--in-memory"] * in_memory
    log_path = home / "logs" / "services.log"
    with open(log_path, "ab") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    wait_until(lambda: running_services(home) is not None or process.poll() not in (None, 0), START_LIMIT_S)
    if running_services(home) is None:
        said = log_path.read_text(encoding="utf-8", errors="replace")
        raise ServiceError(f"The embedded services did not start; {log_path} ends with:\n{said[-1500:]}")
