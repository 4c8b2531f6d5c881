"""What is declared to a decision after its adoption, and papers that took the place of others in a brief."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.council.actions import declarations
from apps.council.models import Decision, Statement
from tests.council.exports.making import MANAGER, a_sealed
from tests.council.meetings.people import a_meeting, an_item
from tests.council.papers import world as papers

pytestmark = pytest.mark.django_db
JAMAICA = "jam.ministry.decider"


def an_opt_out(cast: Any, answer: str) -> Statement:
    """Jamaica's, asked for two months ago and answered today."""
    decision = declarations.ask_opt_out(
        cast[JAMAICA], Decision.objects.get(pk=a_sealed(cast).pk), text="Our Cabinet asks."
    )
    Statement.objects.update(at=timezone.now() - datetime.timedelta(days=60))
    declarations.settle_opt_out(cast[MANAGER], decision, party="JAM", answer=answer, basis="CONF/29/DEC/04")
    return Statement.objects.get()


def test_an_opt_out_releases_from_the_day_of_its_grant_not_from_that_of_the_request(cast):
    granted = an_opt_out(cast, "granted")
    assert granted.granted_on == timezone.now().date()
    assert granted.granted_on > granted.at.date()


def test_an_opt_out_that_was_refused_has_no_day_of_grant(cast):
    assert an_opt_out(cast, "refused").granted_on is None


def test_a_brief_calls_a_paper_changed_when_it_took_the_place_of_another_not_because_its_draft_was_revised(
    cast, client_for
):
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    where = {"meeting": str(meeting.pk), "item": str(item.pk)}
    draft = papers.a_draft(cast, **where)
    papers.actions.revise_paper(
        cast[papers.JAMAICA], draft, title=draft.title, body=papers.CORRECTED, note="Date moved"
    )
    papers.actions.submit_paper(cast[papers.JAMAICA], draft)
    papers.actions.start_paper_clearance(cast[papers.OFFICER], papers.fresh(draft), legal="IMPACS.secretariat")
    papers.actions.clear_paper(cast[papers.MANAGER], papers.fresh(draft))
    papers.actions.issue_paper(cast[papers.OFFICER], papers.fresh(draft))
    browser, brief = client_for("brb.ministry.decider"), reverse("council:brief", args=[meeting.pk])
    assert papers.fresh(draft).current == 2
    assert "corrected version of an earlier paper" not in browser.get(brief).content.decode()
    papers.corrected(cast, papers.fresh(draft), papers.TEXT)
    assert "corrected version of an earlier paper" in browser.get(brief).content.decode()


def test_a_paper_names_its_meeting_by_the_address_of_the_meeting(cast, api):
    meeting = a_meeting(cast)
    paper = papers.issued(cast, meeting=str(meeting.pk))
    shown = api("BRB.ministry", "read").get(f"/api/v1/council/papers/{paper.pk}/").json()
    assert shown["meeting"].endswith(reverse("api:council-meetings-detail", args=[meeting.pk]))
