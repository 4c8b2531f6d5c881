"""The INTERPOL side of the tests: the real simulator as a process, with a few records of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from apps.gateway.simulator.state import SERVICES, write_modes

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "only-for-tests"
RECORDS = """
[[documents]]
id = "SLTD-1"
status = "stolen"
document = { type = "P", number = "A4410927", issuer = "JAM" }
[[persons]]
id = "N-1"
colour = "red"
restricted = ["BRB"]
identity = { surname = "QUILLINGFORD", given_names = "TAVARIS", birth_date = "1977-04-19", nationality = ["JAM"] }
[[persons]]
id = "N-2"
colour = "blue"
identity = { surname = "RAMKISSON", given_names = "ANAL", birth_date = "1984-11-30", nationality = ["SUR"] }
[[persons]]
id = "N-3"
colour = "blue"
identity = { surname = "PIERRE-LOUIS", given_names = "WIDLINE", birth_date = "2002-01-05" }
"""
WITHOUT = "documents = []\npersons = []\n"
"""The same side once it holds nothing any more."""


class Side:
    """A simulator in a folder; `port` stays the same when it is started again."""

    def __init__(self, folder: Path) -> None:
        self.state, self.records, self.port = folder / "state.json", folder / "records.toml", 0
        self.process: subprocess.Popen[str] | None = None
        self.records.write_text(RECORDS)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and return when it listens."""
        command = [sys.executable, "manage.py", "interpol_simulator", "--port", str(self.port), "--slow", "1.5"]
        self.process = subprocess.Popen(
            [*command, "--state", str(self.state), "--records", str(self.records)],
            cwd=PROJECT, env={**os.environ, "INTERPOL_TOKEN": TOKEN}, text=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.port = int(self.process.stdout.readline().rpartition(":")[2])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def behave(self, mode: str, *sources: str) -> None:
        write_modes(self.state, dict.fromkeys(sources or SERVICES.values(), mode))

    def asked(self) -> list[dict[str, Any]]:
        """What was asked, one after the other: the documents and identities."""
        journal = httpx.get(f"{self.url}/journal", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10).json()
        questions = [question for request in journal for question in request["questions"]]
        return json.loads(json.dumps([one.get("document") or one.get("identity") for one in questions]))
