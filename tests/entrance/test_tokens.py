"""Whether an ID token is believed: one for each thing that can be wrong with it, beside one that is right."""

import base64
import json
import time
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from apps.entrance.rules import id_tokens
from apps.entrance.rules.directory_requests import Fault
from tests.entrance.provider import KEY, OTHER_KEY, jwk, signed

ISSUER, CLIENT = "https://login.gov.example/realm", "portal"
DAY = 86_400


def believed(token, keys=None):
    return id_tokens.believed(token, keys or [jwk()], issuer=ISSUER, client_id=CLIENT)


def right(**moments):
    """The claims of a right token; its moments are given in seconds from now."""
    now = int(time.time())
    told = {name: now + seconds for name, seconds in {"iat": 0, "exp": DAY, **moments}.items()}
    return {"iss": ISSUER, "aud": CLIENT, "sub": "x1", "nonce": "n", **told}


def without(name):
    return {key: value for key, value in right().items() if key != name}


def unsigned(claims):
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "kid": "one"}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def test_a_right_token_is_believed_also_for_several_audiences_and_with_the_only_key():
    assert believed(signed(right()))["sub"] == "x1"
    assert believed(signed({**right(), "aud": [CLIENT, "mail"], "azp": CLIENT}))["sub"] == "x1"
    nameless = {name: value for name, value in jwk().items() if name != "alg"}
    assert believed(signed(right(), algorithm="PS256"), [nameless])["sub"] == "x1"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda: {**right(), "iss": "https://login.other.example"}, "issuer"),
        (lambda: {**right(), "iss": ISSUER + "/"}, "issuer"),
        (lambda: {**right(), "aud": "mail"}, "audience"),
        (lambda: {**right(), "aud": [CLIENT, "mail"]}, "audience"),
        (lambda: {**right(), "azp": "mail"}, "audience"),
        (lambda: right(exp=-61), "expired"),
        (lambda: right(nbf=DAY), "expired"),
        (lambda: right(iat=DAY), "expired"),
        (lambda: {**right(), "sub": ""}, "token"),
        (lambda: {**right(), "sub": "x" * 256}, "token"),
        *[(partial(without, name), "token") for name in ("sub", "exp", "iat", "aud", "iss")],
    ],
)
def test_a_token_with_wrong_claims_is_not(wrong, code):
    with pytest.raises(Fault) as fault:
        believed(signed(wrong()))
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (lambda: unsigned(right()), "algorithm"),
        (lambda: signed(right(), "a secret of the directory, 32 bytes", "HS256"), "algorithm"),
        (lambda: signed(right(), OTHER_KEY), "signature"),
        (lambda: signed(right(), kid="two"), "key"),
        (lambda: signed(right(), ec.generate_private_key(ec.SECP256R1()), "ES256"), "key"),
        (lambda: "no.token.", "token"),
        (str, "token"),
    ],
)
def test_a_token_that_the_directory_has_not_signed_is_not(token, code):
    with pytest.raises(Fault) as fault:
        believed(token())
    assert fault.value.code == code


def test_a_changed_token_is_not():
    head, _body, signature = signed(right()).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**right(), "sub": "x2"}).encode()).rstrip(b"=").decode()
    with pytest.raises(Fault, match="signature"):
        believed(f"{head}.{body}.{signature}")


def test_keys_that_are_short_secret_or_for_another_use_sign_nothing():
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    with pytest.raises(Fault, match="key"):
        believed(signed(right(), short), [jwk(short)])
    for other in ({**jwk(), "use": "enc"}, {**jwk(), "alg": "RS512"}, {"kty": "oct", "k": "AAAA", "kid": "one"}):
        with pytest.raises(Fault, match="key"):
            believed(signed(right(), KEY), [other])


def test_the_nonce_is_the_one_of_this_sign_in():
    assert id_tokens.same_nonce({"nonce": "n"}, "n")
    for claims, nonce in (({"nonce": "m"}, "n"), ({}, "n"), ({"nonce": ""}, ""), ({}, ""), ({"nonce": 1}, "1")):
        assert not id_tokens.same_nonce(claims, nonce)


@pytest.mark.parametrize(
    ("claims", "answer"),
    [
        ({"amr": ["pwd", "otp"]}, True),
        ({"acr": "urn:strong"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "otp"}, False),
        ({"acr": ["urn:strong"]}, False),
        ({}, False),
    ],
)
def test_which_tokens_prove_a_second_factor(claims, answer):
    assert id_tokens.proves_second_factor(claims, ["otp", "urn:strong"]) is answer
    assert not id_tokens.proves_second_factor(claims, [])
