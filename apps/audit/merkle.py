"""Merkle trees as in RFC 6962, section 2.1 (SHA-256): roots, ways up to them, and proofs that a log only grew. Pure.

The first byte tells leaves (0) from nodes (1). A way up is a list of the seals beside it, L or R for the side on which
each of them is, in hexadecimal. A proof of consistency is that of section 2.1.2, in hexadecimal as well.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

HASH = re.compile(r"[0-9a-f]{64}")
EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """What stands at the foot of a tree for this data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """What stands above two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots(leaves: Iterable[bytes]) -> Iterator[bytes]:
    """The root after each of the leaves as they come; as many seals in memory as the tree is high."""
    peaks: list[bytes] = []
    for number, one in enumerate(leaves):
        _add(peaks, number, one)
        yield _top(peaks)


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves as they come; as many seals in memory as the tree is high."""
    peaks: list[bytes] = []
    for number, one in enumerate(leaves):
        _add(peaks, number, one)
    return _top(peaks)


def _add(peaks: list[bytes], number: int, one: bytes) -> None:
    """One leaf more, after so many: whole subtrees of the same height become one."""
    while number & 1:
        one, number = node(peaks.pop(), one), number >> 1
    peaks.append(one)


def _top(peaks: list[bytes]) -> bytes:
    if not peaks:
        return EMPTY
    *left, found = peaks
    for peak in reversed(left):
        found = node(peak, found)
    return found


def way_up(leaves: Sequence[bytes], at: int) -> list[str]:
    """What leads from one of the leaves to the root."""
    if len(leaves) == 1:
        return []
    cut = _split(len(leaves))
    if at < cut:
        return [*way_up(leaves[:cut], at), f"R{root(leaves[cut:]).hex()}"]
    return [*way_up(leaves[cut:], at - cut), f"L{root(leaves[:cut]).hex()}"]


def climbed(start: bytes, way: Sequence[str]) -> bytes | None:
    """The root to which a way leads from a leaf; None for a way that is none."""
    found = start
    for step in way:
        side, seal = step[:1], step[1:]
        if side not in {"L", "R"} or not HASH.fullmatch(seal):
            return None
        beside = bytes.fromhex(seal)
        found = node(beside, found) if side == "L" else node(found, beside)
    return found


def consistency(leaves: Sequence[bytes], size: int) -> list[str]:
    """The proof that the tree over the first `size` leaves, 1 to all, is the beginning of the tree over all."""
    return [seal.hex() for seal in _subproof(leaves, size, whole=True)]


def _subproof(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2."""
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    cut = _split(len(leaves))
    if size <= cut:
        return [*_subproof(leaves[:cut], size, whole=whole), root(leaves[cut:])]
    return [*_subproof(leaves[cut:], size - cut, whole=False), root(leaves[:cut])]


def _split(count: int) -> int:
    """The largest power of two that is smaller than the count."""
    return 1 << (count - 1).bit_length() - 1
