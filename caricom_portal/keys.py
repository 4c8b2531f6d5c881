"""Secrets of one portal: given by the environment, else made at first start and kept under PORTAL_HOME/keys.

A key made here is good for a portal on its own machine; production refuses it (caricom_portal/checks.py), because
whoever can copy the data folder would have the key as well.
"""

import base64
import os
import secrets
from pathlib import Path

KEY_BYTES = 32  # 256 bits; urlsafe base64 of 32 bytes is also the form that Fernet (FIELD_KEY) wants


class MissingKey(RuntimeError):
    """A key file named by the environment cannot be read or is empty."""


def given_key(name: str) -> str | None:
    """The key from the variable NAME, or from the file named by NAME_FILE; None when neither is set.

    Raises MissingKey when NAME_FILE is set but gives nothing: a silent fall back would encrypt with another key.
    """
    if os.environ.get(name):
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise MissingKey(f"{name}_FILE names {path}, which cannot be read: {error.strerror}") from error
    if not text:
        raise MissingKey(f"{name}_FILE names {path}, which is empty")
    return text


def given_keys(name: str) -> list[str]:
    """Keys given under one name, apart by spaces, commas or lines; none where it is not set. Raises as given_key."""
    return (given_key(name) or "").replace(",", " ").split()


def kept_key(name: str, home: Path) -> str:
    """The key kept in HOME/keys/NAME, made there when absent; folder mode 0700, file mode 0600.

    Safe against several processes starting at once: the first whole file wins and all read that one.
    """
    path = Path(home) / "keys" / name
    if not path.exists():
        draft = _draft(path, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def put_key(name: str, home: Path, text: str) -> None:
    """Keep this key in HOME/keys/NAME in place of the one that is there: what a restored backup was written with."""
    path = Path(home) / "keys" / name
    _draft(path, text.strip()).replace(path)


def _draft(path: Path, text: str) -> Path:
    """A whole file with the key beside `path`; folder mode 0700, file mode 0600."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def key(name: str, home: Path) -> str:
    """The secret called NAME for the portal in HOME: from the environment, else kept under HOME/keys."""
    return given_key(name) or kept_key(name, home)


def lies_beside(name: str, home: Path) -> bool:
    """True when the key in use can be read below PORTAL_HOME: NAME_FILE is there, or HOME/keys still holds that key.

    Whoever copies the data folder, or a backup of it, would have the key as well.
    """
    kept, path = Path(home) / "keys" / name, os.environ.get(f"{name}_FILE")
    if not os.environ.get(name) and path and Path(path).resolve().is_relative_to(Path(home).resolve()):
        return True
    return kept.is_file() and kept.read_text(encoding="ascii", errors="replace").strip() == given_key(name)


def is_generated(name: str) -> bool:
    """True when key(name, …) is one made by the portal itself, not one given by the operator."""
    return given_key(name) is None
