"""Pages of reports: what each seat reads, what a form refuses, and that a page asks as often for many as for one."""

import datetime
from typing import Any

import pytest

from apps.access import outbox
from apps.reports import actions
from apps.reports.models import RenderedSentence, Report
from tests.jrcc.test_budgets import asked
from tests.reports import people
from tests.reports.people import BARBADOS, CAYMAN, JAMAICA, MANAGER, OFFICER, clearance, fresh, sentence

pytestmark = pytest.mark.django_db
MOST = 12


def text(client: Any, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_a_figure_leads_to_the_records_it_comes_from(cast, client_for):
    report = people.compiled(cast)
    browser = client_for(OFFICER)
    page = text(browser, f"/reports/{report.pk}/")
    assert '<a class="fig" href="?of=A2#origins">Ten of the fifteen</a> Member States currently use it.' in page
    shown = text(browser, f"/reports/{report.pk}/?of=C2")
    assert "Where this comes from" in shown
    assert "Jamaica: In use since" in shown
    assert "/region/participations/" in shown
    assert "/region/numbers/APIS/" in text(browser, f"/reports/{report.pk}/?of=A2")
    assert "Member States with Electronic" in shown or "Counted" in shown
    shown = text(browser, f"/reports/{report.pk}/?of=D1")
    assert "/reports/facts/" in shown


def test_a_gap_is_seen_as_one_and_leads_to_recording_the_fact(cast, client_for):
    report = people.compiled(cast, as_of=datetime.date(2007, 3, 15))
    browser = client_for(OFFICER)
    assert "No outside request had arrived by this day." in text(browser, f"/reports/{report.pk}/")
    assert "Record the missing fact, then check for changed figures" in text(
        browser, f"/reports/{report.pk}/sentences/L1/"
    )


def test_a_hand_edits_on_the_page_and_a_typed_figure_comes_back_with_the_text(cast, client_for):
    report = people.compiled(cast)
    browser, url = client_for(OFFICER), f"/reports/{report.pk}/sentences/A2/"
    wrong = browser.post(url, {"text": "Twelve of the fifteen use it.", "version": report.version})
    assert wrong.status_code == 422
    assert "Twelve of the fifteen use it." in wrong.content.decode()
    assert "Keep “Ten of the fifteen”" in wrong.content.decode()
    right = browser.post(url, {"text": "Ten of the fifteen Member States use it daily.", "version": report.version})
    assert right.status_code == 302
    page = text(browser, url)
    assert "<ins>" in page
    assert "IMPACS.secretariat" in page
    stale = browser.post(url, {"text": "Ten of the fifteen use it.", "version": report.version})
    assert stale.status_code == 412


def test_moved_figures_are_compared_and_accepted(cast, client_for):
    report = people.compiled(cast)
    people.corrected(cast, "meeting.CONSLE.5", n=6)
    report = actions.refresh_report(cast[OFFICER], report)
    browser = client_for(OFFICER)
    assert "1 figure has changed since draft 1." in text(browser, f"/reports/{report.pk}/")
    page = text(browser, f"/reports/{report.pk}/compare/")
    assert "<del>fifth </del><ins>sixth </ins>" in page
    done = browser.post(f"/reports/{report.pk}/accept/", {"key": "P1", "version": report.version})
    assert done.status_code == 302
    assert not sentence(report, "P1").moved
    assert text(browser, f"/reports/{report.pk}/compare/?from=9", 404)
    assert text(browser, f"/reports/{report.pk}/compare/?from=x", 404)


def test_a_ministry_reads_what_was_issued_and_nothing_of_its_making(cast, client_for):
    report = people.in_clearance(cast)
    for who in (JAMAICA, BARBADOS, CAYMAN):
        assert text(client_for(who), f"/reports/{report.pk}/", 404)
        assert text(client_for(who), f"/reports/{report.pk}/sentences/C2/", 404)
    actions.object_to_sentences(cast[JAMAICA], clearance(report, "JAM"))
    for party in ("ATG", "BRB", "GUY", "LCA", "TTO"):
        actions.agree_sentences(cast[f"{party.lower()}.ministry.decider"], clearance(report, party))
    report = actions.approve_report(cast[MANAGER], fresh(report))
    actions.issue_report(cast[OFFICER], report, channel="note")
    page = text(client_for(BARBADOS), f"/reports/{report.pk}/?of=D1")
    assert "in four Member States" in page
    assert "names left out" not in page
    assert "Guyana, Jamaica" not in page
    assert text(client_for(BARBADOS), f"/reports/{report.pk}/compare/", 404)
    assert text(client_for(CAYMAN), f"/reports/{report.pk}/", 404)
    assert str(report) in text(client_for(BARBADOS), "/reports/")
    assert str(report) not in text(client_for(CAYMAN), "/reports/")


def test_a_state_sees_the_sentences_that_name_it_and_of_no_other(cast, client_for):
    report = people.in_clearance(cast)
    own = clearance(report, "JAM")
    page = text(client_for(JAMAICA), f"/reports/clearances/{own.pk}/")
    assert "electronic manifests" in page
    assert "offered the facility" not in page
    assert text(client_for(BARBADOS), f"/reports/clearances/{own.pk}/", 404)
    assert text(client_for(CAYMAN), f"/reports/clearances/{own.pk}/", 404)
    assert "What your State is asked to approve" in text(client_for(JAMAICA), "/reports/")
    assert "What your State is asked to approve" not in text(client_for(CAYMAN), "/reports/")
    desk = text(client_for(JAMAICA), "/people/desk/")
    assert f"Approve what “{own.report.title}” says about us" in desk
    assert "OAS/2008/01" in desk
    done = client_for(JAMAICA).post(f"/reports/act/clearances/{own.pk}/object/", {"comment": "Not yet."})
    assert done.status_code == 302
    assert fresh(own).state == "objected"


@pytest.mark.parametrize("fmt", ["pdf", "docx", "md"])
def test_a_draft_is_a_marked_copy_and_what_was_issued_is_handed_out_as_it_was(cast, client_for, fmt):
    report = people.issued(cast)
    browser = client_for(BARBADOS)
    answer = browser.get(f"/reports/{report.pk}/file.{fmt}")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in answer["Content-Disposition"]
    if fmt == "md":
        assert "**Copy BRB-" in answer.content.decode()
    else:
        again = browser.get(f"/reports/{report.pk}/file.{fmt}")
        assert again.content == answer.content
    draft = people.compiled(cast)
    assert browser.get(f"/reports/{draft.pk}/file.{fmt}").status_code == 404
    assert client_for(OFFICER).get(f"/reports/{draft.pk}/file.{fmt}").status_code == 200


def test_a_copy_in_a_format_that_there_is_not_is_not_found(cast, client_for):
    report = people.compiled(cast)
    assert text(client_for(OFFICER), f"/reports/{report.pk}/file.odt", 404)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "oas", "as_of": "2999-01-01"}, "in the future"),
        ({"kind": "oas", "as_of": "1950-01-01"}, "began on 1 August 1973"),
        ({"kind": "oas", "as_of": "21.1.2008"}, "Enter the da"),
        ({"kind": "oas", "as_of": "2008-01-21", "known_at": "2999-01-01"}, "This date is in the future"),
        ({"kind": "scorecard", "as_of": "2008-01-21"}, "Choose the State"),
        ({"kind": "brief", "as_of": "2008-01-21"}, "Choose the meeting"),
        ({"kind": "oas", "as_of": "2008-01-21", "party": "JAM"}, "Leave this empty"),
        ({"kind": "poem", "as_of": "2008-01-21"}, "poem"),
    ],
)
def test_a_wrong_beginning_comes_back_with_what_is_wrong(cast, client_for, data, said):
    answer = client_for(OFFICER).post("/reports/new/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Report.objects.exists()


def test_a_fact_is_recorded_and_corrected_with_its_history_on_the_page(cast, client_for):
    browser = client_for(OFFICER)
    data = {
        "code": "study.PORTS", "title": "Study of ports", "content": '{"n": 3}', "valid_from": "2008-01-01",
        "source": "letter", "provenance": "document", "level": "0",
    }  # fmt: skip
    made = browser.post("/reports/facts/new/", data)
    assert made.status_code == 302
    for wrong, said in (
        ({"content": '{"n": 1.5}'}, "write a text, a whole number"),
        ({"content": "n = 3"}, "valid JSON"),
        ({"content": '{"s": {"parties": ["XXX"]}}'}, "there is no party XXX"),
        ({"code": "ports"}, "Enter a kind and names in capitals, for example study"),
        ({"code": "study.OTHER", "valid_to": "2007-01-01"}, "Enter a later date|enter a later date"),
        ({}, "already valid from 2008-01-01"),
    ):
        answer = browser.post("/reports/facts/new/", data | wrong)
        assert answer.status_code == 422, wrong
        assert any(part in answer.content.decode().replace("&quot;", '"') for part in said.split("|")), said
    page = made["Location"]
    fixed = browser.post(
        f"/reports/act/facts/{page.rstrip('/').rpartition('/')[2]}/correct/",
        {"content": '{"n": 4}', "valid_from": "2008-01-01", "source": "letter", "reason": "A misprint."},
    )
    assert fixed.status_code == 302
    shown = text(browser, page)
    assert "A misprint." in shown
    assert "Corrected on" in shown
    assert "Recorded" in shown
    assert "study.PORTS" in text(browser, "/reports/facts/?q=ports&all=1")


def test_pages_ask_as_often_for_a_dozen_as_for_one(cast, client_for):
    report, issued = people.compiled(cast), people.issued(cast)
    places = {
        OFFICER: [
            "/reports/", "/reports/new/", f"/reports/{report.pk}/?of=C2", f"/reports/{issued.pk}/?of=A2",
            f"/reports/{report.pk}/sentences/C2/", f"/reports/{report.pk}/compare/", "/reports/facts/",
            "/reports/scorecards/",
        ],
        JAMAICA: ["/reports/", f"/reports/{issued.pk}/?of=D1", "/reports/facts/", "/reports/scorecards/"],
    }  # fmt: skip
    few = counted(client_for, places)
    for number in range(6):
        more = people.in_clearance(cast)
        actions.return_report(cast[OFFICER], more, key="C2", comment=f"Again, {number}.")
        words = f"By now Ten of the fifteen Member States use it, {number}."
        report = actions.edit_report_sentence(cast[OFFICER], fresh(report), key="A2", text=words)
    outbox.drain()
    many = counted(client_for, places)
    assert {name: len(found) for name, found in many.items()} == {name: len(found) for name, found in few.items()}
    wide = {name: "\n".join(query[:150] for query in found) for name, found in many.items() if len(found) > MOST}
    assert wide == {}


def counted(client_for: Any, places: dict[str, list[str]]) -> dict[str, list[str]]:
    return {f"{who} {url}": asked(client_for(who), url) for who, urls in places.items() for url in urls}


def test_each_sentence_is_kept_once_for_each_draft(cast):
    report = people.compiled(cast)
    report = actions.refresh_report(cast[OFFICER], report)
    assert RenderedSentence.objects.filter(report=report).count() == 66
