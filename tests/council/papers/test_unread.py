"""Papers that a State has still to open: of every meeting that comes, wherever they are shown."""

import datetime
import itertools
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.ids import uuid7
from apps.council.models import Delegation, Meeting, Organ, Paper, PaperDeskGrant
from apps.council.queries.meetings import COMING, RUNNING
from apps.people.queries.work import waiting_for
from tests.council.papers.world import BARBADOS, JAMAICA, a_meeting, an_item, issued
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SPANS = {"ahead": (20 * DAY, 21 * DAY), "now": (-DAY, DAY), "past": (-9 * DAY, -8 * DAY)}
"""When a meeting begins and ends, from today."""


def a_called(cast: Any, number: int, state: str, span: str, organ: str, answer: str = "accepted") -> Meeting:
    """A meeting in a state, with an answer of Barbados to the call, seen by everybody."""
    begins, ends = SPANS[span]
    now = timezone.now()
    Organ.objects.get_or_create(code=organ, defaults={"name": organ, "kind": "council"})
    meeting = a_meeting(cast, number=number, kind="special" if number % 2 else "regular")
    Delegation.objects.create(meeting=meeting, party_id="BRB", votes=True, answer=answer)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=state, organ=organ, starts_at=now + begins + number * datetime.timedelta(minutes=1), ends_at=now + ends
    )
    return meeting


def comes(state: str, span: str, answer: str) -> bool:
    """Whether Barbados still has papers of such a meeting to read."""
    called = state in {"convened", "agenda_open", "agenda_closed", "adjourned"} and span != "past"
    return answer != "declined" and (called or state in {"in_session", "suspended", "adjourned"})


def to_read(actor: Any) -> list[str]:
    """Numbers of the papers that My work asks to read, each as often as it is there."""
    return sorted(row.code for row in waiting_for(actor) if row.title.startswith("Read the paper: "))


def test_every_unread_paper_of_every_coming_meeting_is_on_the_desk_once(cast):
    original = issued(cast, meeting=str(a_meeting(cast, number=99).pk))
    Meeting.objects.filter(number=99).update(state="closed")
    expected = []
    grid = [(state, span, "accepted") for state, span in itertools.product(Meeting.State.values, SPANS)]
    grid += [("convened", "ahead", "declined"), ("in_session", "now", "declined"), ("convened", "ahead", "none")]
    for number, (state, span, answer) in enumerate(grid, start=100):
        organ = ("CONSLE", "SEPAC")[number // 2 % 2]
        meeting = a_called(cast, number, state, span, organ, answer)
        paper = _copied(original, meeting, f"{organ}/2026/{number}/01")
        if comes(state, span, answer):
            expected.append(paper.number)
    assert len(expected) == 16
    assert to_read(cast[BARBADOS]) == sorted(expected)


def _copied(original: Paper, meeting: Meeting, number: str) -> Paper:
    """Another issued paper like the first one, for a meeting, with the same readers."""
    grants = list(PaperDeskGrant.objects.filter(content_object=original))
    paper = Paper.objects.get(pk=original.pk)
    paper.pk, paper.meeting, paper.number, paper.item = uuid7(), meeting, number, None
    paper.save(force_insert=True)
    for grant in grants:
        grant.pk, grant.content_object = None, paper
    PaperDeskGrant.objects.bulk_create(grants)
    return paper


def test_a_special_meeting_before_the_regular_one_and_a_closed_one_hide_no_paper(cast, client_for):
    special, other = a_called(cast, 31, "agenda_open", "now", "CONSLE"), a_called(cast, 2, "convened", "ahead", "SEPAC")
    regular = a_called(cast, 29, "agenda_open", "ahead", "CONSLE")
    there = {row.pk: issued(cast, meeting=str(row.pk)) for row in (special, other, regular)}
    closed = a_called(cast, 30, "convened", "now", "CONSLE")
    hidden = issued(cast, meeting=str(closed.pk))
    Meeting.objects.filter(pk=closed.pk).update(state="closed")

    assert to_read(cast[BARBADOS]) == sorted(paper.number for paper in there.values())
    front = client_for(BARBADOS).get(reverse("council:official")).content.decode()
    front = front.split('id="next-h"')[1].split('id="answers-h"')[0]
    assert [front.count(str(paper.number)) for paper in there.values()] == [1, 1, 1]
    assert str(hidden.number) not in front
    for meeting, paper in there.items():
        brief = client_for(BARBADOS).get(reverse("council:brief", args=[meeting])).content.decode()
        assert re.search(rf'href="{reverse("council:paper", args=[paper.pk])}"', brief)
        assert "Not opened yet" in brief

    client_for(BARBADOS).get(reverse("council:paper", args=[there[special.pk].pk]))
    assert to_read(cast[BARBADOS]) == sorted(there[pk].number for pk in (other.pk, regular.pk))
    brief = client_for(BARBADOS).get(reverse("council:brief", args=[special.pk])).content.decode()
    assert "Not opened yet" not in brief
    assert to_read(cast[JAMAICA]) == []  # its own papers


def test_desk_front_page_and_brief_ask_as_often_for_many_meetings(cast, client_for):
    first = a_called(cast, 40, "agenda_open", "now", "CONSLE")
    issued(cast, item=str(an_item(cast, first).pk))
    pages = [reverse("council:official"), reverse("council:brief", args=[first.pk]), reverse("people:desk")]
    client = client_for(BARBADOS)
    few = [len(asked(client, page)) for page in pages]
    for number in range(41, 47):
        issued(cast, meeting=str(a_called(cast, number, "convened", "ahead", "SEPAC").pk))
    many = [len(asked(client, page)) for page in pages]
    assert many == few
    assert max(many) <= 12


def test_what_counts_as_coming_is_said_of_every_state_of_a_meeting():
    known = {*COMING, *RUNNING, "draft", "cancelled", "closed", "minutes_draft", "minutes_agreed"}
    assert known == set(Meeting.State.values)
