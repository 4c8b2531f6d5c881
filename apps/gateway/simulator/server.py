"""The simulator's HTTP server: the interface of apps.gateway.rules.wire, and the ways in which it can fail. Pure.

GET /journal gives what was asked, in order: [{"request", "source", "questions"}], the last thousand.
"""

import hmac
import json
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from apps.gateway.simulator import records
from apps.gateway.simulator.state import SERVICES, read_modes

SLOW_S = 2.5
LONGEST_BODY = 2**20


class Simulator(ThreadingHTTPServer):
    """Listens on this machine alone."""

    daemon_threads = True

    def __init__(
        self, port: int, state: Path, *, token: str = "", slow_s: float = SLOW_S, seed: Path = records.SEED
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.state, self.token, self.slow_s = state, token, slow_s
        self.records = records.load_simulator_records(seed)
        self.journal: deque[dict[str, Any]] = deque(maxlen=1000)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Simulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The journal."""
        if self._may_ask():
            known = self.path == "/journal"
            self._send(200 if known else 404, json.dumps(list(self.server.journal) if known else {}).encode())

    def do_POST(self) -> None:
        """A query."""
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(min(length, LONGEST_BODY))
        if not self._may_ask():
            return
        source = SERVICES.get(self.path)
        try:
            said = json.loads(raw)
            asked = [(one["id"], one) for one in said["queries"]]
        except (ValueError, TypeError, KeyError):
            source = None
        if source is None:
            self._send(400 if self.path in SERVICES else 404, b"{}")
            return
        self.server.journal.append({"request": said["request"], "source": source, "questions": said["queries"]})
        self._behave(read_modes(self.server.state)[source], said, asked)

    def _may_ask(self) -> bool:
        given = self.headers.get("Authorization", "")
        if not self.server.token or hmac.compare_digest(given, f"Bearer {self.server.token}"):
            return True
        self._send(401, b"{}")
        return False

    def _behave(self, mode: str, said: dict[str, Any], asked: list[Any]) -> None:
        if mode == "down":
            self.close_connection = True
            self.connection.close()
            return
        if mode == "slow":
            time.sleep(self.server.slow_s)
        if mode == "error":
            self._send(500, b'{"error": "internal"}')
            return
        kept = asked[: len(asked) // 2] if mode == "half" else asked
        answers = [self._answer(one) for _key, one in kept]
        if mode == "other":
            answers = [{**one, "document": {"number": "0"}, "identity": {"surname": "OTHER"}} for one in answers]
        body = json.dumps({"request": said["request"], "answers": answers}).encode()
        self._send(200, body[: len(body) // 2] if mode == "broken" else body, cut=mode == "cut")

    def _answer(self, one: dict[str, Any]) -> dict[str, Any]:
        if "document" in one:
            found = records.of_document(self.server.records["documents"], one["document"])
        else:
            found = records.of_person(self.server.records["persons"], one["identity"])
        return {**one, "result": "found" if found else "none", "records": found}

    def _send(self, status: int, body: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: addresses and questions belong into no log."""
