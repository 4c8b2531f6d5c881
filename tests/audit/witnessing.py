"""The witness as a State runs it, and the wire between it and the portal of a test."""

import base64
import contextlib
import datetime
import importlib.util
import io
import urllib.error
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from apps.audit import signatures
from apps.oversight.models import Witness
from tests.days import in_days

FILE = Path(__file__).parents[2] / "apps/audit/witness/caricom_witness.py"
PORTAL = "http://localhost:1"


@cache
def program() -> ModuleType:
    """The program as a module: it is no part of the portal and is found by its file."""
    spec = importlib.util.spec_from_file_location("caricom_witness", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def hour(number: int) -> datetime.datetime:
    """Some hour, and those after it."""
    return datetime.datetime.combine(in_days(-9), datetime.time(8, 5), datetime.UTC) + datetime.timedelta(hours=number)


def portal_key() -> str:
    """The portal's public key as it is printed."""
    return base64.b64encode(signatures.public_key()).decode()


class Machine:
    """A State's machine: a folder, a name, and the wire to the portal, where anybody may sit (`between`)."""

    def __init__(self, folder: Path, name: str, client: Any, monkeypatch: Any) -> None:
        self.folder, self.name, self.client = folder, name, client
        self.between: Any = lambda path, content: content
        (folder / "api-key").write_text("ccp_of_the_desk\n")
        monkeypatch.setattr(program().urllib.request, "urlopen", self.urlopen)

    def urlopen(self, request: Any, timeout: float) -> Any:
        """What the portal answers."""
        path = request.full_url.removeprefix(PORTAL)
        send = {"content_type": "application/json", "data": request.data} if request.data else {}
        answer = (self.client.post if send else self.client.get)(path, **send)
        if answer.status_code >= 400:
            raise urllib.error.HTTPError(path, answer.status_code, "", None, io.BytesIO(answer.content))  # type: ignore[arg-type]
        return contextlib.closing(io.BytesIO(self.between(path, answer.content)))

    def run(self, command: str, *words: str) -> int:
        """Its exit status."""
        key = ["--portal-key", portal_key()]
        own = ["--state", str(self.folder), "--name", self.name, "--api-key-file", str(self.folder / "api-key")]
        status: int = program().main([command, *words, "--portal", PORTAL, *key, *own])
        return status

    @property
    def public(self) -> str:
        """Its public key."""
        return str(program().Signer(self.name, self.folder / "witness.key").public)


def live_witness(party: str, name: str, key: str) -> Witness:
    """A witness that two people agreed on long ago."""
    return Witness.objects.create(
        party_id=party, name=name, key=key, contact="Tel. 1", state="live", proposer_id=0, proposer="x",
        decided_at=hour(-99),
    )  # fmt: skip
