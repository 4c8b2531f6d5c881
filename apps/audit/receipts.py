"""A receipt: one entry of the audit as it was sealed, with the way from its seal to a signed anchor. Checked off line.

Who holds it needs neither the portal nor another entry: the text and the seal before give the entry's seal, the way
gives the root over the entries of its chain since the anchor before, the anchor's line of the chain gives the root that
the portal signed and witnesses co-signed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from apps.audit import anchors, merkle
from apps.audit.merkle import HASH

TITLE = "CARICOM Security Portal: receipt of an entry of the audit, format 1"
ANCHOR = "anchor:"
LONGEST_FILE = 300_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """`prev` is the seal before, `text` what is sealed, `way` leads from the seal to the root over the entries."""

    chain: str
    number: int
    prev: str
    text: str
    way: tuple[str, ...]
    anchor: anchors.AnchorFile

    @property
    def seal(self) -> bytes:
        """The entry's seal, computed."""
        return hashlib.sha256(bytes.fromhex(self.prev) + self.text.encode()).digest()

    def file(self) -> str:
        """The receipt as a file; its last part is the anchor's file."""
        way = f"way: {' '.join(self.way)}".rstrip()
        said = [f"chain: {self.chain}", f"number: {self.number}", f"prev: {self.prev}", f"text: {self.text}", way]
        return "\n".join([TITLE, *said, ANCHOR, self.anchor.text()])

    def fault(self) -> str:
        """What does not fit within the receipt, its anchor included; "" for nothing."""
        if wrong := self.anchor.fault():
            return wrong
        head = next((head for head in self.anchor.heads if head.stream == self.chain), None)
        if head is None or not head.since < self.number <= head.seq:
            return "its anchor is not of this entry"
        if _place(self.text) != [self.chain, self.number]:
            return "its text is of another entry"
        root = merkle.climbed(merkle.leaf(self.seal), self.way)
        if root is None or root.hex() != head.rows:
            return "the entry does not stand under its anchor"
        return ""


def way_of(seals: Sequence[bytes], at: int) -> tuple[str, ...]:
    """The way from one of the seals of an anchor to the root over them."""
    return tuple(merkle.way_up([merkle.leaf(seal) for seal in seals], at))


def read(text: str) -> Receipt:
    """The receipt as it was written; ValueError says what cannot be read."""
    own, _, anchor = text.partition(f"\n{ANCHOR}\n")
    lines = own.split("\n")
    if lines[0].strip() != TITLE or len(text) > LONGEST_FILE:
        raise ValueError("this is no receipt of the audit")
    said = {name.rstrip(":"): value for name, _, value in (line.partition(" ") for line in lines[1:])}
    try:
        if not said["number"].isdecimal() or not HASH.fullmatch(said["prev"]):
            raise ValueError("its number or the seal before cannot be read")
        return Receipt(
            said["chain"],
            int(said["number"]),
            said["prev"],
            said["text"],
            tuple(said["way"].split()),
            anchors.read(anchor),
        )
    except KeyError as missing:
        raise ValueError(f"the line {missing} is missing") from missing


def _place(text: str) -> list[object]:
    """Chain and number that a sealed text names; [] for one that is none."""
    try:
        said = json.loads(text)
    except ValueError:
        return []
    return said[1:3] if isinstance(said, list) else []
