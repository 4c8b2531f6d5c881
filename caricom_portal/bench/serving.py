"""The web process as a portal runs it, on the database of a benchmark."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection

from caricom_portal.services.processes import free_port, wait_until
from caricom_portal.services.programs import web_command


class Server(NamedTuple):
    """Where it answers, and its process."""

    url: str
    pid: int


@contextmanager
def served(**environment: str) -> Iterator[Server]:
    """The server, while it runs; with more settings in its environment."""
    login = connection.settings_dict
    port, name = free_port(), quote(str(login["NAME"]))
    secret = f"{quote(login['USER'])}:{quote(login['PASSWORD'])}" if login["PASSWORD"] else quote(login["USER"])
    env = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{secret}@{quote(str(login['HOST']), safe='')}:{login['PORT']}/{name}",
        "REDIS_URL": settings.REDIS_URL,
        **environment,
    }
    process = subprocess.Popen(web_command("127.0.0.1", port), env=env)  # noqa: S603 - our own command
    try:
        url = f"http://127.0.0.1:{port}"
        if not wait_until(lambda: _answers(url), 60):
            raise RuntimeError("the server of the benchmark did not start")
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/livez", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
