"""Spreadsheets and JSON: other forms of the same list, read to the same object."""

import datetime as dt
import io
import json
import re

import openpyxl
import pytest

from apps.manifests.paxlst import Telling, read

from .messages import GOOD, VECTORS, reading, serious

AS_OF = dt.datetime(2027, 4, 2)
HEAD = "Carrier,5L,Flight,310,From,ANU,To,DOM\nDeparture,2027-04-03 09:15,Arrival,2027-04-03 10:00\n\n"
COLUMNS = "Surname,First Name,Sex,DOB,Nationality,Passport No,Expiry,Issued by\n"


def _sheet(*rows, columns=COLUMNS):
    return read((HEAD + columns + "\n".join(rows) + "\n").encode(), as_of=AS_OF)[0]


def _book(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def test_one_value_over_twelve_decides_the_order_of_the_whole_column():
    obj = _sheet("A,B,F,05/06/1980,ATG,1,07/08/2029,ATG", "C,D,M,23/02/1975,ATG,2,07/31/2030,ATG")
    assert [person["birth_date"] for person in obj["travellers"]] == ["1980-06-05", "1975-02-23"]
    assert [person["documents"][0]["expires"] for person in obj["travellers"]] == ["2029-07-08", "2030-07-31"]
    assert obj["grade"] == "accepted"


def test_ambiguous_dates_are_asked_for_and_not_stored():
    (obj,) = read((VECTORS / "sheet-03-air-ambiguous-dates.csv").read_bytes())
    assert {person["birth_date"] for person in obj["travellers"]} == {None}
    assert obj["flight"]["date"] is None
    asked = next(each for each in obj["findings"] if each["code"] == "DATE_AMBIGUOUS" and "DOB" in each["text"])
    assert (asked["original"], asked["recovered"]) == ("05/06/1980", "1980-06-05 or 1980-05-06")


def test_a_workbook_reads_like_the_same_sheet_of_text():
    rows = [
        ["Carrier", "5L", "Flight", 310, "From", "ANU", "To", "DOM"],
        ["Departure", dt.datetime(2027, 4, 3, 9, 15), "Arrival", dt.datetime(2027, 4, 3, 10, 0)],
        [],
        COLUMNS.strip().split(","),
        ["JOSEPH", "VIVIAN", "F", dt.datetime(1980, 6, 5), "ATG", "A45127", dt.date(2029, 8, 7), "ATG"],
        ["HILL", "IRVING", "M", 27426, "DMA", "A61234", "2030-10-09", "DMA"],
    ]
    (obj,) = read(_book(rows), as_of=AS_OF)
    text = _sheet(
        "JOSEPH,VIVIAN,F,1980-06-05,ATG,A45127,2029-08-07,ATG", "HILL,IRVING,M,1975-02-01,DMA,A61234,2030-10-09,DMA"
    )
    assert obj["grade"] == "accepted"
    assert obj["travellers"] == text["travellers"]
    assert obj["flight"] == text["flight"]


def test_numeric_document_cells_of_unequal_length_may_have_lost_zeros():
    person = ["HILL", "IRVING", "M", dt.date(1975, 2, 1), "DMA", "0061234", dt.date(2030, 10, 9), "DMA"]
    other = ["HALL", "IVY", "F", dt.date(1975, 2, 1), "DMA", 45127, dt.date(2030, 10, 9), "DMA"]
    rows = [line.split(",") for line in HEAD.strip().splitlines()] + [COLUMNS.strip().split(","), person, other]
    assert serious(read(_book(rows), as_of=AS_OF)[0]) == {"DOCUMENT_CELL_NUMERIC"}


def test_columns_that_are_unknown_or_missing_are_told():
    columns = COLUMNS.replace("DOB", "Shoe size")
    obj = _sheet("A,B,F,44,ATG,1,2029-08-07,ATG", columns=columns)
    assert serious(obj) == {"SHEET_HEADER_UNKNOWN", "SHEET_COLUMN_MISSING", "DOB_MISSING"}
    texts = [finding["text"] for finding in obj["findings"]]
    assert any(text.startswith("Column Shoe size was not understood") for text in texts)
    assert any(text.startswith("Column Date of birth is missing") for text in texts)


def test_headings_are_known_in_the_languages_of_the_region():
    for columns in (
        "Nom,Prénom,Sexe,Date de naissance,Nationalité,Numéro de passeport,Date d'expiration,Pays d'émission\n",
        "Apellidos,Nombres,Sexo,Fecha de nacimiento,Nacionalidad,Pasaporte,Fecha de vencimiento,País emisor\n",
        "Achternaam,Voornamen,Geslacht,Geboortedatum,Nationaliteit,Paspoortnummer,Vervaldatum,Land van afgifte\n",
    ):
        obj = _sheet("JOSEPH,VIVIAN,F,1980-06-05,ATG,A45127,2029-08-07,ATG", columns=columns)
        assert obj["grade"] == "accepted", columns
        assert obj["travellers"][0]["documents"][0]["type"] == "P"


def test_crew_and_passengers_of_one_sheet_are_two_lists():
    columns = COLUMNS.replace("Surname", "Type,Surname")
    objects = read(
        (
            HEAD
            + columns
            + "Crew,A,B,F,1980-06-05,ATG,1,2029-08-07,ATG\nPassenger,C,D,M,1975-02-23,ATG,2,2030-07-31,ATG\n"
        ).encode(),
        as_of=AS_OF,
    )
    assert [(obj["message"]["type"], obj["travellers"][0]["status"]) for obj in objects] == [
        ("passenger", "passenger"), ("crew", "crew"),
    ]  # fmt: skip


def test_a_cell_that_looks_like_a_formula_is_text():
    obj = _sheet('"=HYPERLINK(""x"")",B,F,1980-06-05,ATG,1,2029-08-07,ATG')
    assert obj["travellers"][0]["surname"] == '=HYPERLINK("X")'
    assert "FORMULA_CELL" in {each["code"] for each in obj["findings"]}


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rubbish", b"a,b,c\n1,2,3\n", b'"unclosed,Surname,Sex,DOB\n', b"{}", b"[1, 2]"]
)
def test_other_sheets_and_json_are_no_list(data):
    assert serious(read(data)[0]) == {"NOT_PAXLST"}


def test_the_object_sent_as_json_is_read_to_itself():
    sent = read(GOOD.encode())[0]
    (obj,) = read(json.dumps(sent).encode(), as_of=dt.datetime(2026, 11, 25))
    assert obj["travellers"] == sent["travellers"]
    assert obj["flight"] == sent["flight"]
    assert (obj["grade"], serious(obj)) == ("accepted", set())


def test_json_gets_the_findings_of_a_message():
    sent = read(GOOD.encode())[0]
    sent["travellers"][0].update(birth_date="1984", nationality="GY", documents=[])
    sent["flight"]["legs"][0]["to"] = "ZZQ"
    (obj,) = read(json.dumps(sent).encode(), as_of=dt.datetime(2026, 11, 25))
    assert obj["travellers"][0]["birth_date"] == "1984"
    assert serious(obj) == {"DOB_PARTIAL", "NATIONALITY_TWO_LETTER", "DOC_MISSING", "PORT_UNKNOWN"}


def test_how_far_a_long_sheet_is_read_is_told_in_rising_shares():
    rows = [["Carrier", "5L", "Flight", 310, "From", "ANU", "To", "DOM"], [], COLUMNS.strip().split(",")]
    rows += [["HILL", "IRVING", "M", dt.datetime(1978, 1, 15), "DMA", f"T{n:07}", None, "DMA"] for n in range(1200)]
    heard: list[float] = []
    (obj,) = read(_book(rows), telling=Telling(heard.append))
    assert len(obj["travellers"]) == 1200
    assert heard == sorted(heard)
    assert heard[0] == 0
    assert 0.9 < heard[-1] <= 1
    assert len(heard) >= 10


@pytest.mark.parametrize(
    "columns",
    [
        "#,Surname,First Name,Sex,D.O.B.,Nat,PP No,PP exp,Issued by",
        "#,Surname,Given,Sex,DOB,Nat.,PP#,Exp.,Issuer".replace("Given,", "Given names,"),
        "No.,Apellidos,Nombres,Sexo,Fecha Nac.,Nacionalidad,No. Pasaporte,Vencimiento,País emisor",
        "N°,Nom,Prénom,Sexe,Né le,Nationalité,N° passeport,Expire le,Pays d'émission",
        "Nr,Achternaam,Voornamen,M/F,Geb. datum,Nationaliteit,Paspoort nr.,Geldig tot,Land van afgifte",
        "Nr.,Nachname,Vorname,Geschlecht,Geburtsdatum,Staatsangehörigkeit,Reisepassnummer,Gültig bis,Issuer",
    ],
)
def test_headings_that_clerks_write_are_known(columns):
    obj = _sheet("1,JOSEPH,VIVIAN,F,1980-06-05,ATG,A45127,2029-08-07,ATG", columns=columns + "\n")
    assert obj["grade"] == "accepted", obj["findings"]
    (person,) = obj["travellers"]
    assert (person["birth_date"], person["nationality"]) == ("1980-06-05", "ATG")
    assert person["documents"] == [{"type": "P", "number": "A45127", "issuer": "ATG", "expires": "2029-08-07"}]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4 March 1980", "1980-03-04"),
        ("4th March 1980", "1980-03-04"),
        ('"March 4, 1980"', "1980-03-04"),
        ("Mar-04-1980", "1980-03-04"),
        ("04-Mar-1980", "1980-03-04"),
        ("04 Mar 80", "1980-03-04"),
        ("4 de marzo de 1980", "1980-03-04"),
        ("1er février 1980", "1980-02-01"),
        ("4 maart 1980", "1980-03-04"),
        ("29284", "1980-03-04"),
        ("31 February 1980", None),
    ],
)
def test_birth_dates_that_clerks_write_are_read(written, meant):
    obj = _sheet(f"JOSEPH,VIVIAN,F,{written},ATG,A45127,2029-08-07,ATG")
    assert obj["travellers"][0]["birth_date"] == meant


def test_days_counted_by_a_program_are_no_guess_beside_other_dates():
    """A number of five digits beside dates of six has lost a zero in front."""
    rows = ("A,B,F,40380,ATG,1,2029-08-07,ATG", "C,D,M,150380,ATG,2,2030-07-31,ATG")
    assert _sheet(*rows)["travellers"][0]["birth_date"] != "2010-07-21"
    rows = ("A,B,F,29284,ATG,1,47337,ATG", "C,D,M,,ATG,2,47338,ATG")
    first = _sheet(*rows)["travellers"][0]
    assert (first["birth_date"], first["documents"][0]["expires"]) == ("1980-03-04", "2029-08-07")


def test_the_flight_is_read_from_labels_with_a_colon_and_a_plain_day():
    head = "Flight: 5L 310,From: ANU,To: DOM\nDate: 3 April 2027\n\n"
    row = "JOSEPH,VIVIAN,F,1980-06-05,T&T,A45127,2029-08-07,T & T\n"
    (obj,) = read((head + COLUMNS + row).encode(), as_of=AS_OF)
    flight = obj["flight"]
    assert (flight["carrier"], flight["number"], flight["date"]) == ("5L", "310", "2027-04-03")
    assert (flight["legs"][0]["from"], flight["legs"][0]["to"]) == ("ANU", "DOM")
    assert (obj["travellers"][0]["nationality"], obj["travellers"][0]["documents"][0]["issuer"]) == ("TTO", "TTO")


def test_who_sends_a_sheet_or_json_is_advised_without_names_of_segments():
    sheet = read((COLUMNS + "JOSEPH,VIVIAN,F,nonsense,ATG,A45127,2029-08-07,ATG\n").encode(), as_of=AS_OF)[0]
    sent = {"flight": {"mode": "air", "legs": [{"from": "POS", "departs": "nonsense"}]}, "travellers": [{}]}
    form = read(json.dumps(sent).encode(), as_of=AS_OF)[0]
    told = {finding["code"]: finding["text"] for obj in (sheet, form) for finding in obj["findings"]}
    assert {
        "FLIGHT_MISSING",
        "DEPARTURE_MISSING",
        "ARRIVAL_MISSING",
        "TIME_INVALID",
        "DOB_MISSING",
        "DOB_INVALID",
    } <= set(told)
    for text in told.values():
        assert not re.search(r"\b(LOC|DTM|TDT|NAD|BGM)\b|YYMMDD", text), text
    assert "LOC+125" in reading(("LOC+125+POS'DTM+189:2611251430:201'\n", ""))["findings"][0]["text"]


def test_a_number_that_json_cannot_hold_is_no_name():
    sent = json.dumps(read(GOOD.encode())[0]).replace('"PERSAUD-BAPTISTE"', "1e999").replace('"ANIL KUMAR"', '""')
    (obj,) = read(sent.encode(), as_of=dt.datetime(2026, 11, 25))
    assert obj["travellers"][0]["surname"] is None
    assert "NAME_MISSING" in serious(obj)
