"""Where a portal keeps its state, and which account may own the database's part of it.

PostgreSQL refuses to run as root. Started by root it runs as an unprivileged account, which must be able to walk to
its data; below a folder like /root it cannot, and then the data lies outside the home, under /var/tmp.
"""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = Path("/var/tmp")


class ServiceError(RuntimeError):
    """A service cannot be started or used; the message is one sentence for the operator."""


def portal_home() -> Path:
    """PORTAL_HOME, or `var` in the checkout."""
    return Path(os.environ.get("PORTAL_HOME") or PROJECT / "var").resolve()


def make_home(home: Path) -> Path:
    """Make the home walkable for the database's account (only its keys and logs are private)."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            home.chmod(home.stat().st_mode | 0o111)
        (home / "logs").mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise ServiceError(f"PORTAL_HOME {home} cannot be used: {error.strerror}.") from error
    return home


def service_account() -> pwd.struct_passwd | None:
    """The account that PostgreSQL runs as when we are root; None when we are an ordinary user already.

    It must have an entry in the account list: initdb refuses a bare number.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServiceError("PostgreSQL must not run as root: create an account with `useradd --system postgres`.")


def is_walkable(path: Path) -> bool:
    """True when every account may pass through `path` and all folders above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def database_root(home: Path) -> Path:
    """The folder for the database's files: HOME itself, or a folder outside that HOME/outside names.

    The name outside is random and written into the home, so that a home made anew never meets old data.
    """
    if os.geteuid() != 0 or is_walkable(home):
        return home
    note = home / "outside"
    if not note.exists():
        note.write_text(f"{OUTSIDE / f'caricom-portal-{secrets.token_hex(6)}'}\n", encoding="utf-8")
    root = Path(note.read_text(encoding="utf-8").strip())
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o711)
    return root


@contextlib.contextmanager
def held_lock(path: Path, *, shared: bool = False) -> Iterator[bool]:
    """Try to hold a file lock for the block; yields whether it was got. The kernel frees it however we end."""
    with open(path, "a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def remove_home(home: Path) -> None:
    """Remove a home and what lies outside it; asks first when a database is in it.

    ServiceError when a portal or command is using it, or when the answer is not yes.
    """
    for used in (home, home / "test"):
        if (used / "in-use").exists():
            with held_lock(used / "in-use") as got:
                if not got:
                    raise ServiceError(f"{used} is in use; stop the portal first.")
    roots = [root for root in (home, home / "test") if root.exists()]
    notes = [root / "outside" for root in roots if (root / "outside").exists()]
    outside = [Path(note.read_text(encoding="utf-8").strip()) for note in notes]
    if any((folder / "postgres" / "data").exists() for folder in (home, *outside)):
        print(f"{home} holds a portal's data and keys. Remove all of it? Type yes: ", end="", flush=True)
        if sys.stdin.readline().strip().lower() != "yes":
            raise ServiceError("Nothing was removed.")
    for folder in (*outside, home):
        shutil.rmtree(folder, ignore_errors=True)
