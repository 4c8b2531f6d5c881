"""The Council in ten minutes: the next meeting, what is owed, what changed since the last visit, and for whom."""

import datetime
import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.council.actions import delegations, drafts, positions, seals, votes
from apps.council.models import Decision, Meeting, Paper, WrittenProcedure
from apps.council.procedures import actions as replies
from apps.council.queries import official
from tests.council.meetings.people import a_meeting, an_item
from tests.council.papers import world as papers
from tests.council.people import SECRETARIAT, a_proposal, a_session, clauses
from tests.council.procedures.people import a_minister, sent

pytestmark = pytest.mark.django_db
PAGE = reverse("council:official")
BARBADOS, JAMAICA, MANAGER = "brb.ministry.decider", "jam.ministry.decider", "impacs.secretariat.manager"
MOST = 12
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def shown(client: Any, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, heading: str) -> str:
    """The panel under a heading's id."""
    return page.split(f'id="{heading}"')[1].split("</section>")[0]


def visited(client: Any, monkeypatch: Any, visit: float = 0) -> None:
    """A visit that is over; those that follow count as further ones after `visit` seconds."""
    monkeypatch.setattr(official, "ONE_VISIT", datetime.timedelta(seconds=visit))
    client.get(PAGE)
    time.sleep(visit)


def test_before_the_next_meeting_a_ministry_reads_what_to_answer_read_decide_and_write(cast, client_for):
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    a_proposal(cast, item=item.pk, meeting=meeting.pk)
    paper = papers.issued(cast, meeting=str(meeting.pk), item=str(item.pk))
    browser = client_for(BARBADOS)
    there = part(shown(browser), "next-h")
    for words in (
        "days left",
        "Answer the invitation",
        "Port security",
        "Joining APIS",
        "12 of 15 needed; 0 announced",
    ):
        assert words in there
    assert reverse("council:brief", args=[meeting.pk]) in there
    assert reverse("council:position_new", args=[item.pk]) in there
    delegations.answer_invitation(cast[BARBADOS], Meeting.objects.get(pk=meeting.pk), answer="accepted")
    positions.write_position(cast[BARBADOS], None, item=str(item.pk), stance="agree")
    browser.get(reverse("council:paper", args=[paper.pk]))
    there = part(shown(browser), "next-h")
    for words in (
        "We take part",
        "1 announced",
        "has a position on every item",
        "Your ministry has opened every paper issued for this meeting",
    ):
        assert words in there


def test_the_position_of_one_state_is_missing_for_the_others_still(cast, client_for):
    item = an_item(cast, a_meeting(cast))
    positions.write_position(cast[BARBADOS], None, item=str(item.pk), stance="oppose", note="Budget")
    there = part(shown(client_for(JAMAICA)), "next-h")
    assert reverse("council:position_new", args=[item.pk]) in there
    assert "Budget" not in there


def test_what_a_state_owes_leads_the_list_until_it_has_answered(cast, client_for):
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    row = sent(cast)
    browser = client_for(BARBADOS)
    owed = part(shown(browser), "answers-h")
    assert owed.index("The vote is open") < owed.index("Confirm receipt")
    votes.cast_vote(cast[BARBADOS], decision, vote="for")
    replies.acknowledge_procedure_receipt(cast[BARBADOS], WrittenProcedure.objects.get(pk=row.pk))
    owed = part(shown(browser), "answers-h")
    assert "The vote is open" not in owed
    assert "No reply counts as support: reply in time" in owed
    replies.support_procedure(cast[BARBADOS], WrittenProcedure.objects.get(pk=row.pk), text_hash=row.text_hash)
    assert "No answers due" in part(shown(browser), "answers-h")
    assert "Confirm receipt" in part(shown(client_for(JAMAICA)), "answers-h")


def test_an_associate_member_only_confirms_that_it_has_the_text(cast, client_for):
    row = sent(cast)
    browser = client_for("cym.ministry.decider")
    assert "Confirm receipt" in part(shown(browser), "answers-h")
    replies.acknowledge_procedure_receipt(cast["cym.ministry.decider"], WrittenProcedure.objects.get(pk=row.pk))
    assert "No answers due" in part(shown(browser), "answers-h")


@pytest.mark.machine_clock
def test_a_returning_official_reads_what_changed_since_his_last_visit_and_nothing_older(cast, client_for, monkeypatch):
    old, older = a_proposal(cast, title="An old matter"), a_proposal(cast, title="An older matter")
    browser = client_for(BARBADOS)
    assert "Changes in the last 30 days" in shown(browser)
    visited(browser, monkeypatch)
    fresh = a_proposal(cast, title="A new matter")
    a_meeting(cast)
    drafts.withdraw_decision(cast[SECRETARIAT], Decision.objects.get(pk=old.pk), reason="Settled otherwise")
    there = part(shown(browser), "changes-h")
    assert "Changes since your last visit" in there
    assert older.title not in there
    for words in ("Proposed", "First Meeting, CONSLE", "Agenda open", fresh.working_no):
        assert words in there
    assert re.search(r"An old matter</a> <span class=\"new\">Changed", there)
    assert re.search(r"A new matter</a> <span class=\"new\">New", there)
    assert "No changes" in part(shown(browser), "changes-h"), "he was here just now"


def test_opening_the_page_again_in_the_same_hour_does_not_wipe_the_changes_out(cast, client_for, monkeypatch):
    browser = client_for(BARBADOS)
    visited(browser, monkeypatch, visit=1)
    a_proposal(cast, title="A new matter")
    assert "A new matter" in shown(browser)
    assert "A new matter" in shown(browser)


def test_each_seat_has_its_own_last_visit_and_reading_changes_nothing(cast, client_for, monkeypatch):
    before = AuditRecord.objects.filter(outcome="done").count()
    visited(client_for(BARBADOS), monkeypatch)
    assert "Changes in the last 30 days" in shown(client_for("jam.ministry.decider"))
    assert AuditRecord.objects.filter(verb="official.read", outcome="read").count() == 2
    assert AuditRecord.objects.filter(outcome="done").count() == before


def test_a_result_stands_in_the_changes_with_its_arithmetic_and_a_correction_with_what_it_replaces(cast, client_for):
    decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    seals.seal_decision(cast[SECRETARIAT], decision)
    paper = papers.issued(cast, meeting=str(a_meeting(cast).pk))
    papers.corrected(cast, paper)
    there = part(shown(client_for(BARBADOS)), "changes-h")
    assert "By consensus" in there
    assert f"Issued, replaces {paper.number}" in there


def test_changes_are_shown_from_a_chosen_day_and_a_day_that_is_none_is_said_so(cast, client_for):
    a_proposal(cast, title="A new matter")
    browser = client_for(BARBADOS)
    tomorrow = (timezone.now() + datetime.timedelta(days=2)).date().isoformat()
    assert "No changes" in part(shown(browser, f"{PAGE}?since={tomorrow}"), "changes-h")
    assert "A new matter" in part(shown(browser, f"{PAGE}?since=2008-01-01"), "changes-h")
    wrong = browser.get(f"{PAGE}?since=last+week")
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "Enter the day as 2026-12-31" in page
    assert 'value="last week"' in page


def test_nothing_that_a_seat_may_not_see_stands_among_its_changes(cast, client_for):
    drafts.draft_decision(cast[JAMAICA], None, title="A secret draft", kind="decision", clauses=clauses())
    papers.a_draft(cast, JAMAICA, title="A secret paper")
    there = shown(client_for(BARBADOS))
    assert "A secret" not in there
    assert "A secret draft" in shown(client_for(JAMAICA))


def test_the_secretariat_reads_what_waits_at_its_desk_with_figures_that_lead_to_the_rows(cast, client_for):
    meeting = a_meeting(cast)
    item = an_item(cast, meeting, accept=False)
    paper = papers.in_clearance(cast, meeting=str(meeting.pk))
    Meeting.objects.filter(pk=meeting.pk).update(papers_deadline=timezone.now().date() - datetime.timedelta(days=1))
    translated = papers.issued(cast, title="Translated", meeting=str(meeting.pk))
    papers.translated(cast, translated)
    decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    row = sent(cast)
    browser = client_for(MANAGER)
    page = shown(browser)
    for name, address in (
        ("g-proposals", reverse("council:item", args=[item.pk])),
        ("g-papers", reverse("council:paper", args=[paper.pk])),
        ("g-late", reverse("council:paper", args=[paper.pk])),
        ("g-credentials", reverse("council:meeting", args=[meeting.pk])),
        ("g-receipts", reverse("council:procedure", args=[row.pk])),
        ("g-unsealed", reverse("council:decision", args=[decision.pk])),
    ):
        assert f'href="#{name}"' in page
        assert address in part(page, name)
    assert "Our pending answers" not in page
    assert Paper.objects.filter(pk=translated.pk).exists()


def test_an_idle_secretariat_reads_eight_noughts_and_no_link_to_nothing(client_for):
    page = shown(client_for(MANAGER))
    assert page.count("<b>0</b>") == 8
    assert 'href="#g-' not in page


def test_for_other_functions_the_page_is_not_there(client_for):
    for who in ("jrcc.watch.officer", "jam.border.officer", "jam.administration.administrator"):
        assert client_for(who).get(PAGE).status_code == 404
    assert "Next meeting" in shown(client_for(BARBADOS))


def test_the_council_is_one_place_with_its_pages_as_tabs(client_for):
    browser = client_for(BARBADOS)
    for address in (PAGE, reverse("council:papers"), reverse("council:decisions")):
        page = shown(browser, address)
        tabs = page.partition('id="place-tabs"')[2].partition("</nav>")[0]
        assert re.findall(r'<a href="([^"]+)"\s+aria-current="page"', tabs) == [address]
        rail = page.partition('class="rail"')[2].partition("</nav>")[0]
        assert re.findall(r'<a\s+href="([^"]+)"\s+aria-current="(\w+)"', rail) == [
            (PAGE, "page" if address == PAGE else "true")
        ]


def asked(client: Any) -> list[str]:
    shown(client)
    with CaptureQueriesContext(connection) as caught:
        client.get(PAGE)
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("who", [BARBADOS, MANAGER])
def test_the_page_asks_twelve_questions_at_most_however_much_there_is(cast, client_for, who):
    browser, meeting = client_for(who), a_meeting(cast)

    def more() -> None:
        item = an_item(cast, meeting)
        an_item(cast, meeting, accept=False)
        a_proposal(cast, item=item.pk, meeting=meeting.pk)
        papers.issued(cast, meeting=str(meeting.pk), item=str(item.pk))
        papers.in_clearance(cast, meeting=str(meeting.pk))
        sent(cast)

    more()
    votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    few = asked(browser)
    for _time in range(3):
        more()
    many = asked(browser)
    assert len(many) == len(few)
    assert len(many) <= MOST, "\n".join(sql[:200] for sql in many)
    assert a_minister("JAM")


def test_the_obligations_of_the_state_come_in_figures_and_without_scripts_as_a_link(cast, client_for):
    browser, summary = client_for(BARBADOS), reverse("impacs:obligations_summary")
    page = part(shown(browser), "ob-h")
    assert f'hx-get="{summary}"' in page
    assert f'href="{reverse("impacs:obligations")}"' in page
    assert browser.get(summary).url == reverse("impacs:obligations")
    said = browser.get(summary, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()
    assert "Your State has no obligations in force" in said
    assert client_for(MANAGER).get(summary).status_code == 404
