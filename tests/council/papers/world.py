"""Meetings with their items for the tests of papers, and papers brought as far as a test needs them."""

import datetime
from typing import Any

from django.utils import timezone

from apps.access.grants import share
from apps.council.models import AgendaItem, Meeting, Organ, Paper
from apps.council.papers.actions import papers as actions
from apps.council.papers.actions import texts
from apps.council.queries import audience

OFFICER, MANAGER = "impacs.secretariat.officer", "impacs.secretariat.manager"
JAMAICA, BARBADOS, CAYMAN = "jam.ministry.decider", "brb.ministry.decider", "cym.ministry.decider"
TEXT = "# Port security\n\n1. Ministers **note** the report.\n\n2. Every State names a focal point by 30 June.\n"
CORRECTED = TEXT.replace("30 June", "31 July").replace("a focal point", "one focal point")


def a_meeting(cast: Any, *, number: int = 5, **more: Any) -> Meeting:
    """A called meeting of the Council in three weeks, seen by everybody."""
    keeper, now = cast[OFFICER], timezone.now()
    organ, _ = Organ.objects.get_or_create(code="CONSLE", defaults={"name": "Council", "kind": "council"})
    start = now + datetime.timedelta(days=21)
    meeting = Meeting.objects.create(
        owner_id=keeper.desk_id,
        originator_id="IMPACS",
        organ=organ,
        number=number,
        starts_at=start,
        ends_at=start + datetime.timedelta(days=1),
        **{"state": "convened", "papers_deadline": (now + datetime.timedelta(days=14)).date(), **more},
    )
    share(keeper, meeting, audience.everybody(now.date()))
    return meeting


def an_item(cast: Any, meeting: Meeting, *, restricted: bool = False, kind: str = "for_decision") -> AgendaItem:
    """An item on the agenda, restricted to the Member States or open."""
    item = AgendaItem.objects.create(
        owner_id=cast[OFFICER].desk_id,
        originator_id="IMPACS",
        meeting=meeting,
        position=3,
        title="Security of ports",
        kind=kind,
        restricted=restricted,
        state="scheduled",
    )
    today = timezone.now().date()
    share(cast[OFFICER], item, audience.members(today) if restricted else audience.everybody(today))
    return item


def a_draft(cast: Any, who: str = JAMAICA, **more: Any) -> Paper:
    """A draft of a ministry."""
    where = {} if {"meeting", "item", "organ"} & set(more) else {"organ": "CONSLE"}
    given = {"title": "Port security", "language": "en", "body": TEXT, **where, **more}
    return actions.draft_paper(cast[who], None, **given)


def in_clearance(cast: Any, who: str = JAMAICA, **more: Any) -> Paper:
    """A paper that the Secretariat's own desk is asked to clear for its law."""
    paper = a_draft(cast, who, **more)
    actions.submit_paper(cast[who], paper)
    actions.start_paper_clearance(cast[OFFICER], paper, legal="IMPACS.secretariat")
    return fresh(paper)


def issued(cast: Any, who: str = JAMAICA, **more: Any) -> Paper:
    """A paper that was cleared and issued."""
    paper = in_clearance(cast, who, **more)
    actions.clear_paper(cast[MANAGER], paper)
    actions.issue_paper(cast[OFFICER], paper)
    return fresh(paper)


def corrected(cast: Any, paper: Paper, body: str = CORRECTED, kind: str = "Rev") -> Paper:
    """The paper that takes the place of an issued one."""
    actions_row = texts.correct_paper(cast[OFFICER], paper, kind=kind, body=body, note="Date moved")
    return Paper.objects.get(supersedes=actions_row)


def translated(cast: Any, paper: Paper, language: str = "fr", kind: str = "official") -> None:
    """An official translation into French of the text as it stands."""
    body = "Les ministres prennent note du rapport."
    texts.translate_paper(cast[OFFICER], paper, language=language, kind=kind, title="Sécurité des ports", body=body)


def fresh(paper: Paper) -> Paper:
    """The paper as it stands now."""
    return Paper.objects.get(pk=paper.pk)
