"""From bytes to interchanges: character set, telegram and mail wrapping, several interchanges in one file."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from .segments import Delimiters

_CP1252 = "".join(
    bytes([code]).decode("cp1252") if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(code) for code in range(256)
)
_TO_CP1252 = codecs.charmap_build(_CP1252)
_WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# A UNA counts only in front of a service segment: the letters also occur in names (SHAUNAE).
_ADVICE = re.compile(r"UNA(.{6})[ \t]*(?=UNB|UNG|UNH|BGM)", re.IGNORECASE | re.DOTALL)
_ADVICE_BY_LINES = re.compile(r"UNA([^\r\n]{5})[\r\n]+[ \t]*(?=UNB|UNG|UNH|BGM)", re.IGNORECASE)
_HEADER = re.compile(r"UNB[ \t]*[^A-Z0-9 \t\r\n][ \t]*(?:UNO[A-Z]|IAT[AB]|SIRE|KECA)", re.IGNORECASE)
_ORIGIN = re.compile(r"^[ \t]*\.([A-Z0-9]{7})(?:[ \t]+(\d{6}))?", re.IGNORECASE | re.MULTILINE)
_PRIORITY = re.compile(r"^[^A-Z0-9\r\n]*Q[A-Z][ \t]+[A-Z0-9]{5,8}\b", re.IGNORECASE | re.MULTILINE)
_TELEGRAM_HEAD = 2_000  # two address lines and an origin line need far less


@dataclass(slots=True)
class Stretch:
    """One interchange's text from UNB (or what stands for it) on, and the delimiters its UNA names."""

    text: str
    advice: Delimiters | None = None
    inherited: Delimiters | None = None
    origin: str | None = None
    leading: int = 0


@dataclass(slots=True)
class Unwrapped:
    """The text as received, without and with line ends, cut into stretches."""

    lines: str
    stretches: list[Stretch]
    code_page: bool = False
    telegram: str | None = None
    wrapped: bool = False
    by_line_advice: Delimiters | None = field(default=None)


def starts_of_interchanges(text: str) -> list[int]:
    """Where a UNA that counts, or a UNB, stands."""
    return sorted(found.start() for pattern in (_ADVICE, _HEADER) for found in pattern.finditer(text))


def advice_before(text: str, place: int) -> Delimiters | None:
    """The delimiters that the last UNA in front of a place names, None without one."""
    named = [found.group(1) for found in _ADVICE.finditer(text, 0, place)]
    return advised(named[-1]) if named else None


def encode(text: str, data: bytes) -> bytes:
    """A text as bytes in the character set, and with the mark, of the bytes that it was decoded from."""
    for mark, codec in _WIDE_MARKS.items():
        if data.startswith(mark):
            return mark + text.encode(codec, "replace")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return mark + codecs.charmap_encode(text, "replace", _TO_CP1252)[0]
    return mark + text.encode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, bool]:
    """Text of the bytes and whether they had to be read as code page 1252; never raises, byte-order marks dropped."""
    for mark, codec in _WIDE_MARKS.items():
        if data.startswith(mark):
            return data[2:].decode(codec, "replace"), False
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), False
    except UnicodeDecodeError:
        return codecs.charmap_decode(data.removeprefix(codecs.BOM_UTF8), "strict", _CP1252)[0], True


def advised(characters: str) -> Delimiters | None:
    """Delimiters named by the six characters of a UNA, None when they cannot split a text."""
    component, element, release, terminator = characters[0], characters[1], characters[3], characters[5]
    chosen = (component, element, terminator)
    if len(set(chosen)) < 3 or any(mark.isalnum() or mark in " \t" for mark in chosen):
        return None
    if terminator in "\r\n":
        terminator = "\n"
    if release == " " or release.isalnum() or release in chosen:
        release = ""
    return Delimiters(component, element, release, terminator, "advice")


def unwrap(data: bytes) -> Unwrapped:
    """Cut a file into interchanges; wrapping lines are set aside, line ends inside the text removed."""
    text, code_page = decode(data)
    joined = text.replace("\r", "").replace("\n", "")
    result = Unwrapped(lines=text, stretches=[], code_page=code_page)
    result.stretches = _stretches(joined)
    by_lines = _ADVICE_BY_LINES.search(text)
    if by_lines:
        result.by_line_advice = advised(by_lines.group(1) + "\n")
    result.telegram = _telegram(text)
    result.wrapped = "\n" in text or "\r" in text
    return result


def _telegram(text: str) -> str | None:
    """Origin address of a Type-B telegram, "" when only a priority line stands there, None for no telegram."""
    head = text[:_TELEGRAM_HEAD]
    origin = _ORIGIN.search(head)
    if origin:
        return origin.group(1).upper()
    return "" if _PRIORITY.search(head) else None


def _stretches(joined: str) -> list[Stretch]:
    """Cut at every UNA that counts and at every UNB; text in front belongs to the wrapping."""
    starts: list[tuple[int, int, Delimiters | None]] = [
        (found.start(), found.end(), advised(found.group(1))) for found in _ADVICE.finditer(joined)
    ]
    after_advice = {end for _start, end, _advice in starts}
    starts += [(f.start(), f.start(), None) for f in _HEADER.finditer(joined) if f.start() not in after_advice]
    starts.sort(key=lambda start: start[0])
    if not starts:
        return [Stretch(joined)]
    stretches: list[Stretch] = []
    inherited: Delimiters | None = None
    before = joined[: starts[0][0]]
    if before.strip(" \t"):
        stretches.append(Stretch(before))
    for index, (_start, body, advice) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(joined)
        stretches.append(Stretch(joined[body:end], advice, None if body != _start else inherited))
        inherited = advice or inherited
    return stretches
