"""A spreadsheet before it is sent: its columns are asked about once, its dates are never guessed."""

import csv
import datetime
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from apps.files.models import Purge
from apps.manifests import tasks
from apps.manifests.models import Draft, SheetLayout, Submission
from apps.manifests.paxlst import blanks as templates
from apps.manifests.paxlst import read
from apps.manifests.paxlst.layout import template_on
from apps.manifests.paxlst.normalise_vessels import imo_holds
from apps.manifests.paxlst.sketch import sketches
from apps.manifests.queries import dated, draft_checks
from tests.days import in_days
from tests.jrcc.people import AGENT, RIVAL, codes

FLIES, EXPIRES = in_days(2), in_days(1700)
AS_OF = datetime.datetime.combine(in_days(0), datetime.time())
TEMPLATE = template_on(AS_OF.date()).version
HEAD = f"Flight,7T600,From,POS,To,BGI\nDeparture,{FLIES} 14:30,Arrival,{FLIES} 15:35\n"
OWN = "Holder,First name,Gender,DOB,Nat,Passport No,Issued by,Valid\n"
PEOPLE = (
    f"ABELLINE,COSTANZE,F,05/06/1980,TTO,T1000001,TTO,{EXPIRES}\n"
    f"BRISTOLLE,EDRIC,M,03/04/1979,TTO,T1000002,TTO,{EXPIRES}\n"
)
SHEET = (HEAD + OWN + PEOPLE).encode()
ANSWERS = {"c-0-0": "family", "c-0-1": "given", "c-0-2": "sex", "c-0-3": "birth", "c-0-4": "nationality",
           "c-0-5": "passport", "c-0-6": "issuer", "c-0-7": "expiry", "d-0-0": "day first"}  # fmt: skip


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def handed_in(client: Any, data: bytes, name: str = "crew and guests.csv", **more: str) -> Any:
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("jrcc:upload"), {"file": file, **more})


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


@pytest.mark.django_db
class TestColumns:
    def test_a_strange_sheet_is_asked_about_once_and_then_read_by_what_was_said(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        client = client_for(AGENT)
        asked = handed_in(client, SHEET)["Location"]
        page = client.get(asked)
        assert "What are these columns?" in words(page)
        assert "ABELLINE" in words(page)
        assert "Day first: 1980-06-05" in words(page)
        assert not Submission.objects.exists()
        wrong = client.post(asked, ANSWERS | {"c-0-1": "family", "d-0-0": "", "send": "1"})
        assert wrong.status_code == 422
        assert "Column Holder is already Surname" in words(wrong)
        assert "Choose whether the day or the month comes first" in words(wrong)
        receipt = client.post(asked, ANSWERS | {"send": "1"})["Location"]
        drain()
        first = Submission.objects.get()
        assert receipt == reverse("jrcc:submission", args=[first.pk])
        assert (first.grade, first.file_name) == ("accepted", "crew and guests.csv")
        assert "SHEET_LAYOUT_USED" in codes(first)
        assert Draft.objects.get().raw is None
        again = handed_in(client, SHEET.replace(b"600", b"601"))
        drain()
        second = Submission.objects.exclude(pk=first.pk).get()
        assert again["Location"] == reverse("jrcc:submission", args=[second.pk])
        assert second.grade == "accepted"

    def test_what_one_desk_keeps_no_other_desk_sees(self, client_for: Any) -> None:
        client, rival = client_for(AGENT), client_for(RIVAL)
        asked = handed_in(client, SHEET)["Location"]
        client.post(asked, ANSWERS | {"check": "1"})
        assert SheetLayout.objects.count() == 1
        for name in ("draft", "draft_send", "draft_discard"):
            place = reverse(f"jrcc:{name}", args=[Draft.objects.get().pk])
            assert rival.post(place).status_code == 404
        assert "/drafts/" in handed_in(rival, SHEET)["Location"]

    def test_a_sheet_may_be_sent_as_it_is_or_thrown_away(self, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        handed_in(client, SHEET)
        draft = Draft.objects.get()
        client.post(reverse("jrcc:draft_send", args=[draft.pk]))
        drain()
        assert Submission.objects.get().grade in {"needs_correction", "unreadable"}
        handed_in(client, SHEET.replace(b"600", b"601"))
        other = Draft.objects.get(state="open")
        client.post(reverse("jrcc:draft_discard", args=[other.pk]))
        other.refresh_from_db()
        assert (other.state, other.raw) == ("dropped", None)
        assert client.get(reverse("jrcc:draft", args=[other.pk])).status_code == 404

    def test_a_sheet_sent_too_early_is_read_anew_once_its_columns_are_known(self, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        handed_in(client, SHEET)
        client.post(reverse("jrcc:draft_send", args=[Draft.objects.get().pk]))
        drain()
        first = Submission.objects.get()
        assert "Identify the columns" in words(client.get(reverse("jrcc:submission", args=[first.pk])))
        asked = client.post(reverse("jrcc:submission_columns", args=[first.pk]))["Location"]
        client.post(asked, ANSWERS | {"send": "1"})
        drain()
        second = Submission.objects.get(corrects=first)
        assert (second.edition, second.grade, second.passengers) == (2, "accepted", 2)
        assert client_for(RIVAL).post(reverse("jrcc:submission_columns", args=[first.pk])).status_code == 404

    def test_check_only_says_the_grade_and_sends_nothing(self, client_for: Any) -> None:
        client = client_for(AGENT)
        known = SHEET.replace(OWN.encode(), b"Surname,First name,Gender,DOB,Nationality,Passport No,Issued by,Expiry\n")
        page = client.get(handed_in(client, known.replace(b"05/06", b"25/06"), check="1")["Location"])
        assert "Checked, not sent" in words(page)
        assert "2 People read" in words(page)
        assert "Accepted" in words(page)
        assert not Submission.objects.exists()

    def test_drafts_are_forgotten_when_their_days_are_over(self, client_for: Any) -> None:
        handed_in(client_for(AGENT), SHEET)
        days = dated.days_drafts_are_kept(timezone.now().date())
        draft = Draft.objects.get()
        assert draft.expires_at - timezone.now() > datetime.timedelta(days=days - 1)
        assert tasks.forget_drafts() == 0
        Draft.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
        assert tasks.forget_drafts() == 1
        assert (Draft.objects.count(), Purge.objects.get().kind) == (0, "jrcc.draft")


@pytest.mark.django_db
def test_templates_are_dated_and_read_back_by_the_portal(client_for: Any) -> None:
    today = timezone.now().date()
    client = client_for(AGENT)
    for kind, form in (("air", "xlsx"), ("air", "csv"), ("fal5", "xlsx"), ("fal6", "csv")):
        answer = client.get(reverse("jrcc:list_template", args=[kind, form]))
        assert template_on(today).version in answer["Content-Disposition"]
        assert sketches(answer.content)
    assert client.get(reverse("jrcc:list_template", args=["fal7", "xlsx"])).status_code == 404


def filled(kind: str, head: dict[str, Any], *rows: dict[str, Any], version: str = TEMPLATE) -> bytes:
    """A template as a carrier fills it in, saved as CSV."""
    made, _name = templates.template(kind, "csv", AS_OF.date())
    lines = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    for line in lines:
        if line and line[0] in head:
            line[1] = head[line[0]]
        if line and line[0] == "Template":
            line[1] = version
    headings = lines[-1]
    text = io.StringIO()
    csv.writer(text).writerows([*lines, *([row.get(name, "") for name in headings] for row in rows)])
    return text.getvalue().encode()


SHIP = {"Name of ship": "MV SALTWIND", "IMO number": "9863637", "Call sign": "J8XY", "Flag State": "VCT",
        "Voyage number": "118", "Arrival or departure": "arrival", "Port": "Kingstown", "Date": f"{FLIES} 07:30",
        "Last port": "Castries"}  # fmt: skip
SAILOR = {"Surname": "LNU", "Given names": "OSRIC", "Rank or rating": "Bosun", "Nationality": "VCT",
          "Date of birth": "1979-06-23", "Gender": "M", "Nature of identity document": "Seaman's book",
          "Number of identity document": "SB44120", "Issuing State": "VCT", "Expiry date": f"{EXPIRES}"}  # fmt: skip


class TestForms:
    def test_fal_form_5_is_a_crew_list_of_a_ship(self) -> None:
        (obj,) = read(filled("fal5", SHIP, SAILOR), as_of=AS_OF)
        assert (obj["message"]["type"], obj["flight"]["mode"], obj["flight"]["number"]) == ("crew", "sea", "118")
        vessel = {"name": "MV SALTWIND", "imo": "9863637", "call_sign": "J8XY", "flag": "VCT"}
        assert obj["flight"]["vessel"] == vessel
        person = obj["travellers"][0]
        assert (person["surname"], person["documents"][0]["type"], person["rank"]) == ("OSRIC", "MMD", "BOSUN")
        assert not [one for one in obj["findings"] if one["severity"] == "error"]

    def test_a_wrong_check_digit_of_the_ship_is_said(self) -> None:
        (obj,) = read(filled("fal5", {**SHIP, "IMO number": "9863638"}, SAILOR), as_of=AS_OF)
        said = [one["text"] for one in obj["findings"] if one["code"] == "IMO_CHECK_FAILED"]
        assert said == ["IMO number 9863638 has a wrong check digit; please check it."]
        assert imo_holds("9074729")
        assert not imo_holds("907472")

    def test_the_template_of_another_year_is_said(self) -> None:
        (obj,) = read(filled("fal5", SHIP, SAILOR, version="2025"), as_of=AS_OF)
        assert f"the one in force is {TEMPLATE}" in next(
            one["text"] for one in obj["findings"] if one["code"] == "TEMPLATE_WRONG_YEAR"
        )

    def test_crew_and_passengers_on_two_sheets_share_the_block_above_the_first(self) -> None:
        head = [["Carrier", "7T", "Flight", 600, "From", "POS", "To", "BGI"],
                ["Departure", f"{FLIES} 14:30", "Arrival", f"{FLIES} 15:35"], []]  # fmt: skip
        columns = ["Surname", "Given names", "Sex", "Date of birth", "Nationality", "Passport", "Issued by", "Expiry"]
        one = ["ABELLINE", "COSTANZE", "F", "1980-04-13", "TTO", "T1000001", "TTO", str(EXPIRES)]
        other = ["BRISTOLLE", "EDRIC", "M", "1979-06-23", "TTO", "T1000002", "TTO", str(EXPIRES)]
        data = book(("Passengers", [*head, columns, one]), ("Crew", [columns, other]), ("Notes", [["Thank you"]]))
        found = read(data, as_of=AS_OF)
        assert [(obj["message"]["type"], obj["grade"], obj["flight"]["number"]) for obj in found] == [
            ("passenger", "accepted", "600"),
            ("crew", "accepted", "600"),
        ]
        only = read(book(("Passengers", [*head, columns, one]), ("Crew", [columns])), as_of=AS_OF)
        assert [obj["message"]["type"] for obj in only] == ["passenger"]

    def test_three_orders_of_dates_in_one_column_are_said_and_the_open_ones_asked(self) -> None:
        rows = ("A,B,F,25/06/1980", "C,D,M,06/25/1979", "E,F,F,1981-06-25", "G,H,M,05/06/1982")
        (obj,) = read((HEAD + "Surname,Given names,Sex,DOB\n" + "\n".join(rows) + "\n").encode(), as_of=AS_OF)
        assert [one["birth_date"] for one in obj["travellers"]] == ["1980-06-25", "1979-06-25", "1981-06-25", None]
        assert {"DATE_ORDER_MIXED", "DATE_AMBIGUOUS"} <= {one["code"] for one in obj["findings"]}

    def test_a_bomb_is_not_opened(self) -> None:
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
        assert len(stored.getvalue()) < 200_000
        (obj,) = read(stored.getvalue())
        assert [one["code"] for one in obj["findings"]] == ["SHEET_TOO_LARGE"]
        assert sketches(stored.getvalue()) == []

    def test_a_hundred_thousand_rows_are_read_as_far_as_a_list_goes_and_it_says_so(self) -> None:
        rows = "".join(f"NAME{n % 7},G,F,1980-04-13,TTO,T{n},TTO,{EXPIRES}\n" for n in range(100_000))
        head = "Surname,Given names,Sex,Date of birth,Nationality,Passport,Issued by,Expiry\n"
        (obj,) = read((HEAD + head + rows).encode(), as_of=AS_OF)
        assert obj["grade"] == "needs_correction"
        assert "more than 50,000 rows" in next(
            one["text"] for one in obj["findings"] if one["code"] == "SHEET_TOO_LONG"
        )


@pytest.mark.django_db
def test_a_long_file_that_is_only_checked_shows_its_page_before_it_is_read(
    cast: Any, client_for: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("apps.manifests.views.drafts.LONG", 100)
    client = client_for(AGENT)
    own = SHEET.replace(b"05/06/1980", b"15/06/1980").replace(OWN.encode(), OWN.replace("Holder", "Surname").encode())
    page = client.get(handed_in(client, own, check="1")["Location"])
    assert "Processing" in words(page)
    assert "People read" not in words(page)
    place = page.request["PATH_INFO"]
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "%" not in words(client.get(place, {"far": "1"}, headers=partial))
    draft_checks.of(Draft.objects.get())(0.374)
    how_far = client.get(place, {"far": "1"}, headers=partial)
    assert "37% read" in words(how_far)
    assert 'value="37"' in how_far.content.decode()
    fragment = client.get(place, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "2 People read" in words(fragment)
    assert "<html" not in fragment.content.decode()
    assert "2 People read" in words(client.get(place, {"read": "1"}))


def test_a_formula_without_its_result_is_named_by_its_cell() -> None:
    head = ["Surname", "First name", "Gender", "Date of birth", "Nationality", "Passport No", "Issued by", "Valid"]
    row = ["ABELLINE", '=A3&"X"', "F", datetime.date(1980, 6, 5), "TTO", "T1000001", "TTO", EXPIRES]
    (obj,) = read(book(("List", [["Flight", "7T600", "From", "=B9"], head, row])))
    found = {one["original"]: one for one in obj["findings"] if one["code"] == "FORMULA_NOT_SAVED"}
    assert set(found) == {"D1", "B3"}
    assert found["B3"]["line"] == 3
    assert obj["travellers"][0]["given_names"] == ""
