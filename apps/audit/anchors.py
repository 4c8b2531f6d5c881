"""Anchors: the ends of all chains under one root, so that a copy outside the database witnesses the past.

The root is that of a Merkle tree as in RFC 6962, section 2.1 (SHA-256; the first byte tells leaves
from nodes), one leaf for each chain. So a State can hold a file with its own chain alone, and still show that it stands
under the root that everybody holds. Pure but for the portal's key.
"""

import base64
import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.audit.signing import is_signed

TITLE = "CARICOM Security Portal: anchor of the audit, format 1"
NONE = "none"
HASH = re.compile(r"[0-9a-f]{64}")
STREAM = re.compile(r"[A-Z0-9]{1,8}")
LONGEST_FILE = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one chain: its last number and, in hexadecimal, its last seal."""

    stream: str
    seq: int
    hash: str

    @property
    def line(self) -> str:
        """The leaf of the tree."""
        return f"{self.stream} {self.seq} {self.hash}"


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """What stands in a file. `proofs` is empty where all chains are there; key and signature are base64."""

    day: datetime.date
    made: str
    before: str
    root: str
    key: str
    signature: str
    heads: tuple[Head, ...]
    proofs: dict[str, tuple[str, ...]]

    def signed(self) -> bytes:
        """What the signature is of."""
        return statement(self.day, self.made, self.before, self.root)

    def text(self) -> str:
        """The file."""
        lines = [
            TITLE,
            *self.signed().decode().splitlines()[1:],
            f"key: {self.key}",
            f"signature: {self.signature}",
            *(f"chain: {head.line}" for head in self.heads),
            *(f"proof: {stream} {' '.join(proof)}".rstrip() for stream, proof in self.proofs.items()),
        ]
        return "\n".join(lines) + "\n"

    def fault(self) -> str:
        """What does not fit within the file itself: chains and root, root and signature; "" for nothing."""
        if not self.heads:
            return "it names no chain"
        if self.proofs:
            under = all(root_by(head, self.proofs.get(head.stream, ())) == self.root for head in self.heads)
        else:
            under = root_of(self.heads) == self.root
        if not under:
            return "its chains do not stand under its root"
        if not is_signed(self.signed(), _bytes(self.signature), _bytes(self.key)):
            return "its signature does not fit"
        return ""


def statement(day: datetime.date, made: str, before: str, root: str) -> bytes:
    """The lines that are signed: the day, when it was made, the root before, the root."""
    return f"{TITLE}\nday: {day.isoformat()}\nmade: {made}\nbefore: {before or NONE}\nroot: {root}\n".encode()


def root_of(heads: Sequence[Head]) -> str:
    """The root over chains in the order given: 52 letters and figures (base32 of SHA-256)."""
    return _letters(_tree([_leaf(head) for head in heads]))


def proof_of(heads: Sequence[Head], stream: str) -> tuple[str, ...]:
    """What leads from a chain to the root: seals beside the way up, L or R for the side on which each stands."""
    leaves = [_leaf(head) for head in heads]
    at = next(number for number, head in enumerate(heads) if head.stream == stream)
    return tuple(f"{side}{seal.hex()}" for side, seal in _way_up(leaves, at))


def root_by(head: Head, proof: Sequence[str]) -> str:
    """The root to which a chain's proof leads; "" for a proof that is none."""
    found = _leaf(head)
    for step in proof:
        side, seal = step[:1], step[1:]
        if side not in {"L", "R"} or not HASH.fullmatch(seal):
            return ""
        beside = bytes.fromhex(seal)
        found = _node(beside, found) if side == "L" else _node(found, beside)
    return _letters(found)


def in_groups(root: str) -> str:
    """A root as it is printed and read aloud: thirteen groups of four."""
    return " ".join(root[at : at + 4] for at in range(0, len(root), 4))


def read(text: str) -> AnchorFile:
    """The file as it was written; ValueError says which line cannot be read."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != TITLE or len(text) > LONGEST_FILE:
        raise ValueError("this is no anchor of the audit")
    said: dict[str, str] = {}
    heads, proofs = [], {}
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        if name == "chain":
            heads.append(_head(value))
        elif name == "proof":
            stream, *steps = value.split()
            proofs[stream] = tuple(steps)
        elif line.strip():
            said[name] = value.strip()
    try:
        day = datetime.date.fromisoformat(said["day"])
        before = "" if said["before"] == NONE else said["before"]
        return AnchorFile(day, said["made"], before, said["root"], said["key"], said["signature"], tuple(heads), proofs)
    except KeyError as missing:
        raise ValueError(f"the line {missing} is missing") from missing


def _head(value: str) -> Head:
    stream, _, rest = value.partition(" ")
    seq, _, seal = rest.partition(" ")
    if not STREAM.fullmatch(stream) or not seq.isdecimal() or len(seq) > 18 or not HASH.fullmatch(seal.strip()):
        raise ValueError(f"this line cannot be read: chain: {value}")
    return Head(stream, int(seq), seal.strip())


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _letters(seal: bytes) -> str:
    return base64.b32encode(seal).decode().rstrip("=")


def _leaf(head: Head) -> bytes:
    return hashlib.sha256(b"\x00" + head.line.encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two that is smaller than the count."""
    return 1 << (count - 1).bit_length() - 1


def _tree(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    if not leaves:
        return hashlib.sha256(b"").digest()
    cut = _split(len(leaves))
    return _node(_tree(leaves[:cut]), _tree(leaves[cut:]))


def _way_up(leaves: Sequence[bytes], at: int) -> list[tuple[str, bytes]]:
    if len(leaves) == 1:
        return []
    cut = _split(len(leaves))
    if at < cut:
        return [*_way_up(leaves[:cut], at), ("R", _tree(leaves[cut:]))]
    return [*_way_up(leaves[cut:], at - cut), ("L", _tree(leaves[:cut]))]
