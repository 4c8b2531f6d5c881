"""A key that is bound to a program's own private key is worth nothing without it (RFC 9449, DPoP)."""

import base64
import hashlib
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import DeskToken
from apps.people.rules import proofs
from apps.people.rules.proofs import Shown
from tests.keys import by_two
from tests.people.governing import ADMIN

ME, HEAD = "/api/v1/people/me/", "jam.border.head"
PLACE = f"http://testserver{ME}"
KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
EDWARDS, RSA = ed25519.Ed25519PrivateKey.generate(), rsa.generate_private_key(public_exponent=65537, key_size=2048)
MAKES = {
    "ES256": jwt.algorithms.ECAlgorithm,
    "EdDSA": jwt.algorithms.OKPAlgorithm,
    "PS256": jwt.algorithms.RSAAlgorithm,
}
SECRET = "ccp_of-a-test"


def public(key, algorithm="ES256"):
    return json.loads(MAKES[algorithm].to_jwk(key.public_key()))


def thumb(key=KEY, algorithm="ES256"):
    return proofs.thumbprint_of(public(key, algorithm))


def ath(secret):
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()).rstrip(b"=").decode()


def proof(secret=SECRET, *, key=KEY, algorithm="ES256", head=None, **claims):
    said = {"jti": "n-1", "htm": "GET", "htu": PLACE, "iat": int(time.time()), "ath": ath(secret), **claims}
    said = {name: value for name, value in said.items() if value is not None}
    header = {"typ": "dpop+jwt", "jwk": public(key, algorithm), **(head or {})}
    return jwt.encode(said, key, algorithm=algorithm, headers=header)


def believed(text, scheme="DPoP", method="GET", url=PLACE, thumbprint=None, secret=SECRET):
    return proofs.believed(Shown(scheme, text, method, url), secret, thumbprint or thumb(), time.time())


# --- the proof alone ---


@pytest.mark.parametrize(
    ("jwk", "wanted"),
    [
        (  # RFC 9449, sections 4.2 and 6.1
            {"kty": "EC", "crv": "P-256", "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
             "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"},
            "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
        ),
        (  # RFC 8037, appendix A.3
            {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        ),
    ],
)  # fmt: skip
def test_thumbprints_are_those_of_the_standards(jwk, wanted):
    assert proofs.thumbprint_of({**jwk, "use": "sig", "kid": "x"}) == wanted


@pytest.mark.parametrize(("key", "algorithm"), [(KEY, "ES256"), (EDWARDS, "EdDSA"), (RSA, "PS256")])
def test_a_right_proof_is_believed_by_each_kind_of_key(key, algorithm):
    assert believed(proof(key=key, algorithm=algorithm), thumbprint=thumb(key, algorithm))


@pytest.mark.parametrize("url", ["HTTP://TestServer:80/api/v1/people/me/", f"{PLACE}?a=1#b"])
def test_addresses_are_compared_without_query_and_case_of_the_host(url):
    assert believed(proof(htu=url))
    assert believed(proof(), url=url)


@pytest.mark.parametrize(
    "wrong",
    [
        {"htm": "POST"}, {"htu": f"{PLACE}x"}, {"htu": PLACE.replace("http:", "https:")}, {"htu": 7}, {"ath": ath("x")},
        {"ath": None}, {"jti": None}, {"jti": ""}, {"jti": "x" * 201}, {"jti": 7}, {"iat": None}, {"iat": "now"},
        {"head": {"typ": "JWT"}}, {"head": {"jwk": public(OTHER)}}, {"head": {"jwk": None}}, {"head": {"jwk": {}}},
        {"head": {"jwk": {**public(KEY), "d": "AAAA"}}}, {"key": OTHER},
    ],
)  # fmt: skip
def test_a_proof_that_is_wrong_in_one_thing_is_not_believed(wrong):
    assert believed(proof(**wrong)) == ""


@pytest.mark.parametrize("seconds", [-3600, 86_400])
def test_a_proof_of_another_time_is_not_believed(seconds):
    assert believed(proof(iat=int(time.time()) + seconds)) == ""


def test_nothing_unsigned_or_under_a_shared_secret_or_shown_as_a_bearer_is():
    head = {"typ": "dpop+jwt", "jwk": public(KEY)}
    said = {"jti": "n", "htm": "GET", "htu": PLACE, "iat": int(time.time()), "ath": ath(SECRET)}
    assert believed(jwt.encode(said, "x" * 32, algorithm="HS256", headers=head)) == ""
    assert believed(jwt.encode(said, None, algorithm="none", headers=head)) == ""
    for text in ("", "a.b.c", "x" * 5000):
        assert believed(text) == ""
    assert believed(proof(), scheme="Bearer") == ""
    body, signature = proof().rpartition(".")[::2]
    assert believed(f"{body}.{signature[::-1]}") == ""


# --- a key of a desk ---


@pytest.fixture
def bound(cast):
    return by_two(cast[ADMIN], cast[HEAD], proof_key=thumb(), days=366)


def shows(secret, text="", scheme="DPoP"):
    return {"Authorization": f"{scheme} {secret}", **({"DPoP": text} if text else {})}


pytestmark = pytest.mark.django_db


def test_the_program_with_its_own_key_is_let_in_once_for_each_proof(bound, client):
    text = proof(bound.secret)
    assert client.get(ME, headers=shows(bound.secret, text)).status_code == 200
    again = client.get(ME, headers=shows(bound.secret, text))
    assert again.status_code == 401, "a proof is used once"
    assert "DPoP" in again["WWW-Authenticate"]
    assert client.get(ME, headers=shows(bound.secret, proof(bound.secret, jti="n-2"))).status_code == 200


def test_whoever_has_stolen_the_key_alone_is_not_let_in_anywhere(bound, client):
    stolen = bound.secret
    basic = base64.b64encode(f"JAM.border.:{stolen}".encode()).decode()
    thief = proof(stolen, key=OTHER)
    for headers in (shows(stolen, scheme="Bearer"), shows(stolen), shows(stolen, thief), shows(stolen, thief, "Bearer"),
                    {"Authorization": f"Basic {basic}"}):  # fmt: skip
        for place in (ME, "/taxii2/", "/api/stream/"):
            answer = client.get(place, headers=headers)
            assert answer.status_code == 401, (place, headers)
            asked = "DPoP" if headers["Authorization"].startswith("DPoP") else "Bearer"
            assert asked in answer["WWW-Authenticate"], (place, headers)
    assert DeskToken.objects.get(pk=bound.pk).last_used_at is None


def test_taxii_takes_the_proof_as_well(bound, client):
    text = proof(bound.secret, htu="http://testserver/taxii2/")
    assert client.get("/taxii2/", headers=shows(bound.secret, text)).status_code == 200
    assert client.get("/taxii2/", headers=shows(bound.secret, text)).status_code == 401


def test_a_key_that_is_not_bound_is_a_bearers_key_and_no_other(cast, client):
    plain = by_two(cast[ADMIN], cast[HEAD])
    assert client.get(ME, headers=shows(plain.secret, scheme="Bearer")).status_code == 200
    assert client.get(ME, headers=shows(plain.secret, proof(plain.secret))).status_code == 401


def test_a_plain_key_lives_ninety_days_and_a_bound_one_a_year(cast, client_for):
    admin = client_for(ADMIN)
    asked = {"desk": "JAM.border", "scope": "read"}
    for more, status in (
        ({"days": 91}, 400),
        ({"days": 90}, 202),
        ({}, 202),
        ({"days": 366, "proof_key": thumb()}, 202),
    ):
        answer = admin.post("/api/v1/people/keys/", {**asked, **more}, content_type="application/json")
        assert answer.status_code == status, more
    lives = {(row.expires_at - row.created_at).days for row in DeskToken.objects.all()}
    assert lives <= {89, 90, 365, 366}
    wrong = admin.post("/api/v1/people/keys/", {**asked, "proof_key": "short"}, content_type="application/json")
    assert wrong.status_code == 400
    assert "/proof_key" in str(wrong.json()["errors"])


def test_the_second_person_reads_that_it_is_bound_and_the_successor_is_too(bound, cast, client_for):
    from apps.entrance import actions as entrance

    asked = entrance.rotate_api_key(cast[ADMIN], None, token=bound, days=300, overlap_days=1)
    assert asked.proof_key == bound.proof_key
    page = client_for(HEAD).get(f"/people/keys/{asked.uid}/approve/").content.decode()
    assert bound.proof_key in page
    assert not AuditRecord.objects.filter(verb="token.create").exists()
    assert actions.approve_api_key(cast[HEAD], asked).proof_key == thumb()
