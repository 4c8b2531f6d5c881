"""The hook for a malware scanner: a command that is given the path of the file, or the socket of ClamAV's daemon.

FILE_SCANNER="clamdscan --no-summary --fdpass". Exit 0: nothing found; 1: infected; anything else: it could not look
(the convention of ClamAV's clamscan(1) and clamdscan(1)).

FILE_SCANNER="clamd:///run/clamav/clamd.ctl" or "clamd://HOST:3310". The bytes go through the socket (clamd(8),
INSTREAM), so that the daemon needs no right to read files; only its plain "stream: OK" is clean.
"""

import shlex
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

LONGEST_S, PING_S = 120, 2
VERDICTS = {0: "clean", 1: "refused"}
DAEMON = "clamd"
CHUNK = 65_536
LONGEST_REPLY = 4096  # bytes
FOUND, CLEAN = b" FOUND", b"stream: OK"


def configured() -> bool:
    """Whether there is a scanner."""
    return bool(settings.FILE_SCANNER.strip())


def name() -> str:
    """The program's name, for the record."""
    if is_daemon():
        return DAEMON
    return Path(shlex.split(settings.FILE_SCANNER)[0]).name[:100]


def verdict(path: Path) -> str:
    """clean, refused or unavailable for the bytes at `path`."""
    return _of_daemon(path) if is_daemon() else _of_command(path)


def is_daemon() -> bool:
    """Whether the setting names a socket."""
    return bool(settings.FILE_SCANNER.strip().startswith(f"{DAEMON}:"))


def daemon_address() -> str | tuple[str, int]:
    """The path of the daemon's socket, or its host and port; ValueError if the setting names neither."""
    parts = urlsplit(settings.FILE_SCANNER.strip())
    if parts.hostname and parts.port and parts.path in {"", "/"}:
        return parts.hostname, parts.port
    if not parts.netloc and parts.path.startswith("/") and not parts.query:
        return parts.path
    raise ValueError("clamd:///PATH/OF/SOCKET or clamd://HOST:PORT")


def daemon_answers() -> bool:
    """Whether ClamAV's daemon answers PING with PONG (clamd(8)), within two seconds."""
    until = time.monotonic() + PING_S
    try:
        with _linked(daemon_address(), until) as link:
            link.sendall(b"zPING\0")
            return _reply(link, until) == b"PONG"
    except (OSError, ValueError):
        return False


def _of_command(path: Path) -> str:
    command = [*shlex.split(settings.FILE_SCANNER), str(path)]
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603  (the operator's own command; no shell, and the path is a hash)
            command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=LONGEST_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unavailable"
    return VERDICTS.get(done.returncode, "unavailable")


def _of_daemon(path: Path) -> str:
    try:
        reply = _asked(path, time.monotonic() + LONGEST_S)
    except (OSError, ValueError):  # away, refused, too slow, broken off, or no such address
        return "unavailable"
    if reply == CLEAN:
        return "clean"
    return "refused" if reply.startswith(b"stream: ") and reply.endswith(FOUND) else "unavailable"


def _asked(path: Path, until: float) -> bytes:
    """What the daemon answers to the bytes at `path`, without the NUL that ends it."""
    with _linked(daemon_address(), until) as link:
        for part in _stream(path):
            link.settimeout(_left(until))
            link.sendall(part)
        return _reply(link, until)


def _linked(address: str | tuple[str, int], until: float) -> socket.socket:
    if not isinstance(address, str):
        return socket.create_connection(address, timeout=_left(until))
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        link.settimeout(_left(until))
        link.connect(address)
    except OSError:
        link.close()
        raise
    return link


def _stream(path: Path) -> Iterator[bytes]:
    """The command, then chunks with their length before them (4 bytes, network order), then a chunk of length 0."""
    yield b"zINSTREAM\0"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield struct.pack(">I", len(chunk)) + chunk
    yield struct.pack(">I", 0)


def _reply(link: socket.socket, until: float) -> bytes:
    """Up to the NUL; ValueError where the daemon hangs up before it or says too much."""
    said = b""
    while b"\0" not in said:
        link.settimeout(_left(until))
        part = link.recv(LONGEST_REPLY)
        said += part
        if not part or len(said) > LONGEST_REPLY:
            raise ValueError("no whole answer")
    return said.split(b"\0")[0]


def _left(until: float) -> float:
    """Seconds that remain; TimeoutError when none do."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
