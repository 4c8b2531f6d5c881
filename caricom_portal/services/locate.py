"""Find the database and the broker of the portal that lives in a given home."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from caricom_portal.services.processes import Identity

URL_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@dataclass(frozen=True)
class Running:
    """What HOME/services.json says while its writer lives; `kind` is "portal" or "command"."""

    kind: str
    keeper: Identity
    urls: dict[str, str]
    demo: bool


def note_path(home: Path) -> Path:
    """The file in which the keeper of the services says where they listen; readable by its owner alone."""
    return Path(home) / "services.json"


def running_services(home: Path) -> Running | None:
    """The services that somebody keeps running in this home; None when the note is absent or its writer is dead."""
    try:
        data = json.loads(note_path(home).read_text(encoding="utf-8"))
        keeper = Identity.read(data["keeper"])
        urls = {name: str(data["urls"][name]) for name in URL_NAMES if name in data["urls"]}
        kind, demo = str(data["kind"]), bool(data.get("demo"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if keeper is None or not keeper.is_alive():
        return None
    return Running(kind, keeper, urls, demo)


def write_note(home: Path, kind: str, urls: dict[str, str], *, demo: bool = False) -> None:
    """Say that this process keeps services running; whole or not at all, mode 0600 (the addresses hold passwords)."""
    path = note_path(home)
    draft = path.with_name(f".services.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({"kind": kind, "keeper": Identity.own().as_data(), "urls": urls, "demo": demo}, file)
    draft.replace(path)


def given_urls() -> dict[str, str]:
    """Addresses that the environment gives; a given one is never replaced by an embedded service."""
    urls = {name: os.environ[name] for name in URL_NAMES if os.environ.get(name)}
    if "REDIS_URL" in urls:
        # the portal numbers its databases itself (0 broker, 1 cache, 2 live channels)
        urls["REDIS_URL"] = re.sub(r"/\d*$", "", urls["REDIS_URL"])
    return urls


def service_urls(home: Path) -> dict[str, str]:
    """DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL as far as known, without starting anything.

    The environment first, then the services that run in this home; {} when neither knows any.
    """
    urls = given_urls()
    if "DATABASE_URL" in urls and "REDIS_URL" in urls:
        return urls
    running = running_services(home)
    found = dict(running.urls) if running else {}
    if "DATABASE_URL" in urls and urls["DATABASE_URL"] != found.get("DATABASE_URL"):
        found.pop("DATABASE_OWNER_URL", None)  # the owner of another database
    return found | urls
