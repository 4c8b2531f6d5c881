"""A proxy that speaks TLS before a second web server of the running portal, as operators put one there."""

import asyncio
import contextlib
import datetime
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from caricom_portal.services.programs import web_command
from tests.running.conftest import PROJECT, Portal, eventually, free_port

NAME = "localhost"
HEAD_END = b"\r\n\r\n"


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate for `localhost` that nobody has signed but itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "both.pem"
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


class Proxy:
    """Ends TLS and passes everything else on, a connection for each request; sockets stay open both ways.

    It adds the address that it sees to what the client claims, as nginx does by `$proxy_add_x_forwarded_for`.
    """

    def __init__(self, port: int, target: int, context: ssl.SSLContext) -> None:
        self.port, self.target, self.context = port, target, context

    async def serve(self, stop: threading.Event) -> None:
        """Until it is told to stop; what is open then is cut."""
        server = await asyncio.start_server(self._one, "127.0.0.1", self.port, ssl=self.context)
        await asyncio.to_thread(stop.wait)
        server.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(HEAD_END)
            there, out = await asyncio.open_connection("127.0.0.1", self.target)
            out.write(self._passed_on(head, writer.get_extra_info("peername")[0]))
            await asyncio.gather(_pump(reader, out), _pump(there, writer))

    def _passed_on(self, head: bytes, address: str) -> bytes:
        first, *lines = head.removesuffix(HEAD_END).split(b"\r\n")
        said = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(b":") for line in lines)]
        claimed = [value for name, value in said if name == b"x-forwarded-for"]
        rest = [(name, value) for name, value in said if not name.startswith(b"x-forwarded-")]
        if b"upgrade" not in dict(said):  # one request for each connection: the next one has a head, too
            rest = [*((name, value) for name, value in rest if name != b"connection"), (b"connection", b"close")]
        seen = b", ".join([*claimed, address.encode()])
        rest += [(b"x-forwarded-for", seen), (b"x-forwarded-proto", b"https")]
        return b"\r\n".join([first, *(name + b": " + value for name, value in rest)]) + HEAD_END


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.contextmanager
def behind_tls(portal: Portal, folder: Path) -> Iterator[str]:
    """The address of the portal over TLS, by a server of its own that trusts the proxy before it."""
    port, inside = free_port(), free_port()
    url = f"https://{NAME}:{port}"
    env = {"TRUSTED_PROXY": "1", "ALLOWED_HOSTS": NAME, "CSRF_TRUSTED_ORIGINS": url, "PORTAL_URL": url}
    web = subprocess.Popen(web_command("127.0.0.1", inside, processes="1"), cwd=PROJECT, env={**portal.env, **env})
    stop, proxy = threading.Event(), Proxy(port, inside, certificate(folder))
    serving = threading.Thread(target=lambda: asyncio.run(proxy.serve(stop)), daemon=True)
    serving.start()
    try:
        eventually(lambda: _answers(url), 60)
        yield url
    finally:
        stop.set()
        serving.join(10)
        web.terminate()
        web.wait(20)


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/livez", verify=False).status_code == 200
    return False
