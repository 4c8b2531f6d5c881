"""Type, function, parts, totals and trailers of a message; several lists in one file."""

from datetime import datetime
from itertools import permutations

import pytest

from apps.manifests.paxlst import read
from apps.manifests.paxlst.grade import add_multiple_submissions, catalogue

from .messages import GOOD, VECTORS, changed, reading, serious


@pytest.mark.parametrize(
    ("bgm", "kind", "function"),
    [
        ("745", "passenger", "original"),
        ("745+CP", "passenger", "change"),
        ("745+XR", "passenger", "cancel"),
        ("745+RP", "passenger", "reduction"),
        ("250+C", "crew", "original"),
        ("250+A", "crew", "original"),
        ("250+CC", "crew", "change"),
        ("250+FC", "crew", "change"),
        ("266+CL", "flight_status", "flight_close"),
        ("266+CLOB", "flight_status", "flight_close"),
        ("266+XF", "flight_status", "flight_cancel"),
        ("266+CF", "flight_status", "flight_change"),
        ("336+G", "master_crew", "add"),
        ("336+H", "master_crew", "delete"),
        ("336+I", "master_crew", "change"),
        ("655", "gate_pass", "original"),
        ("745+CP+9", "passenger", "original"),
        ("745++1", "passenger", "cancel"),
        ("745++5", "passenger", "change"),
        ("336++3", "master_crew", "delete"),
    ],
)
def test_bgm_gives_type_and_function_and_1225_wins(bgm, kind, function):
    message = reading(("BGM+745", f"BGM+{bgm}"))["message"]
    assert (message["type"], message["function"]) == (kind, function)


@pytest.mark.parametrize(("nad", "kind"), [("FL", "passenger"), ("DDU", "passenger"), ("FM", "crew"), ("DDT", "crew")])
def test_without_bgm_the_travellers_give_the_type(nad, kind):
    obj = reading(("BGM+745'\n", ""), ("NAD+FL", f"NAD+{nad}"))
    assert (obj["message"]["type"], obj["message"]["function"]) == (kind, "original")
    assert serious(obj) == {"BGM_MISSING"}


@pytest.mark.parametrize("bgm", ["745+XR", "745+RP", "266+CLNB"])
def test_a_name_is_enough_for_those_who_leave(bgm):
    text = changed(("BGM+745", f"BGM+{bgm}"))
    group = text[text.index("ATT+2") : text.index("CNT+42")]
    (obj,) = read(text.replace(group, "RFF+AVF:K7QX2M'").replace("UNT+21", "UNT+12").encode())
    assert serious(obj) == set()
    (found,) = obj["travellers"]
    assert (found["sex"], found["birth_date"], found["nationality"], found["documents"]) == ("U", None, None, [])


def test_zzz_is_a_passenger_only_where_persons_leave():
    assert len(reading(("BGM+745", "BGM+745+XR"), ("NAD+FL", "NAD+ZZZ"))["travellers"]) == 1
    assert reading(("NAD+FL", "NAD+ZZZ"))["grade"] == "unreadable"


@pytest.mark.parametrize(
    ("sequence", "parts"),
    [
        ("+01:F", ([1], 1, True)),
        ("+01", ([1], 1, True)),
        ("", ([1], 1, True)),
        ("+01:C", ([1], None, False)),
        ("+02", ([2], None, False)),
        ("+03:F", ([3], 3, False)),
    ],
)
def test_a_lone_part_is_complete_only_as_the_first_and_not_marked_for_more(sequence, parts):
    obj = reading(("+01:F'", f"{sequence}'"))
    found = obj["message"]["parts"]
    assert (found["received"], found["expected"], found["complete"]) == parts
    assert serious(obj) == (set() if parts[2] else {"PART_MISSING"})


def _parts(count):
    names = ["ALPHA", "BRAVO", "CHARLIE", "DELTA"]
    for number in range(1, count + 1):
        mark = {1: ":C", count: ":F"}.get(number, "")
        yield changed(
            ("UNH+PAX1", f"UNH+P{number}"),
            ("+PAX1'", f"+P{number}'"),
            ("+01:F'", f"+{number:02}{mark}'"),
            ("PERSAUD-BAPTISTE", names[number - 1]),
            ("R0712345", f"R071234{number}"),
            ("CNT+42:1", f"CNT+42:{count}"),
        )


def test_parts_give_the_same_list_in_whatever_order_they_arrive():
    parts = list(_parts(4))
    read_in_order = read("".join(parts).encode())
    (expected,) = read_in_order
    assert [person["surname"] for person in expected["travellers"]] == ["ALPHA", "BRAVO", "CHARLIE", "DELTA"]
    assert expected["grade"] == "accepted"
    for order in permutations(parts):
        (obj,) = read("".join(order).encode())
        assert obj["travellers"] == expected["travellers"]
        assert obj["message"] == expected["message"]
        assert obj["flight"] == expected["flight"]
        assert serious(obj) == set()


def test_the_first_copy_of_a_part_counts():
    first, second, third = _parts(3)
    (obj,) = read((first + second + second.replace("BRAVO", "ECHO") + third).encode())
    assert [person["surname"] for person in obj["travellers"]] == ["ALPHA", "BRAVO", "CHARLIE"]
    assert serious(obj) == set()


def test_a_missing_part_is_named_and_no_totals_are_compared():
    first, _second, third = _parts(3)
    (obj,) = read((first + third).encode())
    assert serious(obj) == {"PART_MISSING"}
    assert "Part 2 " in next(each["text"] for each in obj["findings"] if each["code"] == "PART_MISSING")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ([("CNT+42:1", "CNT+42:2")], {"COUNT_SHORT"}),
        ([("CNT+42:1", "CNT+42:0")], {"COUNT_OVER"}),
        ([("CNT+42:1'", "")], {"CNT_MISSING"}),
        ([("UNT+21+PAX1'", "")], {"UNT_MISSING"}),
        ([("CNT+42:1'UNT+21+PAX1'UNZ+1+K2026112501'", "")], {"TRUNCATED"}),
        ([("UNZ+1+K2026112501'", "")], {"UNZ_MISSING"}),
        ([("UNT+21+PAX1", "UNT+21+PAX2")], {"UNT_REF_MISMATCH"}),
        ([("UNB+UNOA:4+BWAPIS:ZZ+JRCC:ZZ+261125:0912+K2026112501++APIS'\n", "")], {"UNB_MISSING"}),
        ([("BGM+745'", "BGM+745+CP'"), ("CNT+42:1", "CNT+42:9")], set()),
    ],
)
def test_totals_and_trailers_are_compared(changes, codes):
    text = changed(*changes)
    (obj,) = read(text.encode(), as_of=datetime(2026, 11, 25))
    assert serious(obj) == codes


def test_without_unh_the_count_is_not_compared():
    (obj,) = read(GOOD.replace(GOOD[GOOD.index("UNH") : GOOD.index("BGM")], "").encode())
    assert obj["message"]["reference"] is None
    assert serious(obj) == {"UNH_MISSING"}


def test_a_nil_list_is_accepted_and_an_empty_one_is_not():
    nil = (VECTORS / "own-26-nil-list.txt").read_bytes()
    assert read(nil)[0]["grade"] == "accepted"
    assert serious(read(nil.replace(b"CNT+42:0", b"CNT+42:3"))[0]) == {"NO_TRAVELLERS"}


@pytest.mark.parametrize("kind", ["CUSRES", "ORDERS"])
def test_another_message_is_no_list(kind):
    obj = reading(("PAXLST", kind))
    assert (obj["grade"], serious(obj)) == ("unreadable", {"NOT_PAXLST"})
    assert (obj["message"], obj["flight"], obj["travellers"]) == (None, None, [])


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_nothing_is_empty(data):
    (obj,) = read(data)
    assert (obj["grade"], serious(obj)) == ("unreadable", {"EMPTY"})


def test_lists_for_passengers_and_crew_in_one_file_are_two_submissions():
    crew = changed(("BGM+745", "BGM+250"), ("NAD+FL", "NAD+FM"), ("CNT+42", "CNT+41"), ("UNH+PAX1", "UNH+C1"),
                   ("+PAX1'", "+C1'"))  # fmt: skip
    objects = read((GOOD + crew).encode())
    assert [obj["message"]["type"] for obj in objects] == ["passenger", "crew"]
    first = add_multiple_submissions(objects[0], len(objects))
    assert "MULTIPLE_SUBMISSIONS" in serious(first)
    assert (first["grade"], objects[0]["grade"]) == ("accepted_with_warnings", objects[0]["grade"])


def test_lists_for_two_days_are_two_submissions():
    objects = read((GOOD + changed(("2611251430", "2611261430"), ("2611251535", "2611261535"))).encode())
    assert [obj["flight"]["date"] for obj in objects] == ["2026-11-25", "2026-11-26"]


def test_every_interchange_has_its_own_delimiters():
    other = changed().replace("+", "*").replace("'", "#").replace("UNA:*.? #", "UNA:*.? #").replace(
        "PERSAUD", "OTHER").replace("01:F", "02:F").replace("R0712345", "R0712346")  # fmt: skip
    (obj,) = read((changed(("01:F", "01:C")) + other).encode())
    assert [person["surname"] for person in obj["travellers"]] == ["PERSAUD-BAPTISTE", "OTHER-BAPTISTE"]


def test_a_test_message_is_marked():
    assert reading(("++APIS'", "++APIS++++1'"))["message"]["test"] is True
    assert reading()["message"]["test"] is False


def test_severities_are_those_of_the_catalogue_and_decide_the_grade():
    for code, entry in catalogue().items():
        assert entry["severity"] in ("info", "warning", "error", "fatal"), code
    assert reading(("NAT+2+GUY", "NAT+2+GY"))["grade"] == "accepted_with_warnings"
    assert reading(("NAT+2+GUY", "NAT+2+QQQ"))["grade"] == "needs_correction"
    assert reading(("NAT+2+GUY", "NAT+2+D"))["grade"] == "accepted"
