"""An embedded Valkey (a Redis-compatible broker) whose queue survives being killed."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil

from caricom_portal.keys import kept_key
from caricom_portal.services.binaries import valkey_server
from caricom_portal.services.homes import ServiceError
from caricom_portal.services.processes import free_port, wait_until

START_LIMIT_S = 30


class Valkey:
    """One Valkey server over HOME/valkey; port and password stay the same for the life of this object."""

    name = "valkey"

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        self.home = home
        self.root = home / "valkey"
        self.fast = fast
        self.port = free_port()
        self.password = kept_key("valkey", home)
        self.log_path = home / "logs" / "valkey.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers, its append-only file read."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._stop_left_over()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [valkey_server(), self._write_configuration()],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + START_LIMIT_S
        while self.is_alive() and time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.02)
        said = self.log_path.read_text(encoding="utf-8", errors="replace")
        raise ServiceError(f"Valkey did not start:\n{said[-2000:]}")

    def is_alive(self) -> bool:
        """True while the server's process runs."""
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        """True when it answers PING; while it reads its file it says -LOADING."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.5) as wire:
            wire.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            reply = b""
            while reply.count(b"\r\n") < 2:
                part = wire.recv(256)
                if not part:
                    return False
                reply += part
            return reply.startswith(b"+OK") and b"+PONG" in reply
        return False

    def stop(self) -> None:
        """Stop cleanly; everything acknowledged is on disk already."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)

    def urls(self) -> dict[str, str]:
        """The address, without a database number."""
        return {"REDIS_URL": f"redis://:{self.password}@127.0.0.1:{self.port}"}

    def _write_configuration(self) -> Path:
        """A file rather than arguments, which everybody on the machine could read the password from."""
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.root}"',
            f'pidfile "{self.root / "valkey.pid"}"',
            "daemonize no",
            "databases 64",
            "maxmemory-policy noeviction",  # any other policy would drop waiting tasks without a word
        ]
        # every acknowledged task is on disk before the acknowledgement (439 a second from one process)
        lines += ["save ''", "appendonly no"] if self.fast else ["appendonly yes", "appendfsync always"]
        path = self.root / "valkey.conf"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def _stop_left_over(self) -> None:
        """Stop the server that a killed supervisor left: two servers would spoil the same append-only file."""
        with contextlib.suppress(OSError, ValueError, psutil.Error):
            left = psutil.Process(int((self.root / "valkey.pid").read_text(encoding="ascii")))
            if left.name().startswith("valkey") and Path(left.cwd()) == self.root:
                left.send_signal(signal.SIGTERM)
                wait_until(lambda: not left.is_running() or left.status() == psutil.STATUS_ZOMBIE, 15)
