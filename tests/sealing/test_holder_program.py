"""The arithmetic of sealed texts: in Python, in the browser's script, and one against the other."""

import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from apps.sealing.holder import caricom_holder as program
from apps.sealing.holder import caricom_token as tokens
from apps.sealing.rules import envelopes, points

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "static" / "js" / "sealing" / "crypto.js"
NODE = shutil.which("node")
TEXT: dict[str, Any] = {"summary": "A summary, ça va", "paragraphs": [{"text": "One."}, {"text": "Two."}]}


def holders(count: int) -> tuple[list[program.FileKey], list[dict[str, str]]]:
    keys = [program.FileKey() for _one in range(count)]
    return keys, [
        {"id": f"00000000-0000-7000-8000-{n:012}", "public": program.said(k.public)} for n, k in enumerate(keys)
    ]


def slow_product(one: int, other: int) -> int:
    """The product of two polynomials over GF(2), then the rest modulo x^8 + x^4 + x^3 + x + 1."""
    whole = 0
    for bit in range(8):
        whole ^= (one << bit) if other >> bit & 1 else 0
    for bit in range(14, 7, -1):
        whole ^= (0x11B << (bit - 8)) if whole >> bit & 1 else 0
    return whole


def test_the_field_is_that_of_aes():
    assert program.times(0x57, 0x83) == 0xC1  # FIPS 197, 4.2
    assert program.times(0x57, 0x13) == 0xFE  # FIPS 197, 4.2.1
    assert program.inverse(0x53) == 0xCA  # FIPS 197, 5.1.1 and appendix of the S-box
    assert all(
        program.times(one, other) == slow_product(one, other) for one in range(256) for other in range(0, 256, 7)
    )
    assert all(program.times(one, program.inverse(one)) == 1 for one in range(1, 256))


def test_any_two_of_n_give_the_key_and_one_gives_nothing():
    key, slope = bytes(range(32)), bytes(range(100, 132))
    shares = {x: program.share_at(key, slope, x) for x in (1, 2, 3, 7, 255)}
    for one, other in itertools.permutations(shares.items(), 2):
        assert program.key_of(one, other) == key
    # with one share every key is possible, each by another slope
    x, share = 7, shares[7]
    wanted = bytes(32)
    other_slope = bytes(program.times(a ^ b, program.inverse(x)) for a, b in zip(share, wanted, strict=True))
    assert program.share_at(wanted, other_slope, x) == share
    with pytest.raises(program.Wrong):
        program.key_of((7, share), (7, share))


def test_the_schedule_for_tokens_is_the_librarys_and_of_rfc_9180():
    own = program.FileKey()
    enc, sealed = program.wrap(own.public, b"purpose", b"share")

    class Token(tokens.TokenKey):
        def __init__(self) -> None:
            self.public = own.public

        def exchange(self, other: bytes) -> bytes:
            return own.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), other))

    assert program.unwrap(Token(), b"purpose", enc, sealed) == program.unwrap(own, b"purpose", enc, sealed) == b"share"
    for wrong in (program.FileKey(), Token()):
        with pytest.raises(program.Wrong):
            program.unwrap(wrong, b"another purpose", enc, sealed)


def test_the_program_finds_what_it_needs_for_a_token_beside_itself():
    """And says what is missing: here the package for tokens."""
    assert program.__file__ is not None
    said = subprocess.run(
        [sys.executable, program.__file__, "show", "--token", "caricom"],
        env={"HOLDER_PIN": "1234"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (2, "holder: nothing was done: No module named 'pkcs11'\n")


def test_a_text_opens_with_two_shares_of_a_state_and_is_bound_to_its_opening():
    keys, rows = holders(3)
    author, reader = program.FileKey(), program.FileKey()
    sealed = program.seal_text(TEXT, {"BRB": rows}, author.public)
    assert program.open_text(sealed, program.key_of_draft(author, sealed)) == TEXT
    reader_key, shares = program.said(reader.public), sealed["shares"]["BRB"]

    def released(n: int, opening: str = "o-1", with_key: Any = None) -> dict[str, Any]:
        made = program.release_share(with_key or keys[n], sealed["id"], "BRB", shares[n], opening, reader_key)
        return made | {"x": shares[n]["x"], "check": shares[n]["check"]}

    for pair in itertools.combinations(range(3), 2):
        key = program.combine(reader, sealed["id"], "BRB", "o-1", [released(n) for n in pair])
        assert program.open_text(sealed, key) == TEXT
    with pytest.raises(program.Wrong, match="does not open"):
        program.combine(reader, sealed["id"], "BRB", "o-2", [released(0), released(1)])
    with pytest.raises(program.Wrong, match=program.fingerprint(keys[1].public)):
        released(0, with_key=keys[1])
    with pytest.raises(program.Wrong):
        program.combine(program.FileKey(), sealed["id"], "BRB", "o-1", [released(0), released(1)])


def test_a_share_that_is_not_the_one_that_was_made_is_named():
    keys, rows = holders(3)
    reader = program.FileKey()
    sealed = program.seal_text(TEXT, {"BRB": rows}, reader.public)
    shares = sealed["shares"]["BRB"]
    made = [
        program.release_share(keys[n], sealed["id"], "BRB", shares[n], "o", program.said(reader.public))
        | {"x": shares[n]["x"], "check": shares[n]["check"]}
        for n in range(2)
    ]
    enc, false = program.wrap(reader.public, program.about("opening", "o", 2), b"z" * 32)
    with pytest.raises(program.Wrong, match="share 2 is not the one that was made"):
        program.combine(reader, sealed["id"], "BRB", "o", [made[0], made[1] | {"enc": enc, "share": false}])


def test_a_key_file_opens_under_its_passphrase_alone():
    key = program.FileKey()
    file = json.dumps(program.write_key_file(key, "a long passphrase é"))
    assert program.read_key_file(file, "a long passphrase é").public == key.public
    with pytest.raises(program.Wrong, match="passphrase"):
        program.read_key_file(file, "another")
    for other in ("", "{}", "[]", "no json", json.dumps({"kind": "another"})):
        with pytest.raises(program.Wrong, match="no key file"):
            program.read_key_file(other, "x")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://portal.example/", True),
        ("http://127.0.0.1:8000", True),
        ("http://portal.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://127.0.0.1@evil.example", False),
        ("http://127.0.0.1:80@evil.example", False),
        ("https://", False),
        ("", False),
    ],
)
def test_the_key_of_the_desk_is_sent_over_tls_or_to_this_machine_alone(address, safe):
    if safe:
        assert program.Portal(address, "ccp_of_the_desk").key == "ccp_of_the_desk"
        return
    with pytest.raises(program.Wrong, match="https alone"):
        program.Portal(address, "ccp_of_the_desk")


def test_the_portal_reads_the_form_of_what_the_program_makes_and_nothing_else():
    _keys, rows = holders(3)
    author = program.FileKey()
    sealed = program.seal_text(TEXT, {"BRB": rows}, author.public)
    read = envelopes.read_envelope(sealed)
    assert (str(read.id), read.count, [one.x for one in read.shares["BRB"]]) == (sealed["id"], 2, [1, 2, 3])
    assert points.fingerprint(author.public) == program.fingerprint(author.public)
    share = sealed["shares"]["BRB"][0]
    wrong: list[Any] = [
        {**sealed, "v": 2},
        {name: one for name, one in sealed.items() if name != "author"},
        {**sealed, "more": 1},
        {**sealed, "id": "no id"},
        {**sealed, "id": sealed["id"].upper()},
        {**sealed, "id": sealed["id"].replace("-", "")},
        {**sealed, "id": f"urn:uuid:{sealed['id']}"},
        {**sealed, "count": True},
        {**sealed, "count": "2"},
        {**sealed, "body": sealed["body"][:-4]},
        {**sealed, "body": "plain text of a report"},
        {**sealed, "body": sealed["body"] + "="},
        {**sealed, "body": 7},
        {**sealed, "shares": []},
        {**sealed, "shares": {"BRB": [share, share]}},
        {**sealed, "shares": {"BRB": [{**share, "key": f"{{{share['key']}}}"}]}},
        {**sealed, "shares": {"BRB": [{**share, "x": 0}]}},
        {**sealed, "shares": {"BRB": [{**share, "x": 256}]}},
        {**sealed, "shares": {"BRB": [{**share, "check": "g" * 64}]}},
        {**sealed, "shares": {"BRB": [{**share, "share": program.said(b"plain")}]}},
        {**sealed, "shares": {"BRB": [{**share, "enc": program.said(b"\x04" + bytes(64))}]}},
        {**sealed, "shares": {"BRB": [{**share, "note": "plain"}]}},
        {**sealed, "author": {**sealed["author"], "public": "A" * 87}},
        {**sealed, "author": {**sealed["author"], "public": 7}},
        {**sealed, "author": {}},
        None,
        [],
        "text",
    ]
    for one in wrong:
        with pytest.raises(ValueError, match=r"form|body|bytes|shares|author"):
            envelopes.read_envelope(one)


DRIVER = """
import * as seal from %(script)s;
const read = async () => { let all = ''; for await (const part of process.stdin) all += part; return JSON.parse(all); };
const given = await read();
const key = await seal.openKeyFile(JSON.stringify(given.file), given.passphrase);
const other = await seal.makeBrowserKey();
const made = await seal.makeKeyFile('a passphrase of the browser');
const again = await seal.openKeyFile(JSON.stringify(made), 'a passphrase of the browser');
const wrong = await seal.openKeyFile(JSON.stringify(made), 'wrong').catch((fault) => fault.message);
const envelope = await seal.sealText(given.text, { BRB: given.holders }, other.said);
const own = await seal.openText(envelope, await seal.keyOfDraft(other, envelope));
const share = given.sealed.shares.BRB[0];
const released = await seal.releaseShare(key, given.sealed.id, 'BRB', share, 'o-1', given.reader);
const rewrapped = await seal.rewrap(key, given.sealed.id, 'BRB', share, made.public);
const reopened = seal.hex(await seal.openShare(again, given.sealed.id, 'BRB', { ...share, ...rewrapped }));
const forMe = await Promise.all([0, 1].map(async (n) => ({ ...given.sealed.shares.BRB[n], ...given.mine[n] })));
const field = [];
for (let a = 0; a < 256; a += 5) for (let b = 0; b < 256; b += 3) field.push(seal.times(a, b));
const mine = await seal.openKeyFile(JSON.stringify(given.readerFile), given.passphrase);
const text = await seal.openText(given.sealed, await seal.keyFromReleased(mine, given.sealed.id, 'BRB', 'o-1', forMe));
console.log(JSON.stringify({ envelope, own, released, reopened, field, text, wrong, file: made,
  fingerprint: await seal.fingerprint(key.public) }));
"""


@pytest.mark.skipif(NODE is None, reason="Node.js is not on this machine; tests/running does the same in a browser")
def test_the_browsers_script_and_the_program_open_each_others_texts(tmp_path):
    keys, rows = holders(3)
    author, reader = program.FileKey(), program.FileKey()
    sealed = program.seal_text(TEXT, {"BRB": rows}, author.public)
    public = program.said(reader.public)
    shares = sealed["shares"]["BRB"]
    driver = tmp_path / "driver.mjs"
    crypto = tmp_path / "crypto.mjs"
    crypto.write_text(SCRIPT.read_text())
    driver.write_text(DRIVER % {"script": json.dumps(str(crypto))})
    given = {
        "text": TEXT,
        "holders": rows,
        "sealed": sealed,
        "reader": public,
        "passphrase": "é passphrase",
        "file": program.write_key_file(keys[0], "é passphrase"),
        "readerFile": program.write_key_file(reader, "é passphrase"),
        "mine": [program.release_share(keys[n], sealed["id"], "BRB", shares[n], "o-1", public) for n in range(2)],
    }
    assert NODE is not None
    ran = subprocess.run([NODE, driver], input=json.dumps(given), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said["own"] == TEXT
    assert said["text"] == TEXT
    assert said["wrong"] == "passphrase"
    assert said["fingerprint"] == program.fingerprint(keys[0].public)
    assert said["field"] == [program.times(a, b) for a in range(0, 256, 5) for b in range(0, 256, 3)]
    assert program.read_key_file(json.dumps(said["file"]), "a passphrase of the browser")
    assert bytes.fromhex(said["reopened"]) == program.open_share(keys[0], sealed["id"], "BRB", shares[0])
    # what the browser sealed is opened by the program, with shares that it released
    theirs = said["envelope"]
    envelopes.read_envelope(theirs)
    released = [
        program.release_share(keys[n], theirs["id"], "BRB", theirs["shares"]["BRB"][n], "o-2", public)
        | {"x": n + 1, "check": theirs["shares"]["BRB"][n]["check"]}
        for n in (0, 2)
    ]
    assert program.open_text(theirs, program.combine(reader, theirs["id"], "BRB", "o-2", released)) == TEXT
    # and a share that the browser released, for the program's reader
    one = said["released"] | {"x": 1, "check": shares[0]["check"]}
    two = given["mine"][1] | {"x": 2, "check": shares[1]["check"]}
    assert program.open_text(sealed, program.combine(reader, sealed["id"], "BRB", "o-1", [one, two])) == TEXT
