"""Files with bookings and lists: each message is read as what it is, and of the bookings what may not be kept goes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.manifests import paxlst, pnrgov
from tests.jrcc.paxlst.messages import GOOD
from tests.jrcc.pnrgov.messages import BOOKINGS
from tests.properties import examples

PRIVATE = ("BELTHORNE", "512731999", "4111111111111111", "QUIET", "HOPE ROAD", "EXAMPLE.ORG")
LIST = GOOD.replace("\n", "")
BOOKED = BOOKINGS.replace("\n", "")


def message(text: str) -> str:
    """A message without what stands around it."""
    return text[text.index("UNH+") : text.index("UNZ+")]


def one_interchange(*messages: str) -> str:
    return f"UNB+UNOA:4+7TRES+JRCC+261125:0912+K9'{''.join(messages)}UNZ+{len(messages)}+K9'"


OTHER_FLIGHT = LIST.replace("PAX1", "PAX2").replace("BW600", "BW602").replace("BW0600", "BW0602")
LINES = (BOOKINGS + GOOD).replace("UNA:+.?*'\n", "").replace("UNA:+.? '\n", "")
TELEGRAM = re.sub(r".{63}", "\\g<0>\r\n", BOOKED + LIST)
FILES = {
    "bookings first": BOOKED + LIST,
    "lists first": LIST + BOOKED,
    "bookings between": LIST + BOOKED + OTHER_FLIGHT,
    "one interchange, bookings first": one_interchange(message(BOOKED), message(LIST)),
    "one interchange, lists first": one_interchange(message(LIST), message(BOOKED)),
    "a list without a header behind bookings": one_interchange(message(BOOKED), message(LIST).partition("'")[2]),
    "by lines": LINES.replace("'\n", "\n").replace("'", "\n"),
    "a telegram": f"QN JRCCXXX\r\n.POSOPBW 251830\r\n{TELEGRAM}",
}


@pytest.mark.parametrize("name", FILES)
def test_each_message_is_read_as_what_it_is(name):
    data = FILES[name].encode()
    assert pnrgov.is_bookings(data)
    assert pnrgov.lists_beside(data)
    booked = pnrgov.read(data)
    assert [len(obj["bookings"]) for obj in booked] == [2]
    assert (booked[0]["flight"]["number"], booked[0]["flight"]["date"]) == ("1001", "2026-11-27")
    lists = paxlst.read(data)
    assert {obj["travellers"][0]["surname"] for obj in lists} == {"PERSAUD-BAPTISTE"}
    assert len(lists) == (2 if name == "bookings between" else 1)
    lead = () if name == "a telegram" else ("LEADING_TEXT",)
    for code in (*lead, "UNZ_REF_MISMATCH", "UNKNOWN_SEGMENT", "PNR_BROKEN_OFF", "NOT_PAXLST", "TRUNCATED"):
        assert code not in {finding["code"] for obj in [*lists, *booked] for finding in obj["findings"]}, code


@pytest.mark.parametrize("name", FILES)
def test_what_no_law_names_is_cut_out_and_lists_stay_as_they_came(name):
    data = FILES[name].encode()
    stored = pnrgov.kept(data, (), lawful=False)
    text = stored.decode().replace("\r", "").replace("\n", "")
    for word in PRIVATE:
        assert word not in text, word
    for segment in ("RCI+", "TIF+", "NAD+FL+++PERSAUD-BAPTISTE:ANIL KUMAR"):
        assert (segment in text) == segment.startswith("NAD"), segment
    as_before, after = paxlst.read(data), paxlst.read(stored)
    assert [obj["travellers"] for obj in after] == [obj["travellers"] for obj in as_before]
    assert [obj["grade"] for obj in after] == [obj["grade"] for obj in as_before]
    assert pnrgov.kept(stored, (), lawful=False) == stored
    by_law = pnrgov.kept(data, pnrgov.ELEMENTS, lawful=True)
    assert pnrgov.read(by_law)[0]["bookings"] == pnrgov.read(data)[0]["bookings"]
    assert "4111111111111111" not in by_law.decode()


def test_bytes_of_a_list_are_the_same_in_every_character_set():
    text = LIST.replace("ANIL", "AÑIL") + BOOKED + "UNB+UNOA:4+A+B+261125:0912+K3'UNZ+0+K3'"
    for codec, mark in (("utf-8", b""), ("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-8", b"\xef\xbb\xbf")):
        data = mark + text.encode(codec)
        stored = pnrgov.kept(data, (), lawful=False)
        assert stored.startswith(mark + LIST.replace("ANIL", "AÑIL").encode(codec)), codec
        assert stored.endswith("UNB+UNOA:4+A+B+261125:0912+K3'UNZ+0+K3'".encode(codec)), codec
        assert "BELTHORNE".encode(codec) not in stored


def test_what_is_neither_is_told_and_kept():
    other = "UNB+UNOA:4+A+B+261125:0912+K4'UNH+1+IFTDGN:D:00B:UN'BGM+785+X+9'UNT+3+1'UNZ+1+K4'"
    for data in ((LIST + other).encode(), (BOOKED + other).encode(), (other + BOOKED + LIST).encode()):
        reader = paxlst.read if b"PAXLST" in data else pnrgov.read
        told = [one for obj in reader(data) for one in obj["findings"] if one["code"] == "OTHER_MESSAGES"]
        assert [one["original"] for one in told] == ["IFTDGN"]
        assert "1 (IFTDGN)" in told[0]["text"]
    assert other.encode() in pnrgov.kept((BOOKED + other).encode(), (), lawful=False)
    assert len(pnrgov.read((BOOKED + other).encode())) == 1


def test_a_reference_that_names_bookings_makes_none_of_a_list():
    data = LIST.replace("BW0600/261125/1430", "PNRGOV").encode()
    assert not pnrgov.is_bookings(data)
    assert not pnrgov.is_bookings(LIST.replace("PERSAUD", "PNRGOV").encode())


def test_a_file_with_the_bookings_far_behind_is_seen_as_such():
    data = (LIST * 60 + BOOKED).encode()
    assert pnrgov.is_bookings(data)
    assert b"BELTHORNE" not in pnrgov.kept(data, (), lawful=False)


PIECES = st.sampled_from([
    message(BOOKED), message(LIST), BOOKED, LIST, "UNB+UNOA:4+A+B+261125:0912+K3'", "UNZ+1+K3'", "UNT+3+1'", "BGM+745'",
    "MSG+:22'", "SRC'", "UNG+PNRGOV+A+B+261125:0912+1'", "UNE+1+1'", "UNH+1+IFTDGN:D:00B:UN'", "\r\n", "\x00", "é",
    "UNA:+.? '",
])  # fmt: skip


@examples(200)
@given(st.lists(PIECES | st.text(max_size=12), max_size=8), st.integers(0, 4000), st.integers(0, 4000))
@example([message(LIST), message(BOOKED)], message(LIST).index("UNT+"), 49)  # neither an end nor a header between them
def test_no_file_of_such_pieces_makes_either_reader_fail(parts, cut_from, cut_to):
    text = "".join(parts)
    data = (text[:cut_from] + text[cut_from + cut_to % 50 :]).encode("utf-8", "replace")
    if pnrgov.is_bookings(data):
        stored = pnrgov.kept(data, (), lawful=False)
        assert b"4111111111111111" not in stored
        assert all(one["grade"] for one in pnrgov.read(stored))
        pnrgov.explain(stored, pnrgov.read(data))
    assert all(obj["grade"] for obj in paxlst.read(data))
