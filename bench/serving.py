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


def environment() -> dict[str, str]:
    """What a program of the portal is told so that it works on the benchmark's database."""
    login = connection.settings_dict
    secret = f"{quote(login['USER'])}:{quote(login['PASSWORD'])}" if login["PASSWORD"] else quote(login["USER"])
    place = f"{quote(str(login['HOST']), safe='')}:{login['PORT']}/{quote(str(login['NAME']))}"
    return {**os.environ, "DATABASE_URL": f"postgresql://{secret}@{place}", "REDIS_URL": settings.REDIS_URL}


@contextmanager
def served(*, processes: str = "1", **more: str) -> Iterator[Server]:
    """The server, while it runs; with more settings in its environment."""
    port, env = free_port(), environment() | more
    process = subprocess.Popen(web_command("127.0.0.1", port, processes), env=env)  # noqa: S603 - our own command
    try:
        url = f"http://127.0.0.1:{port}"
        if not wait_until(lambda: _answers(url), 180):
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
