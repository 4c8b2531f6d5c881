"""From a ministry's draft to the numbered paper in everybody's hands."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from apps.access.declared_actions import state_table
from apps.access.grants import groups_that_see, share
from apps.access.refusal import Refused
from apps.council.models import Clearance, Decision, Paper, PaperVersion
from apps.council.papers.actions import papers as actions
from apps.council.papers.listeners import follow_membership
from apps.notices.models import Notice
from apps.people.models import PartyPeriod
from apps.people.queries import desk_ids
from tests.council.papers.world import (
    BARBADOS,
    CAYMAN,
    JAMAICA,
    MANAGER,
    OFFICER,
    a_draft,
    a_meeting,
    an_item,
    fresh,
    in_clearance,
    issued,
)

pytestmark = pytest.mark.django_db
NOTHING = {"lifted": 0, "followed": 0, "missing": 0}


def seen(cast, who, paper):
    return Paper.objects.visible_to(cast[who]).filter(pk=paper.pk).exists()


def test_a_draft_is_seen_by_the_desk_that_writes_it_alone(cast):
    paper = a_draft(cast)
    assert seen(cast, JAMAICA, paper)
    assert not any(seen(cast, who, paper) for who in (BARBADOS, CAYMAN, OFFICER))
    assert paper.number is None


def test_a_paper_handed_in_gets_the_next_number_of_its_meeting_and_the_secretariat_sees_it(cast):
    meeting = a_meeting(cast)
    first, second = a_draft(cast, meeting=str(meeting.pk)), a_draft(cast, BARBADOS, meeting=str(meeting.pk))
    year = meeting.starts_at.year
    assert actions.submit_paper(cast[JAMAICA], first).number == f"CONSLE/{year}/5/01"
    assert actions.submit_paper(cast[BARBADOS], second).number == f"CONSLE/{year}/5/02"
    assert seen(cast, OFFICER, first)
    assert not seen(cast, JAMAICA, second)


def test_a_paper_without_text_is_not_handed_in(cast):
    with pytest.raises(ValidationError, match="no text yet"):
        actions.submit_paper(cast[JAMAICA], a_draft(cast, body=" "))


def test_each_revision_is_a_version_and_an_unchanged_text_is_none(cast):
    paper = a_draft(cast)
    actions.revise_paper(cast[JAMAICA], paper, title="Ports", body="Other words.\r\n", note="Shorter")
    actions.revise_paper(cast[JAMAICA], paper, title="Harbours", body="Other words.\n")
    assert list(PaperVersion.objects.filter(paper=paper).order_by("number").values_list("number", "note")) == [
        (1, ""),
        (2, "Shorter"),
    ]
    assert (fresh(paper).title, fresh(paper).current) == ("Harbours", 2)


def test_a_returned_paper_says_why_and_keeps_its_number_when_it_is_handed_in_again(cast):
    paper = in_clearance(cast)
    actions.return_paper(cast[MANAGER], paper, reason="Name the year in paragraph 2.")
    back = fresh(paper)
    assert (back.state, back.reason, back.asked) == ("returned", "Name the year in paragraph 2.", [])
    assert Clearance.objects.get(paper=paper).answer == "refused"
    actions.revise_paper(cast[JAMAICA], back, title=back.title, body="With the year.")
    assert actions.submit_paper(cast[JAMAICA], fresh(paper)).number == paper.number


def test_only_a_desk_that_was_asked_clears_and_once(cast):
    paper = a_draft(cast)
    actions.submit_paper(cast[JAMAICA], paper)
    actions.start_paper_clearance(cast[OFFICER], paper, legal="BRB.ministry", finance="IMPACS.secretariat")
    with pytest.raises(Refused, match="not-clearer"):
        actions.clear_paper(cast[JAMAICA], paper)
    with pytest.raises(ValidationError, match="asked to clear: legal"):
        actions.clear_paper(cast[BARBADOS], paper, subject="finance")
    actions.clear_paper(cast[BARBADOS], paper, subject="legal")
    with pytest.raises(Refused, match="not-clearer"):
        actions.clear_paper(cast[BARBADOS], paper)
    with pytest.raises(ValidationError, match=r"Not cleared yet: finance \(IMPACS.secretariat\)"):
        actions.issue_paper(cast[OFFICER], paper)
    actions.clear_paper(cast[OFFICER], paper)
    assert actions.issue_paper(cast[OFFICER], paper).state == "issued"


def test_an_issued_paper_goes_to_member_states_and_associates(cast):
    paper = issued(cast)
    assert all(seen(cast, who, paper) for who in (JAMAICA, BARBADOS, CAYMAN, OFFICER))
    assert not seen(cast, "jam.border.head", paper)


def test_a_paper_of_a_restricted_item_goes_to_member_states_alone(cast):
    item = an_item(cast, a_meeting(cast), restricted=True, kind="for_information")
    paper = issued(cast, item=str(item.pk))
    assert seen(cast, BARBADOS, paper)
    assert not seen(cast, CAYMAN, paper)


def test_an_associate_cannot_write_for_an_item_that_it_does_not_see(cast):
    item = an_item(cast, a_meeting(cast), restricted=True)
    with pytest.raises(ValidationError, match="There is no open item with this ID that you can see"):
        a_draft(cast, CAYMAN, item=str(item.pk))


def test_a_paper_after_the_deadline_is_marked_as_late(cast):
    on_time = issued(cast, meeting=str(a_meeting(cast).pk))
    over = timezone.now().date() - datetime.timedelta(days=2)
    late = issued(cast, meeting=str(a_meeting(cast, number=6, papers_deadline=over).pk))
    assert (on_time.late, late.late) == (False, True)


def test_an_embargoed_paper_reaches_the_states_when_the_clock_lifts_it(cast, monkeypatch):
    paper = issued(cast, embargo_until=timezone.now() + datetime.timedelta(hours=2))
    assert follow_membership() == NOTHING
    assert seen(cast, JAMAICA, paper)
    assert not seen(cast, BARBADOS, paper)
    later = timezone.now() + datetime.timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert follow_membership() == {**NOTHING, "lifted": 1}
    assert follow_membership() == NOTHING
    monkeypatch.undo()
    assert seen(cast, BARBADOS, paper)


def test_a_paper_to_decide_says_so_when_the_money_is_missing(cast):
    item = an_item(cast, a_meeting(cast))
    decision = Decision.objects.create(
        owner_id=cast[OFFICER].desk_id,
        originator_id="IMPACS",
        working_no="CONSLE/D/17",
        organ_id="CONSLE",
        item=item,
        proposer_id="JAM",
        kind="decision",
        question="DECISION",
        title="Ports",
        text_hash="0" * 64,
        state="proposed",
    )
    share(cast[OFFICER], decision, [cast[OFFICER].desk_id])
    paper = in_clearance(cast, item=str(item.pk))
    actions.clear_paper(cast[MANAGER], paper)
    with pytest.raises(ValidationError, match="CONSLE/D/17 has no financial statement"):
        actions.issue_paper(cast[OFFICER], paper)
    assert actions.issue_paper(cast[OFFICER], paper, financial_missing=True).state == "issued"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE council_paperversion SET body = 'other'",
        "DELETE FROM council_paperversion",
        "UPDATE council_paper SET words = 'other'",
        "UPDATE council_paper SET current = 2",
    ],
)
def test_the_text_of_an_issued_paper_can_never_change(cast, statement):
    issued(cast)
    with (
        pytest.raises(DatabaseError, match=r"never changed|is issued|denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_reader_may_not_write_and_another_desk_may_not_change_a_paper(cast):
    with pytest.raises(Refused, match="needs-officer"):
        a_draft(cast, "jam.ministry.reader")
    paper = in_clearance(cast)
    with pytest.raises(Refused, match="not-visible"):
        actions.withdraw_paper(cast[BARBADOS], paper, reason="No.")
    actions.withdraw_paper(cast[JAMAICA], paper, reason="Overtaken by events.")
    assert fresh(paper).state == "withdrawn"


def test_the_clock_asks_once_a_day_for_the_paper_of_an_item_to_decide(cast, drain):
    week = timezone.now().date() + datetime.timedelta(days=7)
    meeting = a_meeting(cast, papers_deadline=week)
    an_item(cast, meeting)
    there = an_item(cast, meeting)
    paper = a_draft(cast, item=str(there.pk))
    actions.submit_paper(cast[JAMAICA], paper)
    assert follow_membership() == {**NOTHING, "missing": 1}
    assert follow_membership() == NOTHING
    drain()
    told = Notice.objects.filter(code="paper.missing")
    year = meeting.starts_at.year
    assert [(one.owner.code, one.number) for one in told] == [("IMPACS.secretariat", f"CONSLE/{year}/5/3")]


def test_a_state_that_joins_gets_the_papers_of_the_coming_meeting(cast):
    item = an_item(cast, a_meeting(cast), restricted=True, kind="for_information")
    paper = issued(cast, item=str(item.pk))
    anguilla = desk_ids("AIA.ministry")[0]
    assert anguilla not in groups_that_see(paper)
    today = timezone.now().date()
    PartyPeriod.objects.filter(party="AIA", valid_to=None).update(valid_to=today)
    PartyPeriod.objects.create(party_id="AIA", kind="member_state", valid_from=today)
    assert follow_membership() == {**NOTHING, "followed": 1}
    assert anguilla in groups_that_see(paper)
    assert follow_membership() == NOTHING


def test_a_paper_is_closed_to_associates_when_its_item_becomes_restricted(cast):
    item = an_item(cast, a_meeting(cast), kind="for_information")
    theirs, others = issued(cast, CAYMAN, item=str(item.pk)), issued(cast, item=str(item.pk))
    item.restricted = True
    item.save()
    assert follow_membership() == {**NOTHING, "followed": 2}
    assert seen(cast, BARBADOS, others)
    assert not seen(cast, CAYMAN, others)
    assert seen(cast, CAYMAN, theirs)


def test_a_paper_is_for_an_open_item_of_a_meeting_that_still_takes_papers(cast):
    over, coming = a_meeting(cast, state="closed"), a_meeting(cast, number=6)
    done = an_item(cast, coming)
    done.state = "decided"
    done.save()
    other = an_item(cast, a_meeting(cast, number=7))
    for place, sentence in (
        ({"meeting": str(over.pk)}, "There is no meeting with this ID that you can see and that still"),
        ({"item": str(done.pk)}, "no open item"),
        ({"item": str(other.pk), "meeting": str(coming.pk)}, "agenda of another meeting"),
        ({"meeting": str(coming.pk), "organ": "COHSOD"}, "belongs to another organ"),
        ({"organ": "NOBODY"}, "no organ NOBODY"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            a_draft(cast, **place)


def test_a_paper_cannot_be_held_back_until_a_moment_that_is_over(cast):
    with pytest.raises(ValidationError, match="This time is past"):
        a_draft(cast, embargo_until=timezone.now() - datetime.timedelta(minutes=1))


def test_the_states_of_a_paper_are_those_of_the_field(cast):
    moves = {(start, verb.split(".")[1], end) for start, verb, end in state_table(Paper) if start != end}
    assert moves == {
        ("", "draft", "draft"),
        ("draft", "submit", "submitted"),
        ("returned", "submit", "submitted"),
        ("submitted", "start_clearance", "in_clearance"),
        ("in_clearance", "return", "returned"),
        ("in_clearance", "issue", "issued"),
        ("issued", "correct", "superseded"),
        *((start, "withdraw", "withdrawn") for start in ("draft", "submitted", "in_clearance", "issued")),
        ("returned", "revise", "draft"),
    }
