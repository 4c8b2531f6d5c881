"""Answers travel compressed: Brotli, else gzip, as the client accepts (RFC 9110, 12.5.3).

Why not a package: Django's own knows gzip alone, and django-http-compression (MIT, kept) neither hides the length of
what Brotli made nor leaves event streams and files with a known length alone; what would be left of it is shorter
than its configuration. Files below /static/ are compressed when they are collected (whitenoise).

Compression tells by an answer's length whether a guess that somebody put into it occurs in it once more (BREACH).
Each answer is therefore longer by a random number of bytes, as Django does it for gzip: in gzip's file name, in
Brotli in a block of metadata that readers skip. docs/reference/security.md says what else stands against it.
"""

import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import acompress_sequence, compress_sequence, compress_string

QUALITY = 5
"""Of Brotli's eleven: 1 ms of processor for a page of 36 KB, as gzip takes; 11 is for what is compressed once."""
SMALLEST = 500
"""Bytes that fit into one packet anyway."""
PADDING = 100
"""Random bytes at most, as in Django's GZipMiddleware (Heal the Breach, 2022)."""
HELD_BACK = 65_536
"""Bytes of a long export that wait for the next piece at most; Brotli by itself would hold back megabytes."""
TYPES = re.compile(r"(text/(html|csv|plain|calendar|xml)|image/svg\+xml|application/(\S+\+)?(json|xml|yaml))\s*(;|$)")
"""What shrinks and is made for each reader; never a stream of events, of which each must leave at once."""
CODINGS = ("br", "gzip")
LONGEST_HEADER = 500
Handler = Callable[[HttpRequest], HttpResponse]


def compressed(get_response: Handler) -> Handler:
    """Compress what is worth it, in the coding that the client likes best."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not _is_worth_it(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        coding = best_coding(request.headers.get("Accept-Encoding", "")[:LONGEST_HEADER])
        if coding:
            _compress(response, coding)
        return response

    return middleware


def _is_worth_it(response: Any) -> bool:
    """Whether an answer shrinks: not what is compressed already, a part of something, or a file of known length."""
    if not TYPES.match(response.headers.get("Content-Type", "")):
        return False
    if response.has_header("Content-Encoding") or response.has_header("Content-Range"):
        return False
    if response.streaming:
        return not response.has_header("Content-Length")
    return len(response.content) >= SMALLEST


def _compress(response: Any, coding: str) -> None:
    if response.streaming:
        response.streaming_content = _stream(response.streaming_content, coding, is_async=response.is_async)
    else:
        whole = _whole(response.content, coding)
        if len(whole) >= len(response.content):
            return
        response.content = whole
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(whole))
    response.headers["Content-Encoding"] = coding
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):  # the same record in other bytes (RFC 9110, 8.8.3.3); both forms are taken back
        response.headers["ETag"] = f"W/{etag}"


def _stream(parts: Any, coding: str, *, is_async: bool) -> Any:
    if coding == "gzip":
        sequence = acompress_sequence if is_async else compress_sequence
        return sequence(parts, max_random_bytes=PADDING)
    return _abrotli_parts(parts) if is_async else _brotli_parts(parts)


def _whole(content: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return compress_string(content, max_random_bytes=PADDING)
    return b"".join(_brotli_parts([content]))


def _brotli_parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Brotli of a whole that comes in parts, piece by piece."""
    press = _Press()
    for part in parts:
        if piece := press.take(part):
            yield piece
    yield press.end()


async def _abrotli_parts(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    press = _Press()
    async for part in parts:
        if piece := press.take(part):
            yield piece
    yield press.end()


class _Press:
    """A compressor that holds back HELD_BACK bytes of what it is given at most, whatever the length of the whole."""

    def __init__(self) -> None:
        self._brotli: Any = brotli.Compressor(quality=QUALITY)
        self._held = 0

    def take(self, part: bytes) -> bytes:
        """What can leave once this part is known; often nothing."""
        piece: bytes = self._brotli.process(part)
        self._held = 0 if piece else self._held + len(part)
        if self._held < HELD_BACK:
            return piece
        self._held = 0
        return piece + bytes(self._brotli.flush())

    def end(self) -> bytes:
        """The rest, longer by 1 to PADDING random bytes in a block that every reader skips.

        A flush ends at a whole byte. There the block begins (RFC 7932, 9.2), its bits from the lowest: 0 not the last,
        11 no data, 0 reserved, 01 one byte of length follows, eight bits the length less one, two bits of filling.
        """
        length = 1 + secrets.randbelow(PADDING)
        block = 0b0000_0000_01_0_11_0 | (length - 1) << 6
        rest, last = bytes(self._brotli.flush()), bytes(self._brotli.finish())
        return rest + block.to_bytes(2, "little") + secrets.token_bytes(length) + last


@lru_cache(maxsize=100)
def best_coding(accepted: str) -> str:
    """The coding that an Accept-Encoding weighs most, "br" before "gzip" where it does not mind; "" for neither."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        name, _, rest = item.partition(";")
        weights[name.strip()] = _weight(rest)
    plain = weights.get("identity", 0.0)
    liked = [(weights.get(name, weights.get("*", 0.0)), name) for name in CODINGS]
    weight, coding = max(liked, key=lambda one: one[0])
    return coding if weight > 0 and weight >= plain else ""


def _weight(parameters: str) -> float:
    """The q of one item, 1 where none is given; 0 for what is none."""
    if not parameters.strip():
        return 1.0
    name, _, value = parameters.partition("=")
    try:
        weight = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
