"""Updates as bytes: what is taken, what is refused, and what the text then is."""

import base64
import contextlib
import hashlib
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pycrdt import XmlElement, XmlText

from apps.coedit.yjs import frames, tree
from apps.coedit.yjs.judge import Judge, Refusal
from apps.coedit.yjs.rewrites import repair_ids, rewrite
from apps.coedit.yjs.structs import decode, state
from apps.coedit.yjs.wire import Malformed, Reader, number

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/rifc/yjs_vectors.json").read_text())["vectors"]
BY_NAME = {one["name"]: one for one in VECTORS}
EDITOR = base64.b64decode(VECTORS[0]["update"])


def verdict(judge: Judge, update: bytes) -> str:
    try:
        judge.accept(judge.judged(update))
    except Refusal as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_each_vector_gets_its_verdict_and_its_text(vector: dict[str, Any]) -> None:
    base = [base64.b64decode(one) for one in vector["base"]]
    update = base64.b64decode(vector["update"])
    before = tree.new_doc(*base)
    assert verdict(Judge(before.get_update()), update) == vector["expect"]
    if vector["expect"] == "ok":
        content = tree.to_json(tree.new_doc(*base, update))
        assert content == vector["json"]
        written_again = tree.new_doc()
        tree.fill(written_again, content)
        assert tree.to_json(written_again) == content


def text(value: str) -> bytes:
    return number(len(value.encode())) + value.encode()


def from_client(*structs: bytes) -> bytes:
    """An update of client 9 from clock 0 on."""
    return number(1) + number(len(structs)) + number(9) + number(0) + b"".join(structs) + number(0)


# client 1: a paragraph (0) in the body, a text (1) in it with the letters ab (2, 3), and a pid (4)
PARAGRAPH = (
    number(1) + number(4) + number(1) + number(0)
    + bytes([7, 1]) + text("body") + bytes([3]) + text("paragraph")
    + bytes([7, 0, 1, 0, 6]) + bytes([4, 0, 1, 1]) + text("ab")
    + bytes([0x28, 0, 1, 0]) + text("pid") + bytes([1, 119]) + text("p1") + number(0)
)  # fmt: skip
LETTERS = bytes([6]) + text("bold") + text("{}")
FORGED = {
    "letters beside a paragraph": bytes([0x84, 1, 0]) + text("x"),
    "a value beside a paragraph": bytes([0x88, 1, 0, 1, 119]) + text("x"),
    "letters in a paragraph without a text": bytes([4, 0, 1, 0]) + text("x"),
    "a mark in a paragraph without a text": bytes([6, 0, 1, 0]) + text("bold") + text("{}"),
    "a value among letters": bytes([0x88, 1, 2, 1, 119]) + text("x"),
    "an element among letters": bytes([0x87, 1, 2, 3]) + text("paragraph"),
    "letters as an attribute": bytes([0x24, 0, 1, 0]) + text("pid") + text("x"),
    "a text as an attribute": bytes([0x27, 0, 1, 0]) + text("pid") + bytes([6]),
    "an element in place of an attribute": bytes([0x87, 1, 4, 3]) + text("paragraph"),
    "an attribute of a text": bytes([0x28, 0, 1, 1]) + text("pid") + bytes([1, 119]) + text("x"),
    "an attribute of the body": bytes([0x28, 1]) + text("body") + text("pid") + bytes([1, 119]) + text("x"),
    "something in a letter": bytes([7, 0, 1, 2, 6]),
    "something in a value": bytes([7, 0, 1, 4, 6]),
    "a text beside a paragraph": bytes([0x87, 1, 0, 6]),
    "a list item in the body": bytes([0x87, 1, 0, 3]) + text("listItem"),
    "an overwritten attribute with a script": bytes([0x88, 1, 4, 1, 119]) + text("<script>"),
    "a zero byte": bytes([0x84, 1, 3]) + text("\0"),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_the_library_would_hide_is_refused(name: str) -> None:
    """pycrdt shows none of these, but keeps and passes on all of them."""
    judge = Judge(PARAGRAPH)
    assert verdict(judge, from_client(FORGED[name])) == "schema"
    assert judge.state == {1: 5}


def test_an_honest_overwrite_and_a_letter_are_taken() -> None:
    judge = Judge(PARAGRAPH)
    assert verdict(judge, from_client(bytes([0x88, 1, 4, 1, 119]) + text("p2"))) == "ok"
    assert (
        verdict(judge, from_client(bytes([0x88, 1, 4, 1, 119]) + text("p2"), bytes([0x84, 1, 3]) + text("c"))) == "ok"
    )
    assert judge.state == {1: 5, 9: 2}


@pytest.mark.parametrize("shape", ["neighbours", "parents"])
def test_a_circle_is_a_missing_dependency(shape: str) -> None:
    def half(client: int, other: int) -> bytes:
        struct = bytes([0x84, other, 0]) + text("x") if shape == "neighbours" else bytes([7, 0, other, 0, 6])
        return number(1) + number(client) + number(0) + struct

    assert verdict(Judge(PARAGRAPH), number(2) + half(7, 8) + half(8, 7) + number(0)) == "dependency"


def test_a_chain_of_ten_thousand_neighbours_is_no_matter() -> None:
    """Each letter of one client stands beside one of another that is only read later."""
    size = 5000
    first = b"".join(bytes([0x84, 8]) + number(n) + text("x") for n in range(size))
    second = bytes([0x84, 1, 3]) + text("y")
    second += b"".join(bytes([0x84, 7]) + number(n) + text("y") for n in range(size - 1))
    runs = number(size) + number(7) + number(0) + first + number(size) + number(8) + number(0) + second
    assert verdict(Judge(PARAGRAPH), number(2) + runs + number(0)) == "ok"


def test_what_is_put_into_something_deleted_is_taken() -> None:
    """Two people at once: one deletes the paragraph, the other still writes in it."""
    mine, yours = tree.new_doc(PARAGRAPH), tree.new_doc(PARAGRAPH)
    del tree.body_of(mine).children[0]
    seen = yours.get_state()
    tree.body_of(yours).children[0].children[0].insert(2, "c")
    late = yours.get_update(seen)
    assert verdict(Judge(mine.get_update()), late) == "ok"
    mine.apply_update(late)
    assert tree.to_json(mine)["content"] == []


def mutations(count: int, seed: int) -> Iterator[bytes]:
    """Valid updates with a few bytes changed, added, lost or cut off."""
    luck = random.Random(seed)
    valid = [base64.b64decode(one["update"]) for one in VECTORS if one["expect"] == "ok" and not one["base"]]
    for _ in range(count):
        update = bytearray(luck.choice(valid))
        for _ in range(luck.randint(1, 4)):
            at = luck.randrange(len(update) + 1)
            what = luck.random()
            if what < 0.5 and at < len(update):
                update[at] = luck.choice([update[at] ^ 1 << luck.randrange(8), luck.randrange(256)])
            elif what < 0.7:
                update.insert(at, luck.randrange(256))
            elif what < 0.9:
                del update[at : at + luck.randint(1, 4)]
            else:
                del update[at:]
        yield bytes(update)


def test_ten_thousand_mutations_are_judged_in_time_and_as_the_library_takes_them() -> None:
    base = tree.new_doc(EDITOR).get_update()
    taken, slowest = 0, 0.0
    untouched = Judge(base)
    for update in mutations(10_000, seed=4):
        began = time.perf_counter()
        with contextlib.suppress(Refusal):
            fits = untouched.judged(update)
            taken += 1
            judge = Judge(base)
            judge.accept(fits)
            doc = tree.new_doc(base, update)
            assert state(doc.get_state()) == judge.state, update.hex()
            tree.to_json(doc)
        slowest = max(slowest, time.perf_counter() - began)
    assert taken > 50
    assert slowest < 1


# --- a text without an editor ---------------------------------------------------------------------------------------


def test_a_rewritten_text_keeps_what_did_not_change() -> None:
    doc = tree.new_doc(EDITOR)
    plain = tree.plain(tree.to_json(doc))
    before = doc.get_state()
    rewrite(doc, plain.replace("\n", "\r\n"))
    assert doc.get_state() == before
    rewrite(doc, plain.replace("bold and", "bold 😀 or").replace("• li\n", "") + "\n\nOne more\nwith a second line\n\n")
    content = tree.to_json(doc)["content"]
    assert [block["type"] for block in content] == [
        "heading", "paragraph", "judgement", "orderedList", "table", "bulletList", "paragraph",
    ]  # fmt: skip
    assert content[1]["attrs"] == {"pid": "p2"}
    assert content[1]["content"][0] == {"type": "text", "text": "bold", "marks": [{"type": "bold"}]}
    assert tree.block_text(content[1]) == "bold 😀 or link pm[3]\nend"
    assert tree.block_text(content[-1]) == "One more\nwith a second line"
    assert verdict(Judge(), doc.get_update()) == "ok"
    rewrite(doc, "")
    assert tree.to_json(doc)["content"] == []


def test_random_rewriting_says_what_it_was_told() -> None:
    luck = random.Random(11)
    doc = tree.new_doc(EDITOR)
    for _ in range(200):
        wanted = [luck.choice(["one", "two lines\nof text", "drei 😀", "• li", "Title", "x" * luck.randint(1, 9)])
                  for _ in range(luck.randint(0, 6))]  # fmt: skip
        rewrite(doc, "\n\n".join(wanted))
        assert tree.plain(tree.to_json(doc)) == "\n\n".join(wanted)
    assert verdict(Judge(), doc.get_update()) == "ok"


def test_blocks_without_an_id_or_with_one_taken_get_one() -> None:
    doc = tree.new_doc()
    for pid in ({"pid": "a"}, {"pid": "a"}, {}):
        tree.body_of(doc).children.append(XmlElement("paragraph", pid)).children.append(XmlText("x"))
    assert repair_ids(doc)
    ids = [block["attrs"]["pid"] for block in tree.to_json(doc)["content"]]
    assert ids[0] == "a"
    assert len(set(ids)) == 3
    assert not repair_ids(doc)


# --- frames ---------------------------------------------------------------------------------------------------------


def test_presence_goes_over_the_wire_and_back() -> None:
    states = {5: (2, {"user": {"label": "BRB intelligence 1"}}), 6: (1, None)}
    reader = Reader(frames.awareness(states))
    assert reader.number() == frames.AWARENESS
    assert frames.read_awareness(reader) == states


@pytest.mark.parametrize(
    ("cursor", "fits"),
    [
        ({"anchor": {"item": {"client": 1, "clock": 2}}, "head": {"type": None, "tname": "body", "assoc": -1}}, True),
        ({"anchor": {"tname": "<b>"}, "head": {}}, False),
        ({"anchor": {"html": "x"}, "head": {}}, False),
        ({"anchor": {"item": {"client": "1", "clock": 2}}, "head": {}}, False),
        ("here", False),
    ],
)
def test_a_cursor_is_two_places_and_nothing_else(cursor: Any, fits: bool) -> None:
    assert (frames.caret(cursor) == cursor) is fits


@pytest.mark.parametrize("data", [b"", b"\xff" * 12, b"\x00\x01\x01\x00\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x00"])
def test_numbers_that_never_end_are_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


# --- the bundle -----------------------------------------------------------------------------------------------------


def test_the_bundle_is_the_one_that_its_manifest_tells_of() -> None:
    folder = Path(__file__).parents[2] / "static/vendor/editor"
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    bundle = (folder / "editor.js").read_bytes()
    assert hashlib.sha256(bundle).hexdigest() == manifest["sha256"]
    assert b"new Function" not in bundle
    assert {one["package"]: one["version"] for one in manifest["packages"]}["yjs"] == "13.6.33"
    assert {one["version"] for one in manifest["packages"] if one["package"].startswith("@tiptap/e")} == {"3.31.3"}
    licences = (folder / "LICENSES.txt").read_text()
    assert all(f"\n{one['package']} {one['version']}\n" in licences for one in manifest["packages"])
    locked = (Path(__file__).parents[2] / "apps/coedit/bundle/package-lock.json").read_text()
    assert '"resolved"' not in locked, "no address of a package index"
