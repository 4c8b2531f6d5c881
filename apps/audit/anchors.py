"""Anchors: the ends of all chains under one root, so that a copy outside the database witnesses the past.

The root is that of a Merkle tree as in RFC 6962, section 2.1 (apps.audit.merkle), one leaf for each chain. So a State
can hold a file with its own chain alone, and still show that it stands under the root that everybody holds.

Format 2 makes a log of the anchors: each is a leaf of a second tree, whose root is signed as well, so that a later
anchor is provably of the same log as an earlier one. Of each chain it says besides where the anchor before had ended
and the root over the entries since, so that one entry is proven without another. Files of format 1 are from before
the log; they are read and checked as ever. Pure but for the portal's key.
"""

import base64
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.audit import merkle
from apps.audit.merkle import HASH
from apps.audit.signatures import is_signed

TITLE = "CARICOM Security Portal: anchor of the audit, format 1"
TITLE_2 = "CARICOM Security Portal: anchor of the audit, format 2"
TITLE_OF_WITNESS = "CARICOM Security Portal: witness of an anchor, format 1"
NONE = "none"
GONE = "0" * 64
"""In place of the seal of an entry that was anchored and is no more."""
STREAM = re.compile(r"[A-Z0-9]{1,8}")
LONGEST_FILE = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one chain: its last number and, in hexadecimal, its last seal.

    In format 2 also the number and seal with which it ended at the anchor before, and the root over the seals since.
    """

    stream: str
    seq: int
    hash: str
    since: int = 0
    before: str = ""
    rows: str = ""

    @property
    def line(self) -> str:
        """The leaf of the tree."""
        grown = f" {self.since} {self.before} {self.rows}" if self.rows else ""
        return f"{self.stream} {self.seq} {self.hash}{grown}"

    @property
    def place(self) -> tuple[str, int, str]:
        """Chain, last number, last seal."""
        return self.stream, self.seq, self.hash


@dataclass(frozen=True, slots=True)
class Cosignature:
    """That a witness saw an anchor and found it to follow those before; key and signature are base64."""

    witness: str
    key: str
    seen: str
    signature: str

    def signed(self, number: int, root: str, log: str) -> bytes:
        """What its signature is of."""
        said = f"witness: {self.witness}\nnumber: {number}\nroot: {root}\nlog: {log}\nseen: {self.seen}"
        return f"{TITLE_OF_WITNESS}\n{said}\n".encode()

    def fits(self, number: int, root: str, log: str) -> bool:
        """Whether the signature is by the key, of this anchor."""
        return is_signed(self.signed(number, root, log), _bytes(self.signature), _bytes(self.key))


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """What stands in a file. `proofs` is empty where all chains are there; key and signature are base64.

    `number` is the place in the log of anchors, 1 for the first, and 0 in format 1, which has no log.
    """

    day: datetime.date
    made: str
    before: str
    root: str
    key: str
    signature: str
    heads: tuple[Head, ...]
    proofs: dict[str, tuple[str, ...]]
    number: int = 0
    log: str = ""
    witnesses: tuple[Cosignature, ...] = field(default=())

    def signed(self) -> bytes:
        """What the signature is of."""
        if not self.number:
            return statement(self.day, self.made, self.before, self.root)
        return logged(entry(self.number, self.day, self.made, self.before, self.root), self.log)

    def text(self) -> str:
        """The file."""
        lines = [
            *self.signed().decode().splitlines(),
            f"key: {self.key}",
            f"signature: {self.signature}",
            *(f"chain: {head.line}" for head in self.heads),
            *(f"proof: {stream} {' '.join(proof)}".rstrip() for stream, proof in self.proofs.items()),
            *(f"witness: {one.witness} {one.key} {one.seen} {one.signature}" for one in self.witnesses),
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
        for one in self.witnesses:
            if not one.fits(self.number, self.root, self.log):
                return f"the signature of the witness {one.witness} does not fit"
        return ""


def statement(day: datetime.date, made: str, before: str, root: str) -> bytes:
    """The lines that are signed: the day, when it was made, the root before, the root."""
    return f"{TITLE}\nday: {day.isoformat()}\nmade: {made}\nbefore: {before or NONE}\nroot: {root}\n".encode()


def entry(number: int, day: datetime.date, made: str, before: str, root: str) -> bytes:
    """An anchor as a leaf of the log: its lines without the log's own root."""
    said = f"number: {number}\nday: {day.isoformat()}\nmade: {made}\nbefore: {before or NONE}\nroot: {root}"
    return f"{TITLE_2}\n{said}\n".encode()


def logged(entry: bytes, log: str) -> bytes:
    """The lines that are signed in format 2: the leaf, and the root of the log with it."""
    return entry + f"log: {log}\n".encode()


def log_of(entries: Sequence[bytes]) -> str:
    """The root of the log over anchors in the order of their numbers."""
    return _letters(merkle.root(map(merkle.leaf, entries)))


def logs_of(entries: Sequence[bytes]) -> list[str]:
    """The root of the log at each anchor."""
    return [_letters(one) for one in merkle.roots(map(merkle.leaf, entries))]


def growth(entries: Sequence[bytes], since: int) -> tuple[str, ...]:
    """The proof that the log with so many entries, 1 to all, is the beginning of the log with all of them."""
    return tuple(merkle.consistency([merkle.leaf(one) for one in entries], since))


def root_of(heads: Sequence[Head]) -> str:
    """The root over chains in the order given: 52 letters and figures (base32 of SHA-256)."""
    return _letters(merkle.root(map(_leaf, heads)))


def proof_of(heads: Sequence[Head], stream: str) -> tuple[str, ...]:
    """What leads from a chain to the root: seals beside the way up, L or R for the side on which each stands."""
    at = next(number for number, head in enumerate(heads) if head.stream == stream)
    return tuple(merkle.way_up([_leaf(head) for head in heads], at))


def root_by(head: Head, proof: Sequence[str]) -> str:
    """The root to which a chain's proof leads; "" for a proof that is none."""
    found = merkle.climbed(_leaf(head), proof)
    return "" if found is None else _letters(found)


def in_groups(root: str) -> str:
    """A root as it is printed and read aloud: thirteen groups of four."""
    return " ".join(root[at : at + 4] for at in range(0, len(root), 4))


def read(text: str) -> AnchorFile:
    """The file as it was written; ValueError says which line cannot be read."""
    lines = text.splitlines()
    title = lines[0].strip() if lines else ""
    if title not in {TITLE, TITLE_2} or len(text) > LONGEST_FILE:
        raise ValueError("this is no anchor of the audit")
    said: dict[str, str] = {}
    heads, proofs, witnesses = [], {}, []
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        if name == "chain":
            heads.append(_head(value, grown=title == TITLE_2))
        elif name == "proof":
            stream, *steps = value.split()
            proofs[stream] = tuple(steps)
        elif name == "witness":
            witnesses.append(_cosignature(value))
        elif line.strip():
            said[name] = value.strip()
    try:
        place = (_number(said["number"]), said["log"]) if title == TITLE_2 else (0, "")
        before = "" if said["before"] == NONE else said["before"]
        signed = (said["made"], before, said["root"], said["key"], said["signature"])
        day = datetime.date.fromisoformat(said["day"])
        return AnchorFile(day, *signed, tuple(heads), proofs, *place, tuple(witnesses))
    except KeyError as missing:
        raise ValueError(f"the line {missing} is missing") from missing


def _head(value: str, *, grown: bool) -> Head:
    stream, *rest = value.split()
    numbers, seals = rest[::2][: 1 + grown], [*rest[1::2][: 1 + grown], *rest[4:]]
    if (
        len(rest) != (5 if grown else 2)
        or not STREAM.fullmatch(stream)
        or not all(one.isdecimal() and len(one) <= 18 for one in numbers)
        or not all(HASH.fullmatch(one) for one in seals)
    ):
        raise ValueError(f"this line cannot be read: chain: {value}")
    seq, seal, *more = rest
    return Head(stream, int(seq), seal, int(more[0]), more[1], more[2]) if grown else Head(stream, int(seq), seal)


def _cosignature(value: str) -> Cosignature:
    parts = value.split()
    if len(parts) != 4:
        raise ValueError(f"this line cannot be read: witness: {value}")
    return Cosignature(*parts)


def _number(value: str) -> int:
    if not value.isdecimal() or len(value) > 18 or int(value) < 1:
        raise ValueError(f"this line cannot be read: number: {value}")
    return int(value)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _letters(seal: bytes) -> str:
    return base64.b32encode(seal).decode().rstrip("=")


def _leaf(head: Head) -> bytes:
    return merkle.leaf(head.line.encode())
