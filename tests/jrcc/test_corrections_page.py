"""A clerk mends a long list: findings by kind in the clerk's own terms, a page of people at a time, nothing lost."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.manifests.actions import intake
from apps.manifests.models import Submission, SubmissionContent
from tests.days import NEXT, in_days
from tests.jrcc.pages_world import message
from tests.jrcc.people import AGENT, RAM, RIVAL, SHO, WATCH, WID, renamed, send
from tests.jrcc.test_budgets import MOST, asked

pytestmark = pytest.mark.django_db
MOST_NODES = 3000
HEAD = (
    f"Flight,7T600\nFrom,POS\nTo,BGI\nDeparture,{in_days(2)} 14:30\nArrival,{in_days(2)} 15:35\n"
    "Surname,Given names,Sex,Date of birth,Nationality,Passport No,Issued by,Valid until\n"
)
FIRST_ROW = 7
"""The first person's row in the sheet."""


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def place(row: Submission, name: str = "submission_correct") -> str:
    return reverse(f"jrcc:{name}", args=[row.pk])


def person(n: int, *, nationality: str = "TTO", expires: str = f"{NEXT + 3}-05-14") -> str:
    name = f"ABELLINE{chr(65 + n // 26)}{chr(65 + n % 26)}"
    return f"{name},COSTANZE,F,1980-04-13,{nationality},T{1000000 + n * 7919},TTO,{expires}\n"


def handed_in(cast: Any, drain: Any, *people: str, head: str = HEAD, kind: str = "text/csv") -> Submission:
    row = intake.receive(cast[AGENT], (head + "".join(people)).encode(), channel="upload", content_type=kind)
    drain()
    row.refresh_from_db()
    return row


def a_ferry(cast: Any, drain: Any) -> Submission:
    """300 people, 400 findings: nobody's nationality, and 100 documents that are over."""
    old = f"{NEXT - 6}-01-31"
    return handed_in(
        cast, drain, *(person(n, nationality="", **({"expires": old} if n < 100 else {})) for n in range(300))
    )


def typed_in(response: Any) -> dict[str, str]:
    """What a browser would send back, hidden fields included."""
    found = re.findall(
        r'<input type="(?:text|hidden)" name="((?:fix|all|at)-[^"]+)"([^>]*)>', response.content.decode()
    )
    return {name: (re.search(r'value="([^"]*)"', rest) or ["", ""])[1] for name, rest in found}


def nodes(response: Any) -> int:
    return len(re.findall(r"<[a-z]", response.content.decode()))


class TestThreeHundredPeople:
    def test_the_page_begins_with_what_must_be_corrected_by_kind_with_its_count(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = a_ferry(cast, drain)
        page = client_for(AGENT).get(place(row, "submission"))
        found = words(page)
        assert "300 findings must be corrected" in found
        assert "<time-left" in page.content.decode()
        order = [
            *("300 findings must be corrected", "Nationality missing 300 people", "1 to 25 of 300"),
            *("Document expires before arrival 100 people", "Each sending is the next version", "SHA-256"),
        ]
        positions = [found.index(one) for one in order]
        assert positions == sorted(positions)
        assert not re.search(r"NATIONALITY_MISSING|DOC_EXPIRED", found.partition("Our answer")[0])
        assert nodes(page) < MOST_NODES
        assert len(asked(client_for(AGENT), place(row, "submission"))) <= MOST

    def test_the_counts_are_those_of_the_findings(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = a_ferry(cast, drain)
        [obj] = SubmissionContent.objects.get(submission=row).reading
        kinds = [one["code"] for one in obj["findings"]]
        found = words(client_for(AGENT).get(place(row, "submission")))
        assert f"Nationality missing {kinds.count('NATIONALITY_MISSING')} people" in found
        assert f"Document expires before arrival {kinds.count('DOC_EXPIRED')} people" in found
        assert f"{kinds.count('PORT_DEFAULTED')} × Place of boarding or landing assumed from the flight" in found

    def test_going_on_to_the_next_people_keeps_what_was_typed_and_sends_it_all(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row, client = a_ferry(cast, drain), client_for(AGENT)
        typed = typed_in(client.get(place(row, "submission")))
        assert "fix-1-26-nationality-0" not in typed
        first = {**typed, "fix-1-1-nationality-0": "TTO"}
        onward = client.post(place(row), {**first, "show": "NATIONALITY_MISSING.26"})
        assert onward.status_code == 200
        assert "26 to 50 of 300" in words(onward)
        assert "300 people, 1 answered" in words(onward)
        kept = typed_in(onward)
        assert kept["fix-1-1-nationality-0"] == "TTO"
        assert kept["fix-1-26-nationality-0"] == ""
        assert Submission.objects.count() == 1
        sent = client.post(place(row), {**kept, "fix-1-26-nationality-0": "GUY"})
        assert sent.status_code == 302
        drain()
        after = SubmissionContent.objects.get(submission__corrects=row).reading[0]["travellers"]
        assert [after[n]["nationality"] for n in (0, 1, 25)] == ["TTO", None, "GUY"]

    def test_a_fault_on_another_page_comes_first_and_the_rest_is_kept(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row, client = a_ferry(cast, drain), client_for(AGENT)
        typed = {"fix-1-1-nationality-0": "TTO", "fix-1-290-nationality-0": "XQZ", "at-NATIONALITY_MISSING": "276"}
        page = client.post(place(row), typed)
        assert page.status_code == 422
        text = page.content.decode()
        assert 'href="#id_fix-1-290-nationality-0"' in text
        assert text.index('id="id_fix-1-290-nationality-0"') < text.index('id="id_fix-1-2-nationality-0"')
        kept = typed_in(page)
        assert (kept["fix-1-1-nationality-0"], kept["fix-1-290-nationality-0"]) == ("TTO", "XQZ")
        assert nodes(page) < MOST_NODES
        assert not Submission.objects.filter(corrects=row).exists()

    def test_the_message_is_fetched_only_when_somebody_wants_it_and_that_is_noted(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row, client = a_ferry(cast, drain), client_for(AGENT)
        assert "ABELLINEKA,COSTANZE" not in client.get(place(row, "submission")).content.decode()
        before = AuditRecord.objects.filter(verb="submission.read", object_id=str(row.pk)).count()
        for name, one in (("submission_lines", "ABELLINEDA, COSTANZE"), ("submission_people", "ABELLINEDA, COSTANZE")):
            page = client.get(place(row, name))
            assert one in words(page)
            assert nodes(page) < MOST_NODES
            assert client_for(RIVAL).get(place(row, name)).status_code == 404
        assert AuditRecord.objects.filter(verb="submission.read", object_id=str(row.pk)).count() > before


class TestOwnTerms:
    def test_a_sheet_is_spoken_of_by_its_columns_and_rows(self, cast: Any, drain: Any, client_for: Any) -> None:
        head = HEAD.replace("Departure", "Remark").replace("Nationality", "Citizenship")
        row = handed_in(cast, drain, person(0), person(1, nationality=""), head=head)
        page = words(client_for(AGENT).get(place(row, "submission")))
        assert "Column E “Citizenship” of your sheet." in page
        assert f"Row {FIRST_ROW + 1} ABELLINEAB, COSTANZE empty" in page
        assert "Place or time of departure missing" in page
        assert "Above the list in your sheet: “From”." in page
        assert "Your sheet does not have: Departs." in page
        assert not re.search(r"LOC\+|DTM\+|NAT\+|NAD", page.partition("Our answer")[0])

    def test_a_message_is_spoken_of_by_its_segments(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = send(cast[AGENT], RAM, renamed(SHO, nationality=""))
        drain()
        page = words(client_for(AGENT).get(place(row, "submission")))
        assert "Segment NAT+2 of your message." in page
        assert "Person 2 BRATHWAITE, SHONTELLE" in page
        assert "your sheet" not in page

    def test_a_page_that_was_mended_before_speaks_of_its_own_fields(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = send(cast[AGENT], renamed(RAM, nationality=""), renamed(SHO, nationality=""))
        drain()
        client_for(AGENT).post(place(row), {"fix-1-1-nationality-0": "TTO"})
        drain()
        page = words(client_for(AGENT).get(place(Submission.objects.get(corrects=row), "submission")))
        assert "1 finding must be corrected" in page
        assert "Three-letter code of the State, as in the document" in page
        assert not re.search(r"your (message|sheet)", page)


class TestOneAnswerForAll:
    def flawed(self, cast: Any, drain: Any) -> Submission:
        people = [person(n, nationality="XQZ" if n < 4 else "TTO") for n in range(6)]
        return handed_in(cast, drain, *people)

    def test_the_same_unknown_code_is_asked_about_once(self, cast: Any, drain: Any, client_for: Any) -> None:
        row, client = self.flawed(cast, drain), client_for(AGENT)
        page = client.get(place(row, "submission"))
        assert "4 people, one answer for all" in words(page)
        assert "XQZ means Row 7, Row 8, Row 9, Row 10" in words(page)
        [field] = [name for name in typed_in(page) if name.startswith("all-")]
        assert client.post(place(row), {**typed_in(page), field: "Q9Q"}).status_code == 422
        assert client.post(place(row), {**typed_in(page), field: "TTO"}).status_code == 302
        drain()
        after = SubmissionContent.objects.get(submission__corrects=row).reading[0]["travellers"]
        assert {one["nationality"] for one in after} == {"TTO"}

    def test_what_was_not_answered_is_no_change(self, cast: Any, drain: Any, client_for: Any) -> None:
        row, client = self.flawed(cast, drain), client_for(AGENT)
        page = client.post(place(row), typed_in(client.get(place(row, "submission"))))
        assert page.status_code == 422
        assert "Nothing was changed" in words(page)


class TestTwoTabs:
    def test_the_second_one_is_told_and_changes_nothing(self, cast: Any, drain: Any, client_for: Any) -> None:
        row, client = handed_in(cast, drain, person(0, nationality=""), person(1, nationality="")), client_for(AGENT)
        typed = typed_in(client.get(place(row, "submission")))
        client.post(place(row), {**typed, "fix-1-1-nationality-0": "TTO"})
        late = client.post(place(row), {**typed, "fix-1-2-nationality-0": "TTO"})
        assert late.status_code == 409
        assert client.post(place(row), {**typed, "show": "NATIONALITY_MISSING.26"}).status_code == 409
        assert Submission.objects.filter(corrects=row).count() == 1

    def test_who_may_not_correct_reads_the_findings_without_fields(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = handed_in(cast, drain, person(0, nationality=""), person(1, nationality=""))
        client_for(AGENT).post(place(row), {"fix-1-1-nationality-0": "TTO"})
        page = client_for(WATCH).get(place(row, "submission"))
        assert "Nationality missing 2 people" in words(page)
        assert typed_in(page) == {}
        assert "must be corrected" not in words(page)


def test_a_list_in_order_says_so(cast: Any, drain: Any, client_for: Any) -> None:
    row = send(cast[AGENT], RAM, SHO, WID)
    drain()
    page = words(client_for(AGENT).get(place(row, "submission")))
    assert "must be corrected" not in page
    assert "Send corrections" not in page
    assert "Journey and people as read" in page


def test_a_message_of_many_people_stays_small_too(cast: Any, drain: Any, client_for: Any) -> None:
    row = intake.receive(cast[AGENT], message(300, flaw=True), channel="upload", content_type="text/plain")
    drain()
    row.refresh_from_db()
    page = client_for(AGENT).get(place(row, "submission"))
    assert "Travel document missing 299 people" in words(page)
    assert nodes(page) < MOST_NODES
