"""Calling a desk's own address: signed, ids alone, to public hosts by https alone; the address is looked up once.

The host is resolved, every address that it has is judged, and the connection goes to one of the judged ones: a name
that answers otherwise a second later leads nowhere else. Redirects are not followed, and of the answer only the status
is read. Signature: HMAC-SHA-256 over `timestamp.body`, as `Portal-Signature: t=<unix seconds>,v1=<hex>`.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.access.encryption import opened

TIMEOUT_S = 5
PORTS = {"https": 443, "http": 80}


class NotCalled(Exception):
    """The call failed: `status` of the answer if there was one, and a word on why."""

    def __init__(self, why: str, status: int | None = None) -> None:
        self.why, self.status = why, status
        super().__init__(why)


def new_secret() -> str:
    """32 bytes as text, with a beginning by which it is known when it turns up somewhere."""
    return "ccw_" + secrets.token_urlsafe(32)


def checked(url: str) -> str:
    """An address that may be called, by its form; ValidationError at `url` in plain words."""
    parts = urlsplit(url.strip())
    schemes = ("https", "http") if settings.WEBHOOKS_LOCAL else ("https",)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValidationError({"url": _("Enter an address that begins with https://.")})
    if parts.username or parts.password or parts.fragment:
        raise ValidationError({"url": _("Enter the address without a name, a password or a # part.")})
    try:
        port = parts.port
    except ValueError as odd:
        raise ValidationError({"url": _("The port of this address cannot be read.")}) from odd
    try:
        alone = ipaddress.ip_address(parts.hostname)
    except ValueError:
        alone = None  # a name, which is judged by its addresses when it is called
    if alone is not None and not _may_be_called(str(alone)):
        raise ValidationError({"url": _("Enter a host on the public internet.")})
    if port not in {None, 443, 8443} and not settings.WEBHOOKS_LOCAL:
        raise ValidationError({"url": _("Use port 443 or 8443.")})
    return parts.geturl()


def _may_be_called(address: str) -> bool:
    """Whether an address is one of the public network; IPv4 hidden in IPv6 counts as what it hides."""
    if settings.WEBHOOKS_LOCAL:
        return True
    found = ipaddress.ip_address(address.partition("%")[0])
    hidden = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (hidden is None or hidden.is_global)


def resolved(host: str, port: int) -> str:
    """One judged address of a host; NotCalled where it has none, or one that must not be called."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as away:
        raise NotCalled("no-such-host") from away
    if not found or not all(_may_be_called(address) for address in found):
        raise NotCalled("not-a-public-host")
    return min(found, key=lambda address: (":" in address, address))


def sign(secret: str, stamp: int, body: bytes) -> str:
    """The value of Portal-Signature."""
    return f"t={stamp},v1={hmac.new(secret.encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def call(url: str, sealed: str, content: Mapping[str, Any], *, stamp: int) -> int:
    """The status of the answer, 200 to 299; NotCalled for everything else."""
    parts = urlsplit(checked(url))
    body = json.dumps(content, separators=(",", ":")).encode()
    secret = opened(sealed)
    headers = {
        "Content-Type": "application/json",
        "Portal-Delivery": str(content["id"]),
        "Portal-Signature": sign(secret, stamp, body),
        "User-Agent": "caricom-portal-notices",
    }
    line = line_to(parts)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        line.request("POST", target, body=body, headers=headers)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as gone:
        raise NotCalled(type(gone).__name__) from gone
    finally:
        line.close()
    if not 200 <= status < 300:
        raise NotCalled("answer", status)
    return status


def line_to(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to one judged address of the host, with the host's own name in the certificate's check.

    NotCalled where there is none. Whoever asks closes it.
    """
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    address = resolved(host, port)
    if parts.scheme == "http":
        plain = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
        plain.sock = _connected(address, port)
        return plain
    line = http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S)
    sock = _connected(address, port)
    try:
        line.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except OSError as gone:
        sock.close()
        raise NotCalled(type(gone).__name__) from gone
    return line


def _connected(address: str, port: int) -> socket.socket:
    try:
        return socket.create_connection((address, port), timeout=TIMEOUT_S)
    except OSError as gone:
        raise NotCalled(type(gone).__name__) from gone
