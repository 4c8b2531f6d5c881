"""An OpenID provider that runs: discovery, keys, codes, PKCE, signed tokens; and all that a bad one does wrong."""

import base64
import hashlib
import http.server
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "a secret of the directory"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def jwk(key: Any = KEY, kid: str = "one") -> dict[str, Any]:
    """The public part of a key, as a directory publishes it."""
    shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**shown, "kid": kid, "use": "sig", "alg": "RS256"}


def signed(claims: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "one") -> str:
    """A token."""
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


class Provider:
    """A directory: who sits before it (`claims`), and how it goes wrong (`spoil`, `sign`, `document`)."""

    def __init__(self, server: http.server.HTTPServer) -> None:
        self.issuer = f"http://127.0.0.1:{server.server_port}/realm"
        self.claims: dict[str, Any] = {"sub": "subject-1"}
        self.document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        self.spoil: dict[str, Any] = {}
        self.sign: Any = signed
        self.keys: Any = [jwk()]
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def authorize(self, query: dict[str, str]) -> str:
        """Where the person is sent back to, with a code for who sits before the directory."""
        assert (query["response_type"], query["client_id"]) == ("code", CLIENT)
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent: dict[str, str], credentials: str) -> tuple[int, dict[str, Any]]:
        """(status, answer) for a code: it counts once, with the secret, the address and the verifier."""
        begun = self.codes.pop(sent.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        good = (
            begun is not None
            and credentials == wanted
            and begun["redirect_uri"] == sent["redirect_uri"]
            and begun["code_challenge"] == proof.rstrip(b"=").decode()
        )
        if not good or begun is None:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims = {**usual, **self.claims, **self.spoil}
        return 200, {"access_token": "useless", "token_type": "Bearer", "id_token": self.sign(claims)}


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        there: Provider = self.server.provider  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        there.asked.append(parts.path)
        if parts.path == "/realm/authorize":
            self.send_response(302)
            self.send_header("Location", there.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
            self.end_headers()
            return
        answers = {"/realm/.well-known/openid-configuration": there.document, "/realm/keys": {"keys": there.keys}}
        self._say(200 if parts.path in answers else 404, answers.get(parts.path, {}))

    def do_POST(self) -> None:
        there: Provider = self.server.provider  # type: ignore[attr-defined]
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._say(*there.token({k: v[0] for k, v in sent.items()}, self.headers.get("Authorization", "")))

    def _say(self, status: int, said: Any) -> None:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Silent."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a port of its own."""
    server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.provider = Provider(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sent_back(page: Any) -> str:
    """Where the directory sends a browser back to that was led on by this page of the portal."""
    leads_to = page.headers["Refresh"].removeprefix("0; url=")
    return httpx.get(leads_to, trust_env=False).headers["Location"].removeprefix("http://testserver")
