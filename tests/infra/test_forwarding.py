"""Whose address a connection has behind the one trusted proxy."""

import pytest

from caricom_portal.forwarding import forwarded

PROXY = ("10.0.0.2", 4711)


def scope(*headers: tuple[str, str], kind: str = "http"):
    said = [(name.lower().encode(), value.encode()) for name, value in (("Host", "portal.example"), *headers)]
    return {"type": kind, "scheme": "http" if kind == "http" else "ws", "client": PROXY, "headers": said}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7", "192.0.2.7"),  # a proxy that adds to what the client claims
        ("6.6.6.6,10.1.1.1 ,192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("6.6.6.6, [2001:DB8::7]:443", "2001:db8::7"),
        ("unknown", PROXY[0]),
        ("192.0.2.7, nonsense", PROXY[0]),
        ("", PROXY[0]),
    ],
)
def test_the_address_is_what_the_proxy_saw_and_not_what_the_client_claims(said, address):
    assert forwarded(scope(("X-Forwarded-For", said)))["client"][0] == address


def test_of_several_lines_the_last_counts_and_no_other_is_passed_on():
    seen = forwarded(scope(("X-Forwarded-For", "6.6.6.6"), ("Accept", "*/*"), ("X-Forwarded-For", "192.0.2.7")))
    assert seen["client"][0] == "192.0.2.7"
    assert [value for name, value in seen["headers"] if name == b"x-forwarded-for"] == [b"192.0.2.7"]
    assert (b"accept", b"*/*") in seen["headers"]
    assert (b"host", b"portal.example") in seen["headers"]


@pytest.mark.parametrize(
    ("said", "kind", "scheme"),
    [
        ("https", "http", "https"),
        ("https", "websocket", "wss"),
        ("https, http", "http", "http"),  # the client claims TLS, the proxy had none
        ("http, https", "http", "https"),
        ("", "http", "http"),
    ],
)
def test_the_scheme_is_what_the_proxy_spoke(said, kind, scheme):
    seen = forwarded(scope(("X-Forwarded-Proto", said), kind=kind))
    assert seen["scheme"] == scheme
    assert dict(seen["headers"])[b"x-forwarded-proto"] == said.rpartition(",")[2].strip().encode()


def test_a_connection_of_which_nothing_is_said_is_the_proxys_own():
    bare = scope()
    assert forwarded(bare) == bare
