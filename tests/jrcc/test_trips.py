"""A skipper's or private pilot's form: drafts, pasted rows, passports, one list per leg and category, amendments."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journeys.models import Journey, Traveller
from apps.manifests.models import Draft, Submission
from apps.manifests.paxlst.pasted import people_in
from apps.manifests.paxlst.trips import lists_of, person_of_zone, zones_in
from apps.manifests.refusals import Refusals
from tests.days import NEXT
from tests.jrcc.people import AGENT, RIVAL

NEVER_SAID = re.compile(r"\b(hits?|match(es|ed)?|screen(ed|ing)?|watch ?lists?|wanted)\b", re.IGNORECASE)
ANNA = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10")  # fmt: skip
"""The specimen of ICAO Doc 9303 part 4."""
TODAY = datetime.date(2009, 11, 26)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def day() -> str:
    return f"{timezone.now() + datetime.timedelta(days=3):%d %m %Y}"


def trip(**more: str) -> dict[str, str]:
    """A private aircraft from Piarco by Grenada to Barbados, a pilot and a guest on both legs."""
    legs = (("POS", "09:00", "GND", "10:00"), ("GND", "12:00", "BGI", "13:00"))
    typed = {"craft-mode": "air", "craft-number": "9Y ABC"}
    for n, (here, leaves, there, lands) in enumerate(legs):
        typed |= {f"leg-{n}-from": here, f"leg-{n}-departs": f"{day()} {leaves}", f"leg-{n}-to": there,
                  f"leg-{n}-arrives": f"{day()} {lands}"}  # fmt: skip
    typed["leg-1-same"] = "1"
    people = (
        ("BRISTOLLE", "EDRIC", "M", "23 6 1979", "TTO", "P", "T1000002", "TTO", f"14 5 {NEXT + 3}", "crew"),
        ("ABELLINE", "COSTANZE", "F", "13 4 1980", "TTO", "P", "T1000001", "TTO", f"14 5 {NEXT + 3}", "passenger"),
    )
    names = (
        "surname",
        "given_names",
        "sex",
        "birth_date",
        "nationality",
        "type",
        "number",
        "issuer",
        "expires",
        "role",
    )
    for n, person in enumerate(people):
        typed |= {f"person-{n}-{name}": value for name, value in zip(names, person, strict=True)}
    return typed | more


BEGIN = "jrcc:trip_begin"


def sent(client: Any, drain: Any, **more: str) -> list[Submission]:
    client.post(reverse(BEGIN), trip(do="send", **more))
    drain()
    return list(Submission.objects.order_by("pk"))


@pytest.mark.django_db
class TestForm:
    def test_each_leg_and_category_gets_its_list_and_receipt(self, cast: Any, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        answer = client.post(reverse(BEGIN), trip(do="send"))
        drain()
        rows = list(Submission.objects.order_by("pk"))
        assert [(row.passengers, row.crew, row.grade) for row in rows] == [(1, 0, "accepted"), (0, 1, "accepted")] * 2
        assert [row.flight.split()[1] for row in rows] == ["POS–GND", "POS–GND", "GND–BGI", "GND–BGI"]
        page = words(client.get(answer["Location"]))
        assert all(row.receipt in page for row in rows)
        assert Journey.objects.count() == 2
        assert Draft.objects.get().content == {"sent": [str(row.pk) for row in rows]}
        assert not NEVER_SAID.search(page)

    def test_the_deadline_stands_before_the_first_field(self, client_for: Any) -> None:
        client = client_for(AGENT)
        assert "see the deadlines" in words(client.get(reverse(BEGIN)))
        page = client.post(reverse(BEGIN), trip(do="check"))
        text = page.content.decode()
        assert "Grenada" in words(page)
        assert text.index("Deadlines") < text.index("craft-mode")

    def test_a_draft_is_kept_for_the_desk_and_thrown_away(self, client_for: Any) -> None:
        client = client_for(AGENT)
        place = client.post(reverse(BEGIN), trip(do="save") | {"person-1-surname": ""})["Location"]
        assert 'value="BRISTOLLE"' in client.get(place).content.decode()
        assert "9Y ABC POS–GND–BGI" in words(client.get(reverse(BEGIN)))
        assert client_for(RIVAL).get(place).status_code == 404
        assert not Submission.objects.exists()
        client.post(reverse("jrcc:trip_discard", args=[Draft.objects.get().pk]))
        assert (Draft.objects.get().state, Draft.objects.get().content) == ("dropped", {})
        assert client.get(place).status_code == 404

    def test_faults_are_marked_at_their_rows_and_sent_only_when_asked_again(self, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        faulty = {"person-1-birth_date": "31 2 1980", "person-1-expires": "1 1 2020"}
        page = client.post(reverse(BEGIN), trip(do="send", **faulty))
        assert page.status_code == 422
        assert "Date of birth 31 2 1980 cannot be read." in words(page)
        assert "The document expires before arrival." in words(page)
        assert 'value="31 2 1980"' in page.content.decode()
        assert not Submission.objects.exists()
        place = reverse("jrcc:trip", args=[Draft.objects.get().pk])
        client.post(place, trip(do="send_anyway", **faulty))
        drain()
        assert Submission.objects.first().grade == "needs_correction"

    def test_a_second_document_goes_with_its_person_and_comes_back_when_the_list_is_amended(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        second = {"person-1-second_type": "P", "person-1-second_number": "A1234567", "person-1-second_issuer": "JAM",
                  "person-1-second_expires": f"1 2 {NEXT + 4}"}  # fmt: skip
        rows = sent(client_for(AGENT), drain, **second)
        person = Traveller.objects.get(journey=rows[0].journey_id, surname="ABELLINE")
        papers = {paper.number: (paper.issuer, paper.expires) for paper in person.documents.all()}
        assert papers == {"T1000001": ("TTO", f"{NEXT + 3}-05-14"), "A1234567": ("JAM", f"{NEXT + 4}-02-01")}
        opened = client_for(AGENT).post(reverse("jrcc:submission_amend", args=[rows[0].pk]))["Location"]
        page = client_for(AGENT).get(opened).content.decode()
        assert 'name="person-0-second_number" value="A1234567"' in page
        assert '<details class="second" open>' in page

    def test_another_passport_of_somebody_on_the_form_is_his_second_document(self, client_for: Any) -> None:
        other = {"person-0-surname": "Eriksson", "person-0-birth_date": "12 8 1974"}
        page = client_for(AGENT).post(reverse(BEGIN), trip(do="scan", zones=ANNA, **other)).content.decode()
        assert 'name="person-0-second_number" value="L898902C3"' in page
        assert 'name="person-0-number" value="T1000002"' in page
        assert page.count('value="ERIKSSON"') == 0

    def test_a_row_is_checked_while_it_is_typed(self, client_for: Any) -> None:
        client = client_for(AGENT)
        said = client.post(reverse("jrcc:trip_look"), trip(row="1") | {"person-1-nationality": "XQZ"})
        assert "Nationality XQZ is not a known code." in words(said)
        assert "<html" not in said.content.decode()
        assert words(client.post(reverse("jrcc:trip_look"), trip(row="0"))).strip() == ""

    def test_people_and_craft_of_a_former_trip_are_taken_again(self, cast: Any, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        sent(client, drain, **{"person-1-expires": "1 1 2029"})
        page = client.get(reverse(BEGIN))
        assert "ABELLINE, COSTANZE, born 1980, document …0001" in words(page)
        keys = re.findall(r'name="again" value="([0-9a-f]+)"', page.content.decode())
        again = client.post(reverse(BEGIN), {"do": "again", "again": keys, "leg-0-from": "BGI"})
        assert 'value="ABELLINE"' in again.content.decode()
        assert 'value="BRISTOLLE"' in again.content.decode()
        craft = client.post(reverse(BEGIN), {"do": "craft", "former_craft": "9YABC", "leg-0-from": "BGI"})
        assert 'name="craft-number" value="9YABC"' in craft.content.decode()
        assert "ABELLINE" not in words(client_for(RIVAL).get(reverse(BEGIN)))

    def test_pasted_rows_and_a_passport_fill_rows(self, client_for: Any) -> None:
        client = client_for(AGENT)
        rows = "Surname\tFirst name\tDOB\nOSTREY\tMAREK\t1971-04-09\n"
        text = client.post(reverse(BEGIN), trip(do="paste", rows=rows)).content.decode()
        assert 'name="person-2-surname" value="OSTREY"' in text
        page = client.post(reverse(BEGIN), trip(do="scan", zones=ANNA.replace("L898902C3", "L8989O2C3")))
        assert 'value="L898902C3"' in page.content.decode()
        assert "L898902C3: a misread character was corrected by its check digit." in words(page)

    def test_a_list_is_amended_until_its_journey_is_closed(self, cast: Any, drain: Any, client_for: Any) -> None:
        client = client_for(AGENT)
        first = sent(client, drain)[0]
        assert "Amend in the form" in words(client.get(reverse("jrcc:submission", args=[first.pk])))
        place = client.post(reverse("jrcc:submission_amend", args=[first.pk]))["Location"]
        shown = dict(re.findall(r'name="([a-z]+-[^"]+)" value="([^"]*)"', client.get(place).content.decode()))
        assert shown["person-0-surname"] == "ABELLINE"
        guest = {"person-0-type": "P", "person-0-sex": "F", "person-0-role": "passenger", "craft-mode": "air"}
        client.post(place, shown | guest | {"person-0-surname": "ABELLINE-MOSS", "do": "send"})
        drain()
        second = Submission.objects.get(corrects=first)
        assert (second.edition, second.grade) == (2, "accepted")
        people = Traveller.objects.filter(journey=second.journey, withdrawn_at=None)
        assert set(people.values_list("surname", flat=True)) == {"ABELLINE-MOSS", "BRISTOLLE"}
        Journey.objects.filter(pk=second.journey_id).update(state="closed")
        late = client.post(reverse("jrcc:submission_amend", args=[second.pk]))
        assert (late.status_code, Refusals.JOURNEY_CLOSED.sentence in late.content.decode()) == (409, True)
        assert client_for(RIVAL).post(reverse("jrcc:submission_amend", args=[first.pk])).status_code == 404


class TestReading:
    def test_other_people_on_the_second_leg_are_those_ticked_for_it(self) -> None:
        people = [{"surname": "A", "legs": [0]}, {"surname": "B", "legs": [1]}, {"surname": "C", "legs": []}]
        made = lists_of({"craft": {}, "legs": [{}, {"same": False}, {"same": True}], "people": people})
        assert [(one.leg, one.rows) for one in made] == [(0, (0, 2)), (1, (1, 2)), (2, (1, 2))]

    def test_cells_without_headings_are_told_by_what_they_look_like(self) -> None:
        (row,) = people_in("M; BRISTOLLE; EDRIC; 23/6/1979; T1000002; TTO; 14/05/2009; passport; JAM; crew")
        assert (row["surname"], row["given_names"], row["sex"], row["birth_date"], row["expires"]) == (
            *("BRISTOLLE", "EDRIC", "M", "1979-06-23", "2009-05-14"),
        )
        assert (row["nationality"], row["issuer"], row["number"], row["type"], row["role"]) == (
            *("TTO", "JAM", "T1000002", "P", "crew"),
        )
        assert people_in("\n \n") == []

    @pytest.mark.parametrize(
        "lines",
        [
            ANNA,
            "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
        ],
        ids=["TD3", "TD1", "TD2"],
    )
    def test_specimens_of_doc_9303_fill_a_row(self, lines: str) -> None:
        row, done = person_of_zone(next(zones_in(lines)), TODAY)
        assert row is not None
        assert (row["surname"], row["given_names"], row["birth_date"], row["expires"], done) == (
            *("ERIKSSON", "ANNA MARIA", "1974-08-12", "2012-04-15", ""),
        )

    def test_a_wrong_check_digit_is_said(self) -> None:
        assert person_of_zone(next(zones_in(ANNA.replace("7408122", "7408129"))), TODAY)[1] == "failed"
        assert person_of_zone("rubbish", TODAY) == (None, "")
