"""CUSRES: what a carrier is told, in their own delimiters, and nothing else."""

from datetime import datetime

import pytest

from apps.manifests.paxlst import annotate, read
from apps.manifests.paxlst.cusres import answer, answer_all, header_errors
from apps.manifests.paxlst.segments import STANDARD
from apps.manifests.paxlst.tokenise import Cutter

from .messages import GOOD, VECTORS, changed

PREPARED = datetime(2026, 11, 25, 9, 12)
ENVELOPE = {"receipt": "JRCC-261125-000417-R", "reference": "J26112500417", "prepared": PREPARED}


def _answer(text, **changes):
    raw = text.encode()
    return answer({**read(raw)[0], **changes}, raw=raw, **ENVELOPE)


def test_the_answer_names_flight_receipt_and_the_traveller_to_correct():
    text = changed(
        ("UNH+PAX1", "UNH+PAX1"), ("BGM+745'", "BGM+745'RFF+TN:K2026112501:::1'"), ("DTM+329:840307'", ""),
        ("RFF+SEA:12A'", "RFF+ABO:BW6000002'"),
    )  # fmt: skip
    assert _answer(text) == (
        "UNA:+.? '\n"
        "UNB+UNOA:4+JRCC:ZZ+BWAPIS:ZZ+261125:0912+J26112500417++APIS'\n"
        "UNG+CUSRES+JRCC:ZZ+BWAPIS:ZZ+261125:0912+1+UN+D:12B'\n"
        "UNH+J0417+CUSRES:D:12B:UN:IATA+BW0600/261125/1430+01:F'\n"
        "BGM+962'\n"
        "RFF+TN:K2026112501:::1'\n"
        "RFF+AF:BW600'\n"
        "DTM+189:2611251430:201'\n"
        "DTM+232:2611251535:201'\n"
        "LOC+125+POS'\n"
        "LOC+87+BGI'\n"
        "ERP+1'\n"
        "ERC+110'\n"
        "FTX+AAP+++RECEIPT JRCC-261125-000417-R 1 OF 1 TRAVELLERS NEEDS CORRECTION'\n"
        "ERP+2'\n"
        "RFF+AVF:K7QX2M'\n"
        "RFF+ABO:BW6000002'\n"
        "ERC+4Z'\n"
        "FTX+AAP+++DOB_MISSING DATE OF BIRTH IS MISSING'\n"
        "UNT+17+J0417'\n"
        "UNE+1+1'\n"
        "UNZ+1+J26112500417'\n"
    )


def test_a_good_list_is_accepted_under_the_number_of_the_receipt():
    told = _answer(GOOD)
    assert "ERP+1'\nERC+0'\n" in told
    assert "ERP+2" not in told
    assert "RFF+TN:JRCC-261125-000417-R'" in told


@pytest.mark.parametrize("name", ["own-02-una-star-hash", "own-03-una-dash", "own-06-una-control-characters"])
def test_the_answer_speaks_the_delimiters_of_the_request(name):
    raw = (VECTORS / f"{name}.txt").read_bytes()
    told = answer(read(raw)[0], raw=raw, **ENVELOPE)
    assert told[:9] == raw.decode()[:9]
    element, terminator = told[4], told[8]
    assert f"BGM{element}962{terminator}\n" in told
    assert f"FTX{element}AAP{element}{element}{element}RECEIPT JRCC" in told.replace(f"?{element}", element)


@pytest.mark.parametrize(
    ("changes", "numbers"),
    [
        ([("LOC+87+BGI'DTM+232:2611251535:201'\n", "")], ["105"]),
        ([("+01:F'", "+01:C'")], ["102"]),
        ([("CNT+42:1", "CNT+42:9")], ["103"]),
        ([("CNT+42:1'UNT+21+PAX1'UNZ+1+K2026112501'", "")], ["104"]),
        ([("TDT+20+BW600'\n", ""), ("BW0600/", "/")], ["101"]),
        ([("NAT+2+GUY'", ""), ("+01:F'", "+01:C'")], ["102", "110"]),
        ([("++APIS'", "++APIS++++1'")], ["130"]),
        ([("NAT+2+GUY'", "NAT+2+GY'")], ["0"]),
        ([("PAXLST", "ORDERS")], ["100"]),
    ],
)
def test_header_errors_have_their_numbers(changes, numbers):
    text = changed(*changes)
    assert header_errors(read(text.encode())[0]) == numbers
    assert "".join(f"ERC+{number}'\n" for number in numbers) in _answer(text)


def test_a_screening_result_never_changes_the_answer():
    hit = {"hits": [{"score": 99, "list": "WL-1"}], "screened": True}
    assert _answer(GOOD, **hit) == _answer(GOOD)
    assert "0Z" not in _answer(GOOD)


def test_values_of_a_carrier_cannot_break_out_of_their_element():
    told = _answer(changed(("NAT+2+GUY", "NAT+2+Q?'ERC?+1Z?'"), ("RFF+AVF:K7QX2M", "RFF+AVF:K?'ERC?+1Z")))
    assert "\nERC+1Z'" not in told
    assert "RFF+AVF:K?'ERC?+1Z'" in told


def test_sender_and_recipient_change_places_with_their_qualifiers():
    told = _answer(changed(("BWAPIS:ZZ+JRCC:ZZ", "CICA-A9:A9+JRCCBGI:1")))
    assert "UNB+UNOA:4+JRCCBGI:1+CICA-A9:A9+" in told
    assert "UNB+UNOA:4+JRCC:ZZ+UNKNOWN:ZZ+" in answer(read(b"hello")[0], raw=b"hello", **ENVELOPE)


def test_a_message_to_another_authority_is_not_answered_in_its_name():
    text = changed(("BWAPIS:ZZ+JRCC:ZZ", "CICA-A9:A9+USCBP:1"))
    assert "UNB+UNOA:4+JRCC:ZZ+CICA-A9:A9+" in _answer(text)
    (obj,) = read(text.encode())
    (finding,) = [one for one in obj["findings"] if one["code"] == "ADDRESSED_ELSEWHERE"]
    assert (finding["segment"], finding["original"], finding["severity"]) == ("UNB", "USCBP", "info")
    assert obj["grade"] == "accepted"


def test_several_lists_are_answered_in_one_interchange():
    raw = (GOOD + changed(("BGM+745", "BGM+250"), ("NAD+FL", "NAD+FM"))).encode()
    told = answer_all(read(raw), raw=raw, **ENVELOPE)
    assert [line.split("+")[1] for line in told.splitlines() if line.startswith("UNH")] == ["J041701", "J041702"]
    assert "UNE+2+1'" in told


def test_the_explanation_says_what_was_understood_and_what_was_found():
    lines = {line["position"]: line for line in annotate(changed(("ANIL KUMAR", "0'BRIEN")).encode())}
    by_tag = {line["tag"]: line["meaning"] for line in lines.values()}
    assert lines[5]["meaning"] == "Departure POS, 25 Nov 2026 14:30"
    assert lines[9]["meaning"] == "Passenger PERSAUD-BAPTISTE, 0'BRIEN"
    assert lines[9]["raw"] == "NAD+FL+++PERSAUD-BAPTISTE:0'BRIEN"
    assert [finding["code"] for finding in lines[9]["findings"]] == ["DELIMITER_NOT_ESCAPED"]
    assert by_tag["BGM"] == "Passenger list"
    assert by_tag["CNT"] == "1 passenger on the whole list"


def test_a_sheet_is_explained_row_by_row():
    lines = {line["line"]: line for line in annotate((VECTORS / "sheet-01-fal6-passengers.csv").read_bytes())}
    assert lines[5]["meaning"] == "Passenger O'NEILL, SIOBHAN, 1966-01-01, GBR"
    assert lines[6]["meaning"].startswith("Passenger in transit VAN DEN BERG, JOOST")
    assert "NATIONALITY_NAME" in {finding["code"] for finding in lines[6]["findings"]}
    assert lines[4]["meaning"] == ""


def _as_telegram(people):
    """A list of passengers without birth date as one telegram: each of them has to be corrected."""
    rows = "".join(
        f"NAD+FL+++BAPTISTE{index:03}:ANIL'ATT+2++M'NAT+2+TTO'RFF+AVF:K{index:05}'DOC+P:110:111+R{index:06}'DTM+36:310514'"
        "LOC+91+TTO'"
        for index in range(people)
    )
    head, person = GOOD.split("NAD+FL", 1)
    text = head + rows + f"CNT+42:{people}'" + person.partition("CNT+42:1'")[2]
    text = text.replace("\n", "")
    lines = [text[start : start + 63] for start in range(0, len(text), 63)]
    return "\n".join(["QU BGIJRXH", ".POSAPBW 251012", *lines, "NNNN"])


def test_a_telegram_is_answered_in_numbered_telegrams_to_its_sender():
    told = _answer(_as_telegram(150))
    parts = told.split("NNNN\n")[:-1]
    assert len(parts) == 4
    assert all(len(part) + 5 <= 3_600 for part in parts)
    assert max(map(len, told.splitlines())) <= 63
    assert not [line for line in told.splitlines() if line != line.strip()]
    numbers, references, named = [], [], []
    for part in parts:
        lines = part.strip().splitlines()
        assert lines[:2] == ["QU POSAPBW", ".BGIJRXH 250912"]
        segments = Cutter(STANDARD).cut("".join(lines[2:])[9:])
        found = {segment.tag: segment for segment in segments}
        assert found["UNT"].value(1) == str(len(segments) - 4)
        assert {"BGM", "RFF", "DTM", "LOC", "ERP", "UNZ"} <= set(found)
        numbers.append((found["UNH"].value(4), found["UNH"].value(4, 1)))
        references.append(found["UNB"].value(5))
        named += [segment.value(1, 1) for segment in segments if segment.raw.startswith("RFF+AVF")]
    assert numbers == [("01", "C"), ("02", ""), ("03", ""), ("04", "F")]
    assert len(set(references)) == 4
    assert named == [f"K{index:05}" for index in range(150)]
    assert told.count("ERC+110'") == 1


def test_a_telegram_with_few_faults_is_answered_in_one():
    told = _answer(_as_telegram(1))
    assert told.count("NNNN") == 1
    assert "+01:F'" in told
    assert "DOB-MISSING" in told


def test_ninety_nine_telegrams_are_the_most_and_the_last_says_so():
    told = _answer(_as_telegram(4_000))
    assert told.count("NNNN") == 99
    assert "FURTHER TRAVELLERS ARE NAMED IN THE PORTAL" in told.rpartition("QU ")[2].replace("\n", "")
