"""What delegations are told of a meeting, once and by number."""

import datetime
from typing import Any

import pytest

from apps.council import tasks
from apps.council.actions import agenda, delegations
from apps.council.models import Meeting
from apps.notices.models import Notice
from tests.council.meetings.people import MANAGER, a_meeting, accredited, an_item, joins

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def told(event: str, **more: Any) -> set[str]:
    return set(Notice.objects.filter(code=event, **more).values_list("owner__code", flat=True))


def test_all_delegations_are_called_and_told_of_each_agenda(cast: Any, drain: Any) -> None:
    meeting = a_meeting(cast)
    drain()
    assert {"HTI.ministry", "CYM.ministry"} <= told("meeting.convened")
    agenda.close_agenda(cast[MANAGER], meeting)
    drain()
    assert "BRB.ministry" in told("meeting.agenda_version")


def test_only_the_newcomer_is_called_when_a_state_is_admitted(cast: Any, drain: Any) -> None:
    meeting = a_meeting(cast, days=90)
    drain()
    before = Notice.objects.filter(code="meeting.convened").count()
    joins("CYM", meeting.starts_at.date() - 10 * DAY)
    delegations.admit_to_meeting(cast[MANAGER], meeting, party="CYM")
    drain()
    assert Notice.objects.filter(code="meeting.convened").count() == before + 1


def test_states_are_reminded_of_credentials_two_weeks_and_three_days_before_once_each(cast: Any, drain: Any) -> None:
    meeting = a_meeting(cast)
    accredited(cast, meeting, "JAM")
    delegations.answer_invitation(cast["sur.ministry.decider"], Meeting.objects.get(pk=meeting.pk), answer="declined")
    assert tasks.remind(meeting.starts_at - 15 * DAY) == 0
    for days, step in ((13, "14"), (2, "3")):
        assert tasks.remind(meeting.starts_at - days * DAY) == 1
        drain()
        assert tasks.remind(meeting.starts_at - days * DAY) == 0, "once"
        desks = told("credentials.missing", step=step)
        assert "BRB.ministry" in desks
        assert not desks & {"JAM.ministry", "SUR.ministry"}


def test_the_chair_is_told_of_an_item_for_which_too_few_announced_themselves(cast: Any, drain: Any) -> None:
    meeting = a_meeting(cast)
    an_item(cast, meeting, title="Witness protection")
    agenda.close_agenda(cast[MANAGER], meeting, missing=True)
    drain()
    assert told("agenda.majority_unreachable") == {"TTO.ministry", "IMPACS.secretariat"}
    notice = Notice.objects.filter(code="agenda.majority_unreachable").first()
    assert notice is not None
    assert notice.number == f"CONSLE/{meeting.starts_at.year}/1/1"
