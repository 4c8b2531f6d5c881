"""A passkey without a browser: the key of WebAuthn Level 2, section 7, as an authenticator keeps it."""

import hashlib
import json
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from apps.people.models import User

NAME = "localhost"
HERE = {"headers": {"host": NAME}}
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One person's, known to the portal at the name `localhost`."""

    def __init__(self, username: str) -> None:
        self.user = User.objects.get(username=username)
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        public = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.secret.public_key())
        )
        given = AttestationObject.create("none", self._said(PRESENT | AuthenticatorData.FLAG.AT, public), {})
        response = {
            "attestationObject": websafe_encode(given),
            "clientDataJSON": self._asked("create", b"made before")[1],
        }
        data = {"name": "safe", "credential": self._credential(response, credProps={"rk": True})}
        Authenticator.objects.create(user=self.user, type=Authenticator.Type.WEBAUTHN, data=data)

    def sign_in(self, client: Any) -> Any:
        """Use it in the place of the password; the answer."""
        place = reverse("mfa_login_webauthn")
        options = client.get(place, headers={"host": NAME, "x-requested-with": "XMLHttpRequest"}).json()
        challenge = websafe_decode(options["request_options"]["publicKey"]["challenge"])
        asked, text = self._asked("get", challenge)
        said = self._said(PRESENT)
        response = {
            "authenticatorData": websafe_encode(said),
            "clientDataJSON": text,
            "signature": websafe_encode(self.secret.sign(said + asked.hash, ec.ECDSA(SHA256()))),
            "userHandle": websafe_encode(user_pk_to_url_str(self.user).encode()),
        }
        return client.post(place, {"credential": json.dumps(self._credential(response))}, **HERE)

    def _said(self, flags: Any, public: Any = b"") -> AuthenticatorData:
        return AuthenticatorData.create(hashlib.sha256(NAME.encode()).digest(), flags, 0, public)

    def _asked(self, what: str, challenge: bytes) -> tuple[CollectedClientData, str]:
        data = CollectedClientData.create(f"webauthn.{what}", challenge, f"https://{NAME}")
        return data, websafe_encode(data)

    def _credential(self, response: dict[str, str], **results: Any) -> dict[str, Any]:
        key = websafe_encode(self.id)
        return {"type": "public-key", "id": key, "rawId": key, "response": response, "clientExtensionResults": results}
