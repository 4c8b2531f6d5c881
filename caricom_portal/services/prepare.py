"""Bring the database and the static files up to date, doing again only what has changed."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from caricom_portal.services.homes import PROJECT, ServiceError, database_root
from caricom_portal.services.locate import given_urls

LOCK_FILE = PROJECT / "requirements" / "base.txt"

MIGRATION_SOURCES = ("apps/*/migrations/*.py",)
WALL_SOURCES = (
    *("apps/access/wall.py", "apps/access/wall_tables.py", "apps/*/apps.py"),
    *("apps/**/managers.py", "apps/**/models/*.py", "apps/**/models.py"),
)
"""What the policies of PostgreSQL follow from, which are made after migrations."""
REFERENCE_SOURCES = (
    *("apps/*/seed/**/*", "apps/*/reference.py", "apps/*/manifest.py", "caricom_portal/manifest.py"),
    "caricom_portal/management/commands/load_reference.py",
)
KEY_SOURCES = ("apps/screening/matching/*.py", "apps/screening/matching/data/*")
"""What the stored search keys follow from."""


def sources(patterns: Iterable[str]) -> list[Path]:
    """The project's files that match, without compiled ones."""
    found = (path for pattern in patterns for path in PROJECT.glob(pattern))
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of names and contents, and of the locked packages, whose own migrations and files count too."""
    digest = hashlib.sha256(LOCK_FILE.read_bytes())
    for path in sorted(files):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Stamps:
    """What was done last, kept beside what it was done to, so that both vanish together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.done: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.done = {}

    def is_current(self, step: str, wanted: str) -> bool:
        """True when the step was done for exactly this."""
        return self.done.get(step) == wanted

    def set(self, step: str, done: str) -> None:
        """Remember, whole or not at all."""
        self.done[step] = done
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        draft.write_text(json.dumps(self.done, indent=1), encoding="utf-8")
        draft.replace(self.path)


def stamps_path(home: Path) -> Path:
    """What was done last to the embedded database of this home."""
    return database_root(home) / "postgres" / "stamps.json"


def manage(*arguments: str, env: Mapping[str, str]) -> str:
    """Run a management command with this interpreter; its output, or ServiceError with the end of what it said."""
    done = subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), *arguments],
        env=dict(env), cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True,
    )  # fmt: skip
    if done.returncode:
        raise ServiceError(f"manage.py {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


def refuse_unsafe_start(env: Mapping[str, str]) -> None:
    """ServiceError with the list of what is unsafe (caricom_portal/checks.py); nothing when all is well."""
    manage("check", "--deploy", "--tag", "portal", "--fail-level", "ERROR", env=env)


def prepare_database(
    home: Path,
    env: Mapping[str, str],
    urls: Mapping[str, str],
    *,
    demo: bool,
    say: Callable[[str], None],
) -> list[str]:
    """Migrate as the owner, load the reference data, the matcher's keys, and the demonstration once; the steps done.

    Each step that was due is told with `say`, with the seconds that it took.
    A database given from outside is not stamped: its state is its own affair, so every step is asked again.
    """
    embedded = "DATABASE_URL" not in given_urls()
    stamps = Stamps(stamps_path(home) if embedded else home / "stamps-none.json")
    owner = {**env, "DATABASE_URL": urls.get("DATABASE_OWNER_URL") or urls["DATABASE_URL"]}
    migrations = fingerprint(sources(MIGRATION_SOURCES))
    reference = fingerprint(sources(REFERENCE_SOURCES))
    walled = fingerprint(sources(WALL_SOURCES))
    steps: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = [
        ("migrate", migrations + walled, ("migrate", "--no-input", "--skip-checks", "-v0"), owner)
    ]
    steps.append(("load_reference", migrations + reference, ("load_reference",), dict(env)))
    if embedded:  # without a stamp each start would write every traveller's keys: there the operator does it
        steps.append(("rewrite_keys", fingerprint(sources(KEY_SOURCES)), ("rewrite_keys",), dict(env)))
    if demo:
        steps.append(("load_demo", "once", ("load_demo",), dict(env)))
    done = []
    for name, wanted, command, environment in steps:
        if embedded and stamps.is_current(name, wanted):
            continue
        started = time.monotonic()
        manage(*command, env=environment)
        done.append(name)
        say(f"{name}: {time.monotonic() - started:.1f} s")
        if embedded:
            stamps.set(name, wanted)
    return done


def collect_static(home: Path, env: Mapping[str, str]) -> bool:
    """Collect the static files when one of them has changed; True when it was needed."""
    root = Path(env.get("STATIC_ROOT") or home / "static")
    sources = [path for folder in ("static", "apps") for path in (PROJECT / folder).rglob("*") if _is_static(path)]
    wanted = fingerprint(sources)
    stamps = Stamps(home / "stamps.json")
    if root.is_dir() and stamps.is_current("static", wanted):
        return False
    manage("collectstatic", "--no-input", "--clear", "-v0", env=env)
    stamps.set("static", wanted)
    return True


def _is_static(path: Path) -> bool:
    return "static" in path.relative_to(PROJECT).parts and path.is_file()
