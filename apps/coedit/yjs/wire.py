"""Numbers, strings and values as lib0 writes them; every read is bounds-checked."""

import struct
from typing import Any

SAFE = 2**53 - 1  # the largest whole number that a browser can hold
NESTING = 4  # of values within values; the schema's are flat


class Malformed(Exception):
    """The bytes are not what they claim to be."""


class Reader:
    """Reads from the start of some bytes; Malformed at any read past their end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self.data) - self.at

    def byte(self) -> int:
        """One byte."""
        if self.at >= len(self.data):
            raise Malformed("ends too early")
        value = self.data[self.at]
        self.at += 1
        return value

    def number(self) -> int:
        """A varuint: seven bits a byte, the lowest first; at most 2^53 - 1."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 63:
                raise Malformed("number too long")
        if value > SAFE:
            raise Malformed("number too large")
        return value

    def count(self) -> int:
        """A number of things that follow, each of at least one byte."""
        value = self.number()
        if value > self.left:
            raise Malformed("more announced than sent")
        return value

    def take(self, size: int) -> bytes:
        """That many bytes."""
        if size > self.left:
            raise Malformed("ends too early")
        self.at += size
        return self.data[self.at - size : self.at]

    def block(self) -> bytes:
        """Bytes with their length in front."""
        return self.take(self.number())

    def text(self) -> str:
        """A string: its length in bytes, then UTF-8."""
        try:
            return self.block().decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("not UTF-8") from error

    def signed(self) -> int:
        """A varint: sign and six bits in the first byte, seven in each that follows."""
        first = self.byte()
        value, shift, more = first & 0x3F, 6, first & 0x80
        while more:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            more = byte & 0x80
            if shift > 69:
                raise Malformed("number too long")
        return -value if first & 0x40 else value

    def value(self, nesting: int = NESTING) -> Any:
        """Any value of lib0's binary encoding; None for undefined and null."""
        kind = self.byte()
        if kind in PLAIN:
            return PLAIN[kind]
        if kind in NUMBERS:
            form, size = NUMBERS[kind]
            return struct.unpack(form, self.take(size))[0]
        if kind == 125:
            return self.signed()
        if kind == 119:
            return self.text()
        if kind == 116:
            return self.block()
        if kind in (117, 118) and nesting:
            return self._nested(kind, nesting - 1)
        raise Malformed("unknown kind of value")

    def _nested(self, kind: int, nesting: int) -> Any:
        size = self.count()
        if kind == 117:
            return [self.value(nesting) for _ in range(size)]
        return {self.text(): self.value(nesting) for _ in range(size)}


PLAIN = {127: None, 126: None, 121: False, 120: True}
NUMBERS = {124: (">f", 4), 123: (">d", 8), 122: (">q", 8)}


def number(value: int) -> bytes:
    """A varuint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def block(data: bytes) -> bytes:
    """Bytes with their length in front."""
    return number(len(data)) + data
