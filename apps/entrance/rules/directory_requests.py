"""Asking a directory: by the guard of all calls to addresses that somebody gave, bounded in time and size.

allauth asks with a `requests` session; here its only way out is `apps.notices.rules.outside_calls`: https alone, to one
judged
address of the public network, no proxy, no redirect, no cookie that outlives the session.
"""

import http.client
import io
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import ValidationError
from requests.adapters import BaseAdapter

from apps.notices.rules import outside_calls

LARGEST = 262_144
"""Bytes of an answer: a discovery document has about 5,000, the keys of a large directory 20,000."""
LONGEST_S = 10
"""Seconds for one question, however slowly the answer drips."""


class Fault(OAuth2Error):
    """A directory cannot be asked, or what it says cannot be believed: `code` as in
    `apps.entrance.rules.directory_faults`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def session() -> requests.Session:
    """A session whose every request goes through the guard."""
    asking = requests.Session()
    asking.trust_env = False
    asking.headers.update({"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "caricom-portal"})
    asking.adapters.clear()
    for scheme in ("https://", "http://"):
        asking.mount(scheme, _Guarded())
    return asking


class _Guarded(BaseAdapter):
    """The transport of such a session."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer in full; Fault for one that is not had."""
        try:
            parts = urlsplit(outside_calls.checked(str(request.url)))
            line = outside_calls.line_to(parts)
        except ValidationError:
            raise Fault("address") from None
        except outside_calls.NotCalled as away:
            raise Fault(away.why if away.why in {"no-such-host", "not-a-public-host"} else "silent") from None
        try:
            with _ended_in_time(line):
                target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
                body: Any = request.body
                line.request(str(request.method), target, body=body, headers=dict(request.headers))
                return _read(request, line.getresponse())
        except (OSError, http.client.HTTPException):
            raise Fault("silent") from None
        finally:
            line.close()

    def close(self) -> None:
        """Nothing is kept open."""


@contextmanager
def _ended_in_time(line: http.client.HTTPConnection) -> Iterator[None]:
    """Break the connection off when its time is over: limits of single reads do not end an answer that drips."""
    sock = line.sock

    def break_off() -> None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    clock = threading.Timer(LONGEST_S, break_off)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _read(request: requests.PreparedRequest, answer: http.client.HTTPResponse) -> requests.Response:
    if 300 <= answer.status < 400:
        raise Fault("moved")
    body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Fault("large")
    found = requests.Response()
    found.status_code, found.reason = answer.status, answer.reason
    found.headers.update({"content-type": "application/octet-stream", **{k.lower(): v for k, v in answer.getheaders()}})
    found.url, found.request, found.raw, found.encoding = str(request.url), request, io.BytesIO(body), "utf-8"
    return found
