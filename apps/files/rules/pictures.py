"""What pictures say beside the picture: place, camera, time, names; taken out without touching a pixel.

A JPEG is a row of segments (ITU-T T.81, annex B), a PNG a row of chunks (ISO/IEC 15948). What is needed to show the
picture is kept, everything else goes, and so does what stands after its end. How a camera was held (Exif, tag 0x0112)
is kept as the one fact of a new, minimal Exif.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PICTURES = frozenset({"jpg", "png"})
"""Kinds of files (content.KINDS) that come through here."""

PLACE, EXIF, XMP, IPTC, TEXT, PREVIEW, AFTER, OTHER = (
    *("place", "exif", "xmp", "iptc", "text", "preview", "after", "other"),
)
"""What was taken out. place: GPS; after: bytes behind the end of the picture."""

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
NEEDED = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
JFIF, ICC, ADOBE = b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe"
EXIF_HEAD, XMP_HEAD, IPTC_HEAD = b"Exif\x00\x00", b"http://ns.adobe.com/", b"Photoshop 3.0\x00"

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
SHOWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
     b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
"""Chunks that change how a PNG looks."""

TURNS = range(2, 9)
"""Values of Exif's orientation that turn the picture."""


class Damaged(Exception):
    """The bytes are no whole picture of their kind."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A picture without what it said beside, and the kinds of things that were taken out."""

    data: bytes
    removed: tuple[str, ...]


def bare(data: bytes, kind: str) -> Bare:
    """The picture alone; bytes that hold nothing else come back unchanged. `kind`: one of PICTURES. Raises Damaged."""
    parts = list(_png(data) if kind == "png" else _jpeg(data))
    turn = next((one.turn for one in parts if one.turn), 0)
    removed = {word for one in parts for word in one.removed}
    return Bare((_png_of if kind == "png" else _jpeg_of)(parts, turn), tuple(sorted(removed)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a picture: what is kept of it, b"" for nothing; what it told; and how the camera was held."""

    name: object
    kept: bytes
    removed: tuple[str, ...] = ()
    turn: int = 0


def _jpeg(data: bytes) -> Iterator[_Piece]:
    if data[:2] != b"\xff\xd8":
        raise Damaged
    yield _Piece(SOI, data[:2])
    at, seen = 2, set()
    while True:
        marker, at = _marker(data, at)
        seen.add(marker)
        if marker == EOI:
            break
        if marker in ALONE:
            continue
        body = _segment(data, at)
        at += 2 + len(body)
        yield _judged(marker, body)
        if marker == SOS:
            end = _scan_end(data, at)
            yield _Piece("scan", data[at:end])
            at = end
    if not seen & FRAMES or SOS not in seen:
        raise Damaged
    yield _Piece(EOI, b"\xff\xd9", (AFTER,) if data[at:].strip(b"\x00") else ())


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """(the marker at this place, where its segment begins); any number of 0xFF may fill up before it."""
    if at >= len(data) or data[at] != 0xFF:
        raise Damaged
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at >= len(data) or data[at] in {0x00, SOI}:
        raise Damaged
    return data[at], at + 1


def _segment(data: bytes, at: int) -> bytes:
    if at + 2 > len(data):
        raise Damaged
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2 or at + length > len(data):
        raise Damaged
    return data[at + 2 : at + length]


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture data end: at a marker that is neither a stuffed 0xFF nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Damaged
        if data[at + 1] == 0x00 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _judged(marker: int, body: bytes) -> _Piece:
    """A segment: kept as it is, kept in part, or told and gone."""
    if marker in NEEDED:
        return _Piece(marker, _whole(marker, body))
    if marker == 0xE0 and body.startswith(JFIF) and len(body) >= 14:
        plain = body[:12] + b"\x00\x00"
        return _Piece(marker, _whole(marker, plain), (PREVIEW,) if body != plain else ())
    if (marker == 0xE2 and body.startswith(ICC)) or (marker == 0xEE and body.startswith(ADOBE)):
        return _Piece(marker, _whole(marker, body))
    if marker == 0xE1 and body.startswith(EXIF_HEAD):
        return _of_exif(marker, body[len(EXIF_HEAD) :])
    return _Piece(marker, b"", (_said_by(marker, body),))


def _said_by(marker: int, body: bytes) -> str:
    if marker == 0xE1 and body.startswith(XMP_HEAD):
        return XMP
    if marker == 0xED and body.startswith(IPTC_HEAD):
        return IPTC
    return {0xFE: TEXT, 0xE0: PREVIEW}.get(marker, OTHER)


def _whole(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _of_exif(name: object, tiff: bytes) -> _Piece:
    """Exif is gone but for the turn; one that says nothing else is one of ours and tells nothing."""
    turn, placed = _turn_and_place(tiff)
    if turn and tiff == _minimal(turn):
        return _Piece(name, b"", (), turn)
    return _Piece(name, b"", (EXIF, PLACE) if placed else (EXIF,), turn)


def _turn_and_place(tiff: bytes) -> tuple[int, bool]:
    """(orientation of 2 to 8, else 0; whether there is a place) of the first directory (TIFF 6.0, section 2)."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 0, False
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    if at + 2 > len(tiff):
        return 0, False
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    turn, placed = 0, False
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, _kind, _number, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        turn = value if tag == 0x0112 and value in TURNS else turn
        placed = placed or tag == 0x8825
    return turn, placed


def _minimal(turn: int) -> bytes:
    """A TIFF of one directory with one entry: the orientation."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turn, 0, 0)


def _jpeg_of(pieces: list[_Piece], turn: int) -> bytes:
    exif = _whole(0xE1, EXIF_HEAD + _minimal(turn)) if turn else b""
    head = 2 if len(pieces) > 1 and pieces[1].name == 0xE0 and pieces[1].kept else 1
    kept = [one.kept for one in pieces]
    return b"".join([*kept[:head], exif, *kept[head:]])


def _png(data: bytes) -> Iterator[_Piece]:
    if not data.startswith(PNG_HEAD):
        raise Damaged
    yield _Piece("head", PNG_HEAD)
    at, seen = len(PNG_HEAD), list[bytes]()
    while not seen or seen[-1] != b"IEND":
        name, body, at = _chunk(data, at)
        seen.append(name)
        yield _of_chunk(name, body)
    if seen[0] != b"IHDR" or b"IDAT" not in seen:
        raise Damaged
    if data[at:]:
        yield _Piece("after", b"", (AFTER,))


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, int]:
    """(name, content, where the next begins) of the chunk at this place."""
    if at + 12 > len(data):
        raise Damaged
    length, name = struct.unpack_from(">I4s", data, at)
    end = at + 12 + length
    if end > len(data) or struct.unpack_from(">I", data, end - 4)[0] != zlib.crc32(data[at + 4 : end - 4]):
        raise Damaged
    return name, data[at + 8 : end - 4], end


def _of_chunk(name: bytes, body: bytes) -> _Piece:
    if name in SHOWN:
        return _Piece(name, _packed(name, body))
    if name == b"eXIf":
        return _of_exif(name, body)
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        return _Piece(name, b"", (XMP if body.startswith(b"XML:com.adobe.xmp") else TEXT,))
    return _Piece(name, b"", (OTHER,))


def _packed(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png_of(pieces: list[_Piece], turn: int) -> bytes:
    exif = _packed(b"eXIf", _minimal(turn)) if turn else b""
    kept = [one.kept for one in pieces]
    return b"".join([*kept[:2], exif, *kept[2:]])
