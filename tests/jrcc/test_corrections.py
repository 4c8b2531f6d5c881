"""A carrier mends its list in the page: the next version, what it changed, and who is looked at again."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.paxlst import read
from apps.manifests.paxlst.corrections import can_be_mended, mended, standing
from apps.manifests.paxlst.differences import differences
from apps.manifests.refusals import Refusals
from tests.days import NEXT, in_days
from tests.jrcc.pages_world import message, raised, sent
from tests.jrcc.people import AGENT, RAM, RIVAL, SHO, WATCH, WID, renamed, send, the_journey

VECTORS = Path(__file__).parents[1] / "vectors" / "paxlst"
NEVER_SAID = re.compile(r"\b(hits?|match(es|ed)?|screen(ed|ing)?|watch ?lists?|wanted)\b", re.IGNORECASE)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def place(row: Submission, name: str = "submission_correct") -> str:
    return reverse(f"jrcc:{name}", args=[row.pk])


def fields(response: Any) -> dict[str, str]:
    """The form's own values, as a browser would send them back."""
    text = response.content.decode()
    found = re.findall(r'<input type="text" name="(fix-[^"]+)"([^>]*)>', text)
    return {name: (re.search(r'value="([^"]*)"', rest) or ["", ""])[1] for name, rest in found}


def flawed(cast: Any, drain: Any) -> Submission:
    """Three people: one without a nationality, one born on a day that does not exist, one in order."""
    people = (RAM, renamed(SHO, nationality=""), renamed(WID, born="710231"))
    row = send(cast[AGENT], *people)
    drain()
    row.refresh_from_db()
    return row


@pytest.mark.django_db
class TestMending:
    def test_two_faults_are_mended_and_only_those_travellers_are_looked_at_again(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        first, client = flawed(cast, drain), client_for(AGENT)
        seen = {one.surname: (one.pk, one.screened_at) for one in Traveller.objects.all()}
        typed = fields(client.get(place(first, "submission")))
        assert typed == {f"fix-1-2-{name}-0": "" for name in ("nationality", "document_issuer")} | {
            "fix-1-3-birth_date-0": "710231"
        }
        mended_now = {"fix-1-2-nationality-0": "BRB", "fix-1-2-document_issuer-0": "BRB"}
        answer = client.post(place(first), typed | mended_now | {"fix-1-3-birth_date-0": "28 2 1971"})
        second = Submission.objects.get(corrects=first)
        assert answer["Location"] == place(second, "submission")
        drain()
        second.refresh_from_db()
        assert (second.edition, second.grade, second.state) == (2, "accepted", "answered")
        assert first.grade == "needs_correction"
        assert SubmissionContent.objects.get(submission=first).raw
        now = {one.surname: one for one in Traveller.objects.all()}
        assert now["PIERRE-LOUIS"].birth_date == "1971-02-28"
        assert {name: one.pk for name, one in now.items()} == {name: pk for name, (pk, _at) in seen.items()}
        looked_at = {name for name, one in now.items() if one.screened_at != seen[name][1]}
        assert looked_at == {"BRATHWAITE", "PIERRE-LOUIS"}
        assert the_journey().grade == "accepted"

    def test_the_page_of_changes_names_fields_before_and_now(self, cast: Any, drain: Any, client_for: Any) -> None:
        first, client = flawed(cast, drain), client_for(AGENT)
        client.post(place(first), {"fix-1-2-nationality-0": "BRB", "fix-1-3-birth_date-0": "710231"})
        drain()
        second = Submission.objects.get(corrects=first)
        found = words(client.get(place(second, "submission_changes")))
        assert "1 changed, 0 added, 0 removed" in found
        assert "BRATHWAITE, SHONTELLE Changed Nationality – none BRB" in found
        assert client.get(place(first, "submission_changes")).status_code == 404
        page = words(client.get(place(first, "submission")))
        assert "A later version of this manifest has been sent: version 2" in page
        assert "Send corrections" not in page
        assert client.post(place(first), {"fix-1-2-nationality-0": "TTO"}).status_code == 409

    def test_a_day_that_does_not_exist_is_a_fault_at_its_field_and_nothing_is_lost(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        first, client = flawed(cast, drain), client_for(AGENT)
        answer = client.post(place(first), {"fix-1-2-nationality-0": "BRB", "fix-1-3-birth_date-0": "30/02/1971"})
        assert answer.status_code == 422
        assert 'href="#id_fix-1-3-birth_date-0"' in answer.content.decode()
        assert fields(answer).items() >= {"fix-1-2-nationality-0": "BRB", "fix-1-3-birth_date-0": "30/02/1971"}.items()
        again = client.post(place(first), fields(client.get(place(first, "submission"))))
        assert "Nothing was changed" in words(again)
        assert Submission.objects.count() == 1

    def test_the_watch_corrects_on_behalf_of_the_sender_and_says_why(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        first, watch = flawed(cast, drain), client_for(WATCH)
        assert watch.post(place(first), {"fix-1-2-nationality-0": "BRB"}).status_code == 422
        watch.post(place(first), {"fix-1-2-nationality-0": "BRB", "reason": "Asked for by telephone"})
        drain()
        second = Submission.objects.get(corrects=first)
        assert second.owner_id == first.owner_id
        late = client_for(AGENT).post(place(first), {"fix-1-2-nationality-0": "BRB"})
        assert (late.status_code, Refusals.CORRECTED_ALREADY.sentence in late.content.decode()) == (409, True)
        assert "by the JRCC: Asked for by telephone" in words(client_for(AGENT).get(place(second, "submission")))

    def test_another_carrier_finds_neither_page(self, cast: Any, drain: Any, client_for: Any) -> None:
        first, rival = flawed(cast, drain), client_for(RIVAL)
        assert rival.post(place(first), {"fix-1-2-nationality-0": "BRB"}).status_code == 404
        assert rival.get(place(first, "submission_changes")).status_code == 404
        assert not Submission.objects.filter(corrects=first).exists()

    def test_a_correction_of_one_part_leaves_the_other_parts_alone(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        first = send(cast[AGENT], renamed(RAM, nationality=""), part="01:C", total=2)
        send(cast[AGENT], SHO, part="02:F", total=2)
        drain()
        client_for(AGENT).post(place(first), {"fix-1-1-nationality-0": "TTO"})
        drain()
        assert {one.surname for one in Traveller.objects.filter(withdrawn_at=None)} == {"RAMKISSOON", "BRATHWAITE"}
        assert the_journey().state == Journey.State.COMPLETE
        assert Submission.objects.get(corrects=first).parts_missing

    def test_a_name_put_right_is_the_same_traveller_or_takes_his_place(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        """Nothing but the place on the list tells who they are: the one before them leaves with their version."""
        first = send(cast[AGENT], renamed(RAM, pnr="", document="", born=""), SHO)
        drain()
        typed = {"fix-1-1-document_number-0": "TB712345", "fix-1-1-birth_date-0": "1984-03-07"}
        client_for(AGENT).post(place(first), typed)
        drain()
        assert Traveller.objects.filter(withdrawn_at=None).count() == 2

    def test_crew_in_the_same_file_are_not_taken_off_for_a_moment(self, cast: Any, drain: Any, client_for: Any) -> None:
        sheet = (
            f"Flight,7T600\nFrom,POS\nTo,BGI\nDeparture,{in_days(2)} 14:30\nArrival,{in_days(2)} 15:35\n"
            "Type,Surname,Given names,Sex,Date of birth,Nationality,Document type,Document number,Issuing State,"
            "Expiry\n"
            f"Passenger,ABELLINE,COSTANZE,F,1980-04-13,,P,T1000001,TTO,{NEXT + 3}-05-14\n"
            f"Crew,BRISTOLLE,EDRIC,M,1979-06-23,TTO,P,T1000002,TTO,{NEXT + 3}-05-14\n"
        )
        first = sent(cast, drain, sheet.encode())
        crew = Traveller.objects.get(status="crew")
        client_for(AGENT).post(place(first), {"fix-1-1-nationality-0": "TTO"})
        drain()
        now = Traveller.objects.get(status="crew")
        assert (now.pk, now.screened_at, now.withdrawn_at) == (crew.pk, crew.screened_at, None)
        assert Submission.objects.get(corrects=first).grade == "accepted"

    def test_nothing_about_a_hit_is_said_on_the_way(self, cast: Any, drain: Any, client_for: Any) -> None:
        raised(cast, drain)
        first, client = sent(cast, drain, message(2, flaw=True)), client_for(AGENT)
        typed = fields(client.get(place(first, "submission")))
        document = {"type": "P", "number": "T1000001", "issuer": "TTO", "expires": f"14 5 {NEXT + 3}"}
        answer = client.post(
            place(first), typed | {f"fix-1-2-document_{key}-0": text for key, text in document.items()}
        )
        drain()
        assert Hit.objects.exists()
        second = Submission.objects.get(corrects=first)
        for name in ("submission", "submission_changes"):
            assert not NEVER_SAID.search(words(client.get(place(second, name))))
        assert answer.status_code == 302


@pytest.mark.parametrize("path", sorted(VECTORS.glob("own-*.txt")), ids=lambda path: path.stem)
def test_a_list_mended_with_what_stands_there_reads_as_before(path: Path) -> None:
    before = [obj for obj in read(path.read_bytes()) if can_be_mended(obj)]
    if not before:
        return
    after = read(mended(before, standing(before), "JRCC-1"))
    assert differences(before, after) == []
    wrong = [{one["code"] for one in obj["findings"] if one["severity"] == "error"} for obj in before]
    assert [{one["code"] for one in obj["findings"] if one["severity"] == "error"} for obj in after] == wrong
