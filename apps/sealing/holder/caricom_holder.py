#!/usr/bin/env python3
"""A key holder of a State: keeps one key, and lets a text that is sealed for the State be opened, share by share.

    caricom_holder.py make-key FILE             a new key in a file under a passphrase; prints what to register
    caricom_holder.py make-token-key            a new key in a PKCS#11 token, which never leaves it; prints the same
    caricom_holder.py show                      public key and fingerprint of the key in use
    caricom_holder.py waiting                   who asks to read what; releases nothing
    caricom_holder.py release OPENING...        release this holder's share of these
    caricom_holder.py serve --for DESK...       one round: release what these desks ask for; by cron, each minute
    caricom_holder.py carry-over PUBLIC         put this holder's shares under their newer key, which `show` printed
    caricom_holder.py seal STATES.json          a text from standard input, sealed for the holders of that file
    caricom_holder.py combine ENVELOPE SHARES   a text, of two shares that were released for this key

One file for Python 3.11 or later and the package `cryptography` (50 or later: HPKE); for a token `caricom_token.py`
beside it. It runs on a machine of the State: neither the key nor a share in clear ever reaches the portal.
Formats: docs/reference/cryptography.md. Exit status: 0 done; 1 something does not fit, and nothing was released of it;
2 could not be tried. Of several openings each is tried: a fault with one is told, and the others are answered.
"""

import argparse
import base64
import getpass
import hashlib
import json
import os
import secrets
import sys
import unicodedata
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.hazmat.primitives.serialization import load_der_private_key as load_der

MARK, FILE_KIND, ITERATIONS, BLOCK = "caricom sealed text 1", "caricom-holder-key", 600_000, 1024
WAITS_S, LARGEST, PAGE = 30, 4_000_000, 200
Given = dict[str, Any]
FAULTS = (ImportError, OSError, ValueError, LookupError, TypeError)


class Wrong(ValueError):
    """What was given does not fit: another key, another purpose, a share that is not the one that was made."""


def about(*words: object) -> bytes:
    """For what something is made: bound to it, so that it opens as nothing else."""
    return "|".join([MARK, *map(str, words)]).encode()


def said(data: bytes) -> str:
    """Bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The bytes that `said` was given; ValueError for none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)


def fingerprint(public: bytes) -> str:
    """What people compare: the first 128 bits of SHA-256, in groups of four digits."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


# --- keys ------------------------------------------------------------------------------------------------------------
class FileKey:
    """A key whose private half is in this process."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | None = None) -> None:
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.public = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class KeyElsewhere(Protocol):
    """A key whose private half is not in this process: in a token (caricom_token.py)."""

    public: bytes

    def schedule(self, enc: bytes, info: bytes) -> tuple[bytes, bytes]:
        """(key, nonce) under which something was sealed, of the encapsulated key that came with it."""


Key = FileKey | KeyElsewhere


def write_key_file(key: FileKey, passphrase: str) -> Given:
    """The file of a key, as the portal's page makes it: PKCS #8 under AES-256-GCM by PBKDF2."""
    salt, nonce, public = secrets.token_bytes(16), secrets.token_bytes(12), said(key.public)
    plain = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    sealed = AESGCM(_stretched(passphrase, salt, ITERATIONS)).encrypt(nonce, plain, about("key file", public))
    more = {"salt": said(salt), "iterations": ITERATIONS, "nonce": said(nonce), "sealed": said(sealed)}
    return {"kind": FILE_KIND, "v": 1, "public": public, "fingerprint": fingerprint(key.public), **more}


def read_key_file(text: str, passphrase: str) -> FileKey:
    """The key of a file; Wrong where it is none, or under another passphrase."""
    try:
        file = json.loads(text)
        salt, sealed, nonce = (bytes_of(file[name]) for name in ("salt", "sealed", "nonce"))
        rounds, public = int(file["iterations"]), file["public"]
        if file["kind"] != FILE_KIND or file["v"] != 1:
            raise ValueError("kind")
    except (ValueError, LookupError, TypeError) as error:
        raise Wrong("this is no key file") from error
    try:
        plain = AESGCM(_stretched(passphrase, salt, rounds)).decrypt(nonce, sealed, about("key file", public))
    except InvalidTag as error:
        raise Wrong("the passphrase does not open this key file") from error
    private = load_der(plain, None)
    return FileKey(private)  # type: ignore[arg-type]  # a P-256 key is all that is ever kept in such a file


def _stretched(passphrase: str, salt: bytes, rounds: int) -> bytes:
    text = unicodedata.normalize("NFC", passphrase).encode()
    return PBKDF2HMAC(SHA256(), 32, salt, rounds).derive(text)


# --- HPKE (RFC 9180, base mode): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM ---------------------------------
SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def wrap(public: bytes, info: bytes, plain: bytes) -> tuple[str, str]:
    """(encapsulated key, sealed bytes) for who has the private half of a public key."""
    made = SUITE.encrypt(plain, ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public), info=info)
    return said(made[:65]), said(made[65:])


def unwrap(own: Key, info: bytes, enc: str, sealed: str) -> bytes:
    """The bytes that `wrap` was given; Wrong for another key or another purpose."""
    try:
        if isinstance(own, FileKey):
            return SUITE.decrypt(bytes_of(enc) + bytes_of(sealed), own.private, info=info)
        key, nonce = own.schedule(bytes_of(enc), info)
        return AESGCM(key).decrypt(nonce, bytes_of(sealed), b"")
    except InvalidTag as error:
        raise Wrong(f"the key {fingerprint(own.public)} does not open this") from error


# --- two of n: Shamir's line over GF(2^8) ----------------------------------------------------------------------------
def times(one: int, other: int) -> int:
    """The product in GF(2^8) of AES (x^8 + x^4 + x^3 + x + 1)."""
    product = 0
    for _bit in range(8):
        product ^= -(other & 1) & one
        one = ((one << 1) ^ (-(one >> 7) & 0x11B)) & 0xFF
        other >>= 1
    return product


def inverse(value: int) -> int:
    """The inverse in GF(2^8): the 254th power."""
    power = value
    for _step in range(6):
        power = times(times(power, power), value)
    return times(power, power)


def share_at(key: bytes, slope: bytes, x: int) -> bytes:
    """The share at x, 1 to 255."""
    return bytes(one ^ times(step, x) for one, step in zip(key, slope, strict=True))


def key_of(one: tuple[int, bytes], other: tuple[int, bytes]) -> bytes:
    """The key of two shares (x, bytes) of one line."""
    (x, first), (y, second) = one, other
    if x == y:
        raise Wrong("two shares of one holder are one share")
    divisor = inverse(x ^ y)
    return bytes(times(times(y, a) ^ times(x, b), divisor) for a, b in zip(first, second, strict=True))


def check_of(text_id: str, party: str, x: int, share: bytes) -> str:
    """By which a share is known to be the one that was made."""
    return hashlib.sha256(about("check", text_id, party, x, "") + share).hexdigest()


# --- texts -----------------------------------------------------------------------------------------------------------
def shares_for(text_id: str, party: str, key: bytes, holders: list[Given]) -> list[Given]:
    """Shares of a key for all holders {id, public} of a State."""
    slope, made = secrets.token_bytes(len(key)), []
    for x, holder in enumerate(holders, start=1):
        share = share_at(key, slope, x)
        enc, sealed = wrap(bytes_of(holder["public"]), about("share", text_id, party, x), share)
        check = check_of(text_id, party, x, share)
        made.append({"key": holder["id"], "x": x, "check": check, "enc": enc, "share": sealed})
    return made


def seal_text(plain: Given, states: dict[str, list[Given]], author: bytes) -> Given:
    """A text {summary, paragraphs: [{text, source_ref}]} sealed for States {party: holders} and for its author."""
    text_id, key, nonce = str(uuid.uuid4()), secrets.token_bytes(32), secrets.token_bytes(12)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    body = AESGCM(key).encrypt(nonce, text + b" " * (BLOCK - len(text) % BLOCK), about("body", text_id))
    enc, own = wrap(author, about("author", text_id), key)
    shares = {party: shares_for(text_id, party, key, holders) for party, holders in states.items()}
    form = {"v": 1, "id": text_id, "body": said(nonce + body), "count": len(plain["paragraphs"])}
    return form | {"shares": shares, "author": {"public": said(author), "enc": enc, "key": own}}


def open_text(envelope: Given, key: bytes) -> Given:
    """What a key opens; Wrong for another."""
    body = bytes_of(envelope["body"])
    try:
        plain = AESGCM(key).decrypt(body[:12], body[12:], about("body", envelope["id"]))
    except InvalidTag as error:
        raise Wrong("these shares do not give the key of this text") from error
    return dict(json.loads(plain))


def key_of_draft(own: Key, envelope: Given) -> bytes:
    """The key of a text for its own author."""
    return unwrap(own, about("author", envelope["id"]), envelope["author"]["enc"], envelope["author"]["key"])


def open_share(own: Key, text_id: str, party: str, one: Given) -> bytes:
    """A holder's own share; Wrong where it is not the one that was made."""
    share = unwrap(own, about("share", text_id, party, one["x"]), one["enc"], one["share"])
    if check_of(text_id, party, one["x"], share) != one["check"]:
        raise Wrong("this is not the share that was made")
    return share


def release_share(own: Key, text_id: str, party: str, one: Given, opening: str, reader: str) -> Given:
    """The share for the reader of an opening alone."""
    share = open_share(own, text_id, party, one)
    enc, sealed = wrap(bytes_of(reader), about("opening", opening, one["x"]), share)
    return {"enc": enc, "share": sealed}


def rewrap(own: Key, text_id: str, party: str, one: Given, public: str) -> Given:
    """The same share for another key of its holder."""
    info = about("share", text_id, party, one["x"])
    enc, sealed = wrap(bytes_of(public), info, open_share(own, text_id, party, one))
    return {"enc": enc, "share": sealed}


def combine(own: Key, text_id: str, party: str, opening: str, released: list[Given]) -> bytes:
    """The key of a text of two shares that were released for this key; Wrong names the share that does not fit."""
    found = []
    for one in released[:2]:
        share = unwrap(own, about("opening", opening, one["x"]), one["enc"], one["share"])
        if check_of(text_id, party, one["x"], share) != one["check"]:
            raise Wrong(f"share {one['x']} is not the one that was made")
        found.append((int(one["x"]), share))
    return key_of(*found)


# --- the portal ------------------------------------------------------------------------------------------------------
class Portal:
    """The portal's API, with a key of a desk."""

    def __init__(self, address: str, key: str) -> None:
        at = urlsplit(address)
        if not at.hostname or (at.scheme != "https" and (at.scheme, at.hostname) != ("http", "127.0.0.1")):
            raise Wrong("the portal is called over https alone")
        self.address, self.key = address.rstrip("/"), key

    def __call__(self, path: str, body: Given | None = None) -> Any:
        """What it answers; its own words where it refuses."""
        kind, data = "application/json", None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Accept": kind, "Content-Type": kind}
        asked = urllib.request.Request(self.address + path, data, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=WAITS_S) as answer:  # noqa: S310
                return json.loads(answer.read(LARGEST))
        except urllib.error.HTTPError as refused:
            raise OSError(f"{refused.code}: {refused.read(2000).decode(errors='replace')}") from refused

    def rows(self, path: str, query: str) -> list[Given]:
        """All records of a list, page by page."""
        found: list[Given] = []
        query = f"{query}&page_size={PAGE}"
        while query:
            page = self(f"{path}?{query}")
            found += page["results"]
            query = urlsplit(page["next"] or "").query
        return found


def each(rows: list[Given], do: Callable[[Given], str]) -> list[str | Exception]:
    """What was done with each, or the fault that kept it from being done; it keeps nothing else."""
    told: list[str | Exception] = []
    for one in rows:
        try:
            told.append(do(one))
        except FAULTS as fault:
            told.append((Wrong if isinstance(fault, Wrong) else OSError)(f"{one['id']}: {fault}"))
    return told


def release(portal: Portal, own: Key, one: Given) -> str:
    """Release this holder's share of an opening."""
    if one["own_share"]["public"] != said(own.public):
        raise Wrong(f"asked of the key {one['own_share']['fingerprint']}, this is {fingerprint(own.public)}")
    made = release_share(own, one["text"], one["party"], one["own_share"], one["id"], one["public"])
    portal(f"/api/v1/rifc/openings/{one['id']}/actions/release/", made)
    return f"released: {line_of(one)}"


def carry_over(portal: Portal, own: Key, newer: str) -> list[str | Exception]:
    """Put this holder's shares that are under the key in use under a newer one; Wrong where that is not in force."""

    def one_over(one: Given) -> str:
        made = rewrap(own, one["text"], one["party"], one, newer)
        portal(f"/api/v1/rifc/key-shares/{one['id']}/actions/rewrap/", made)
        return f"carried over: {one['id']} of text {one['text']}"

    in_force = portal.rows("/api/v1/sealing/holder-keys/", "state=in_force")
    if newer == said(own.public) or newer not in {one["public"] for one in in_force}:
        raise Wrong("this is no newer key in force: have it put into force first, and use the former one here")
    found = portal.rows("/api/v1/rifc/key-shares/", "replaced=true")
    return each([one for one in found if one["public"] == said(own.public)], one_over)


def line_of(one: Given) -> str:
    """An opening in a line."""
    return f"{one['id']} {one['number'] or 'a draft'} of {one['originator']}, asked by {one['desk']}: {one['why']}"


def key_in_use(args: argparse.Namespace) -> Key:
    """The key that the settings name."""
    if args.token:
        from caricom_token import TokenKey  # type: ignore[import-not-found]  # beside this file, where there is a token

        pin = os.environ.get("HOLDER_PIN") or getpass.getpass("PIN: ")
        token: Key = TokenKey(args.library, args.token, args.label, pin, make=args.command == "make-token-key")
        return token
    passphrase = os.environ.get("HOLDER_PASSPHRASE") or getpass.getpass("Passphrase: ")
    return read_key_file(Path(args.key).read_text(), passphrase)


def run(args: argparse.Namespace) -> list[str | Exception]:
    """Do it; what to print, and which faults there were."""
    if args.command == "make-key":
        key = FileKey()
        with open(os.open(args.words[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(json.dumps(write_key_file(key, getpass.getpass("New passphrase: "))) + "\n")
        return ["register on the portal, page Keys of States:", said(key.public), fingerprint(key.public)]
    if args.command == "seal":
        given = json.loads(Path(args.words[0]).read_text())  # {states: {party: [{id, public}]}, author: public key}
        return [json.dumps(seal_text(json.load(sys.stdin), given["states"], bytes_of(given["author"])))]
    own = key_in_use(args)
    if args.command in {"show", "make-token-key"}:
        return [said(own.public), fingerprint(own.public)]
    if args.command == "combine":
        envelope, told = (json.loads(Path(word).read_text()) for word in args.words)
        whole = combine(own, envelope["id"], told["party"], told["opening"], told["shares"])
        return [json.dumps(open_text(envelope, whole), ensure_ascii=False)]
    portal = Portal(args.portal, Path(args.api_key_file).read_text().strip())
    if args.command == "carry-over":
        return carry_over(portal, own, args.words[0])
    waiting = portal.rows("/api/v1/rifc/openings/", "waits=true")  # not those for which it was released already
    if args.command == "waiting":
        return [line_of(one) for one in waiting]
    wanted = args.words if args.command == "release" else [one["id"] for one in waiting if one["desk"] in args.desks]
    missing = sorted(set(wanted) - {one["id"] for one in waiting})
    told = each([one for one in waiting if one["id"] in wanted], lambda one: release(portal, own, one))
    return [*told, *(Wrong(f"{one}: does not wait for this holder") for one in missing)]


def main(words: list[str] | None = None) -> int:
    """Do it; the exit status."""
    parser = argparse.ArgumentParser(description="A key holder of a State")
    commands = ["make-key", "make-token-key", "show", "waiting", "release", "serve", "carry-over", "seal", "combine"]
    parser.add_argument("command", choices=commands)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--key", default="holder-key.json", help="key file")
    parser.add_argument("--library", default="", help="the token's PKCS#11 library")
    parser.add_argument("--token", default="", help="label of the token; without it a key file is used")
    parser.add_argument("--label", default="caricom-holder", help="of the key in the token")
    parser.add_argument("--portal", default="", help="its address, https://…")
    parser.add_argument("--api-key-file", default="api-key", help="file with a key of the desk")
    parser.add_argument("--for", dest="desks", nargs="*", default=[], help="serve: desks whose openings are released")
    try:
        told = run(parser.parse_args(words))
    except FAULTS as fault:
        told = [fault if isinstance(fault, Wrong) else OSError(f"nothing was done: {fault}")]
    for one in told:
        if isinstance(one, Exception):
            sys.stderr.write(f"holder: {one}\n")
        else:
            sys.stdout.write(f"{one}\n")
    return max((1 if isinstance(one, Wrong) else 2 for one in told if isinstance(one, Exception)), default=0)


if __name__ == "__main__":
    sys.exit(main())
