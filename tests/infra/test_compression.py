"""Answers travel compressed as the client accepts, and mean the same."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as some

from caricom_portal.compression import PADDING, best_coding, compressed
from caricom_portal.services.homes import PROJECT
from tests.properties import examples

PAGE = b"<p>Manifest of BW 601, 41 persons, no hit.</p>" * 200
READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
BROWSER = "gzip, deflate, br, zstd"


def sent(response: Any, accepted: str = BROWSER) -> Any:
    """What a client gets that accepts these codings."""
    return compressed(lambda _request: response)(RequestFactory().get("/", headers={"Accept-Encoding": accepted}))


def body_of(response: Any) -> bytes:
    """The content as the client reads it."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return READ[response.get("Content-Encoding", "")](raw)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (BROWSER, "br"),
        ("gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5, identity", ""),
        ("*", "br"),
        ("*;q=0.3, br;q=0", "gzip"),
        ("deflate", ""),
        ("br;q=no", ""),
        ("br;q=nan", ""),
        ("", ""),
    ],
)
def test_the_client_says_in_which_coding(accepted: str, coding: str) -> None:
    assert best_coding(accepted) == coding


@given(some.text(max_size=200))
def test_nothing_that_a_client_says_is_an_error(accepted: str) -> None:
    assert best_coding(accepted) in {"br", "gzip", ""}


@pytest.mark.parametrize(
    "kind",
    [
        "text/html; charset=utf-8",
        "text/csv; charset=utf-8",
        "application/json",
        "application/problem+json",
        "application/taxii+json;version=2.1",
        "application/stix+json;version=2.1",
        "application/vnd.oai.openapi+json",
        "image/svg+xml",
        "text/calendar; charset=utf-8",
    ],
)
@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_text_is_compressed_and_comes_out_the_same(kind: str, accepted: str) -> None:
    answer = sent(HttpResponse(PAGE, content_type=kind), accepted)
    assert answer.get("Content-Encoding", "identity") == accepted
    assert body_of(answer) == PAGE
    assert answer["Vary"] == "Accept-Encoding"
    assert accepted == "identity" or len(answer.content) < len(PAGE) / 10


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "text/event-stream", "font/woff2"])
def test_what_does_not_shrink_and_events_are_left_alone(kind: str) -> None:
    answer = sent(HttpResponse(PAGE, content_type=kind))
    assert (answer.content, answer.has_header("Content-Encoding"), answer.has_header("Vary")) == (PAGE, False, False)


def test_small_answers_parts_and_what_is_compressed_already_are_left_alone() -> None:
    assert sent(HttpResponse(b"<p>No hits.</p>")).content == b"<p>No hits.</p>"
    part = sent(HttpResponse(PAGE, status=206, headers={"Content-Range": "bytes 0-9/20"}))
    assert part.content == PAGE
    once = HttpResponse(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert body_of(sent(once)) == PAGE


def test_a_kept_file_keeps_its_length_and_the_tag_of_its_bytes(tmp_path: Path) -> None:
    kept = tmp_path / "figures.csv"
    kept.write_bytes(PAGE)
    answer = sent(FileResponse(kept.open("rb"), content_type="text/csv", headers={"ETag": '"sum"'}))
    assert (answer["Content-Length"], answer["ETag"]) == (str(len(PAGE)), '"sum"')
    assert body_of(answer) == PAGE


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_long_export_still_leaves_in_pieces(coding: str) -> None:
    taken = 0

    def rows() -> Iterator[bytes]:
        nonlocal taken
        for number in range(20_000):
            taken += 1
            yield f"{number},{number * 7919 % 10007},Kingston,Bridgetown\n".encode()

    answer = sent(StreamingHttpResponse(rows(), content_type="text/csv"), coding)
    pieces = iter(answer.streaming_content)
    first = b"".join(next(pieces) for _ in range(2))
    assert first
    assert taken < 20_000
    whole = READ[coding](first + b"".join(pieces))
    assert whole == b"".join(f"{n},{n * 7919 % 10007},Kingston,Bridgetown\n".encode() for n in range(20_000))


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_an_export_of_a_coroutine_does_too(coding: str) -> None:
    async def rows() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield PAGE

    async def read() -> bytes:
        answer = sent(StreamingHttpResponse(rows(), content_type="text/csv"), coding)
        return b"".join([piece async for piece in answer.streaming_content])

    assert READ[coding](asyncio.run(read())) == PAGE * 10


@examples(100)
@given(some.binary(min_size=500, max_size=5_000), some.sampled_from(["br", "gzip"]))
def test_any_bytes_come_out_the_same(content: bytes, coding: str) -> None:
    assert body_of(sent(HttpResponse(content + PAGE), coding)) == content + PAGE


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_length_of_the_same_page_differs_from_time_to_time(coding: str) -> None:
    lengths = {len(sent(HttpResponse(PAGE), coding).content) for _ in range(200)}
    assert len(lengths) > PADDING / 2


def test_the_tag_of_a_compressed_answer_is_weak() -> None:
    assert sent(HttpResponse(PAGE, headers={"ETag": '"3"'}))["ETag"] == 'W/"3"'
    assert sent(HttpResponse(PAGE, headers={"ETag": '"3"'}), "identity")["ETag"] == '"3"'


def test_the_proxy_does_not_compress_once_more() -> None:
    lines = (PROJECT / "caricom_portal" / "deploy" / "Caddyfile").read_text().splitlines()
    assert not [line for line in lines if line.strip().startswith("encode")]
