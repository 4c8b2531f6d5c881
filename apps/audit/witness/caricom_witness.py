#!/usr/bin/env python3
"""A witness of the CARICOM Security Portal's audit: looks each hour whether it only grew, and co-signs its anchor.

    caricom_witness.py key                      make this witness's own key, print what to register
    caricom_witness.py watch                    one round: fetch, check, co-sign, hand in; by cron, each hour
    caricom_witness.py check FILE...            check kept anchors and receipts, off line
    caricom_witness.py sign FILE                co-sign a kept anchor, off line: prints time, signature and key

One file for Python 3.11 or later and the package `cryptography`. It shares no line with the portal on purpose: who
checks a portal with its own code repeats its faults. Files are described in docs/reference/audit.md.
Exit status: 0 all is well; 1 the portal has shown something that does not fit; 2 nothing could be checked (no network,
wrong settings, no new anchor). After a fault it co-signs no more until somebody has removed FAULT from its folder.
"""

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import smtplib
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ANCHOR_1 = "CARICOM Security Portal: anchor of the audit, format 1"
ANCHOR_2 = "CARICOM Security Portal: anchor of the audit, format 2"
RECEIPT = "CARICOM Security Portal: receipt of an entry of the audit, format 1"
WITNESS = "CARICOM Security Portal: witness of an anchor, format 1"
ADDRESS = re.compile(r"https://[^/?#].*|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/.*)?")
SEAL = re.compile(r"[0-9a-f]{64}")
LARGEST, WAITS_S, STALE = 2_000_000, 30, datetime.timedelta(hours=3)


class Fault(Exception):
    """What was shown does not fit: the portal, or somebody in its place, says two different things."""


class Unchecked(Exception):
    """Nothing could be looked at."""


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def leaf(data: bytes) -> bytes:
    """A leaf of a tree."""
    return sha(b"\0" + data)


def above(left: bytes, right: bytes) -> bytes:
    """The node above two."""
    return sha(b"\1" + left + right)


def root_of(leaves: list[bytes]) -> bytes:
    """The root over leaves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    half = half_of(len(leaves))
    return above(root_of(leaves[:half]), root_of(leaves[half:]))


def half_of(count: int) -> int:
    """The largest power of two that is smaller than the count."""
    return 1 << (count - 1).bit_length() - 1


def climb(start: bytes, way: list[str]) -> bytes:
    """From a leaf to the root; Fault for a way that is none."""
    for step in way:
        if step[:1] not in ("L", "R") or not SEAL.fullmatch(step[1:]):
            raise Fault("a way through a tree cannot be read")
        beside = bytes.fromhex(step[1:])
        start = above(beside, start) if step[0] == "L" else above(start, beside)
    return start


def must_have_grown(size: int, old: bytes, new_size: int, new: bytes, proof: list[str]) -> None:
    """Fault unless the proof shows that the log of `size` leaves is the beginning of the log of `new_size`."""
    path = [bytes.fromhex(one) for one in proof if SEAL.fullmatch(one)]
    try:
        fits = 0 < size <= new_size and both_roots(size, new_size, path, old) == (old, new) and not path
    except IndexError:  # a proof that is too short
        fits = False
    if not fits:
        raise Fault(f"the log of {new_size} anchors is not that of {size} anchors which this witness has seen")


def both_roots(size: int, new_size: int, path: list[bytes], old: bytes | None) -> tuple[bytes, bytes]:
    """The roots over `size` and over `new_size` leaves, from a proof that is used up from its end (section 2.1.2).

    `old` is the root over `size` leaves while these are the beginning of the whole, and None within a further part.
    """
    if size == new_size:
        known = path.pop() if old is None else old
        return known, known
    half = half_of(new_size)
    beside = path.pop()
    if size <= half:
        first, second = both_roots(size, half, path, old)
        return first, above(second, beside)
    first, second = both_roots(size - half, new_size - half, path, None)
    return above(beside, first), above(beside, second)


def from_letters(text: str) -> bytes:
    """A root as it is written: base32."""
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as wrong:
        raise Fault(f"this is no root: {text}") from wrong


def must_be_signed(said: bytes, signature: str, key: str, what: str) -> None:
    """Fault unless the signature is by the key; both base64."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(base64.b64decode(signature), said)
    except (InvalidSignature, ValueError) as wrong:
        raise Fault(f"the signature of {what} does not fit") from wrong


class Anchor:
    """An anchor as its file says it."""

    def __init__(self, text: str) -> None:
        lines = text.splitlines()
        if not lines or lines[0] not in (ANCHOR_1, ANCHOR_2):
            raise Fault("this is no anchor of the audit")
        self.logged = lines[0] == ANCHOR_2
        self.said: dict[str, str] = {}
        self.chains: dict[str, list[str]] = {}
        self.proofs: dict[str, list[str]] = {}
        self.witnesses: list[list[str]] = []
        for line in filter(None, lines[1:]):
            name, _, value = line.partition(":")
            words = value.split()
            if name in ("chain", "proof") and words:
                {"chain": self.chains, "proof": self.proofs}[name][words[0]] = words[1:]
            elif name == "witness":
                self.witnesses.append(words)
            else:
                self.said[name] = value.strip()
        wanted = ("day", "made", "before", "root", "key", "signature", *(("number", "log") if self.logged else ()))
        if missing := [name for name in wanted if name not in self.said]:
            raise Fault(f"the anchor does not say its {missing[0]}")
        if self.logged and not self.said["number"].isdecimal():
            raise Fault("the anchor's number cannot be read")
        self.number = int(self.said["number"]) if self.logged else 0
        self.log = from_letters(self.said["log"]) if self.logged else b""
        self.name = f"anchor {self.number}" if self.logged else f"anchor of {self.said['day']}"

    def entry(self) -> bytes:
        """What is a leaf of the log, and signed with the log's root."""
        names = ("number", "day", "made", "before", "root") if self.logged else ("day", "made", "before", "root")
        lines = [ANCHOR_2 if self.logged else ANCHOR_1, *(f"{name}: {self.said[name]}" for name in names)]
        return ("\n".join(lines) + "\n").encode()

    def check(self, portal_keys: list[str]) -> None:
        """Fault unless it is whole in itself, signed by a known key of the portal, and so are its co-signatures."""
        leaves = {name: leaf(" ".join([name, *rest]).encode()) for name, rest in self.chains.items()}
        if not leaves:
            raise Fault(f"{self.name} names no chain")
        root = from_letters(self.said["root"])
        found = [root_of(list(leaves.values()))]
        if self.proofs:
            found = [climb(one, self.proofs.get(name, [])) for name, one in leaves.items()]
        if any(one != root for one in found):
            raise Fault(f"the chains of {self.name} do not stand under its root")
        if portal_keys and self.said["key"] not in portal_keys:
            raise Fault(f"{self.name} is signed with a key that is not known as the portal's")
        log = f"log: {self.said['log']}\n".encode() if self.logged else b""
        must_be_signed(self.entry() + log, self.said["signature"], self.said["key"], self.name)
        for name, key, seen, signature in self.witnesses:
            must_be_signed(self.statement(name, seen), signature, key, f"the witness {name}")

    def statement(self, witness: str, seen: str) -> bytes:
        """What a witness signs."""
        lines = [f"witness: {witness}", *(f"{name}: {self.said[name]}" for name in ("number", "root", "log"))]
        return "\n".join([WITNESS, *lines, f"seen: {seen}", ""]).encode()

    def must_follow(self, last: dict[str, Any], proof: list[str]) -> None:
        """Fault unless it is of the log, and its chains go on where they were, that this witness has seen last."""
        must_have_grown(last["number"], bytes.fromhex(last["log"]), self.number, self.log, proof)
        if self.number != last["number"] + 1:
            return
        if self.said["before"] != last["root"]:
            raise Fault(f"{self.name} does not name the anchor before it")
        for name, (seq, seal) in last["chains"].items():
            now = self.chains.get(name)
            if now is None:
                raise Fault(f"the chain {name} is gone from {self.name}")
            if now[2:4] != [seq, seal] or int(now[0]) < int(seq):
                raise Fault(f"the chain {name} was cut or rewritten before {self.name}: entry {seq} is not what it was")

    def state(self) -> dict[str, Any]:
        """What has to be kept of it to check the next."""
        ends = {name: rest[:2] for name, rest in self.chains.items()}
        return {"number": self.number, "log": self.log.hex(), "root": self.said["root"], "chains": ends}


def check_receipt(text: str, portal_keys: list[str]) -> str:
    """Fault unless a receipt proves its entry; what it proves, in words."""
    own, _, rest = text.partition("\nanchor:\n")
    said = dict(line.partition(": ")[::2] for line in own.split("\n")[1:])
    anchor = Anchor(rest)
    anchor.check(portal_keys)
    try:
        place, head = json.loads(said["text"])[1:3], anchor.chains[said["chain"]]
        seal = sha(bytes.fromhex(said["prev"]) + said["text"].encode())
        number, way = int(said["number"]), said.get("way", "").split()
        inside = int(head[2]) < number <= int(head[0])
    except (KeyError, ValueError, IndexError, TypeError) as wrong:
        raise Fault("the receipt cannot be read") from wrong
    if place != [said["chain"], number] or not inside:
        raise Fault("the receipt's text is of another entry")
    if climb(leaf(seal), way).hex() != head[4]:
        raise Fault(f"the entry {said['chain']} {number} does not stand under {anchor.name}")
    return f"entry {said['chain']} {number}, as sealed; {described(anchor, portal_keys)}"


def check_anchor(text: str, portal_keys: list[str]) -> str:
    """Fault unless an anchor is whole in itself; what it is, in words."""
    anchor = Anchor(text)
    anchor.check(portal_keys)
    return described(anchor, portal_keys)


def described(anchor: Anchor, portal_keys: list[str]) -> str:
    """By whom an anchor that fits is signed and co-signed."""
    signer = "the portal" if portal_keys else f"the key {anchor.said['key']}, not compared with the portal's"
    witnesses = ", ".join(one[0] for one in anchor.witnesses) or "nobody"
    return f"{anchor.name}, signed by {signer}; co-signed by {witnesses}"


class Portal:
    """The portal over HTTPS, with a key of the party's desk."""

    def __init__(self, address: str, key_file: str) -> None:
        if not ADDRESS.fullmatch(address):  # the whole of it: a host may only begin like this machine's
            raise Unchecked("the portal's address begins with https://")
        self.address, self.key = f"{address.rstrip('/')}/api/v1/oversight/", Path(key_file).read_text().strip()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> bytes:
        """What it answers; Unchecked for an error."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, data, headers)  # noqa: S310  (__init__ looks)
        try:
            with urllib.request.urlopen(request, timeout=WAITS_S) as answer:  # noqa: S310  (as above)
                return bytes(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            told = error.read(2000).decode(errors="replace")
            if error.code == 409 and "cosigned-already" in told:
                return b"{}"
            raise Unchecked(f"{path}: {error.code} {told}") from error
        except OSError as error:
            raise Unchecked(f"{path}: {error}") from error

    def anchors(self, query: str) -> Any:
        """Anchors of the log, newest first."""
        return [one for one in json.loads(self.ask(f"anchors/?{query}"))["results"] if one["number"]]


def watch(args: argparse.Namespace, sign: "Signer") -> list[str]:
    """One round: every anchor since the last one seen is checked against it, kept, co-signed and handed in."""
    folder, portal = Path(args.state), Portal(args.portal, args.api_key_file)
    if (folder / "FAULT").exists():
        raise Fault(f"a fault was found before and nobody has dealt with it: {(folder / 'FAULT').read_text()}")
    if not args.portal_key:
        raise Unchecked("--portal-key is missing: without the portal's known key anybody could be the portal")
    known = folder / "last.json"
    last = json.loads(known.read_text()) if known.exists() else None
    newest = portal.anchors("page_size=1")
    if not newest:
        return ["the portal has no anchor yet"]
    number, told = newest[0]["number"], []
    if last and number < last["number"]:
        raise Fault(f"the portal's newest anchor is {number}, and this witness has seen {last['number']}")
    for wanted in range(last["number"] if last else number, number + 1):
        rows = portal.anchors(f"number={wanted}")
        if not rows:
            raise Fault(f"the portal has no anchor {wanted} any more")
        text = portal.ask(f"anchors/{rows[0]['id']}/file/").decode()
        anchor = Anchor(text)
        anchor.check(args.portal_key)
        if anchor.number != wanted:
            raise Fault(f"asked for anchor {wanted} the portal shows {anchor.name}")
        if last:
            growth = json.loads(portal.ask(f"anchors/{rows[0]['id']}/growth/?since={last['number']}"))
            anchor.must_follow(last, growth["proof"])
        (folder / f"anchor-{wanted}.txt").write_text(text)
        seen, signature = sign(anchor)
        portal.ask("cosignatures/", {"anchor": wanted, "key": sign.public, "seen": seen, "signature": signature})
        told.append(f"{anchor.name}: fits, co-signed")
        last = anchor.state()
        known.with_suffix(".new").write_text(json.dumps(last))
        known.with_suffix(".new").replace(known)  # whole or not at all
        made = datetime.datetime.fromisoformat(anchor.said["made"])
    if datetime.datetime.now(datetime.UTC) - made > STALE:
        raise Unchecked(f"the portal has made no anchor since {made.isoformat()}")
    return told


class Signer:
    """This witness's name and key."""

    def __init__(self, name: str, key_file: Path) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key_file.read_text()))
        self.name, self.public = name, base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def __call__(self, anchor: Anchor) -> tuple[str, str]:
        """(when, signature) of an anchor of the log."""
        if not anchor.logged:
            raise Fault(f"{anchor.name} is from before the log and cannot be co-signed")
        seen = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return seen, base64.b64encode(self.key.sign(anchor.statement(self.name, seen))).decode()


def make_key(path: Path) -> list[str]:
    """A new key, readable by its owner alone; never over an old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(key.private_bytes_raw()).decode() + "\n")
    return ["register this public key on the portal, page Witnesses:", Signer("", path).public]


def check(args: argparse.Namespace) -> list[str]:
    """Check files off line."""
    told = []
    for path in map(Path, args.files):
        text = path.read_text()
        look = check_receipt if text.startswith(RECEIPT) else check_anchor
        told.append(f"{path.name}: {look(text, args.portal_key)}")
    return told


def scream(args: argparse.Namespace, what: str) -> None:
    """To whoever reads the machine's log, and by mail where that is set."""
    sys.stderr.write(f"WITNESS {args.name or ''}: THE AUDIT DOES NOT FIT: {what}\n")
    if args.command == "watch":
        (Path(args.state) / "FAULT").write_text(f"{what}\n")
    if args.mail_to:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = "The portal's audit does not fit", args.mail_to, args.mail_to
        mail.set_content(f"{what}\n\nKeep the folder {args.state} as it is, and call the other witnesses.\n")
        host, _, port = args.smtp.partition(":")
        with smtplib.SMTP(host, int(port or 25), timeout=WAITS_S) as server:
            server.send_message(mail)


def arguments() -> argparse.ArgumentParser:
    """What it takes."""
    parser = argparse.ArgumentParser(description="A witness of the CARICOM Security Portal's audit")
    parser.add_argument("command", choices=["key", "watch", "check", "sign"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--portal", default="", help="address of the portal, https://…")
    parser.add_argument("--portal-key", action="append", default=[], help="the portal's public key, base64; repeatable")
    parser.add_argument("--api-key-file", default="api-key", help="file with a key of the party's oversight desk")
    parser.add_argument("--name", default="", help="PARTY/name as it is registered, for example BRB/bridgetown-1")
    parser.add_argument("--state", default=".", help="folder of what it has seen, and of its key")
    parser.add_argument("--mail-to", default="", help="whom to mail when something does not fit")
    parser.add_argument("--smtp", default="localhost:25")
    return parser


def main(words: list[str] | None = None) -> int:
    """Do it; the exit status."""
    args = arguments().parse_args(words)
    key_file = Path(args.state) / "witness.key"
    try:
        if args.command == "watch":
            told = watch(args, Signer(args.name, key_file))
        else:
            told = make_key(key_file) if args.command == "key" else check(args)
        if args.command == "sign":
            sign = Signer(args.name, key_file)
            told = [*sign(Anchor(Path(args.files[0]).read_text())), sign.public]
    except Fault as fault:
        scream(args, str(fault))
        return 1
    except (Unchecked, OSError, ValueError, LookupError, TypeError) as error:
        sys.stderr.write(f"witness: nothing was checked: {error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
