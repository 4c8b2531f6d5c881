"""Desks are told of one event once; a receipt says who gave it, and its room hears of it."""

import uuid

import pytest

from apps.access.models import Dispatch, Level
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices import actions, queries
from apps.notices.models import Notice
from apps.screening.models import WatchList
from tests import world
from tests.notices.telling import DECIDER, NUMBER, READER, clock, notice_at, told

N = Notice.State


def test_each_desk_has_its_own_notice_and_sees_no_other(cast):
    told("BRB.ministry", "JAM.ministry")
    for desk in ("brb.ministry.decider", "jam.ministry.reader"):
        [row] = Notice.objects.visible_to(cast[desk])
        assert row.owner_id == cast[desk].desk_id
    assert not Notice.objects.visible_to(cast["tto.ministry.decider"]).exists()
    assert not Notice.objects.visible_to(cast["brb.border.head"]).exists()


def test_the_same_step_is_told_once_and_another_step_again(cast, drain):
    about = uuid.uuid4()
    first = told(object_id=about, step="24h")
    again = told("BRB.ministry", "JAM.ministry", object_id=about, step="24h")
    told(object_id=about, step="4h")
    assert again.owner_id == cast["jam.ministry.decider"].desk_id
    assert told(object_id=about, step="24h").pk == first.pk
    assert Notice.objects.count() == 3


def test_a_notice_that_was_read_stays_read_when_it_is_told_again(cast):
    about = uuid.uuid4()
    row = told(object_id=about)
    actions.read_notice(cast[DECIDER], row)
    told(object_id=about)
    assert Notice.objects.get(pk=row.pk).state == N.READ


def test_every_telling_is_in_the_audit(cast):
    told("BRB.ministry", "JAM.ministry")
    assert AuditRecord.objects.filter(verb="notice.tell", outcome="done").count() == 2


@pytest.mark.parametrize("number", ["", "a\r\nBcc: x@example.invalid", "x" * 61])
def test_a_number_that_does_not_fit_into_a_subject_is_refused(cast, number):
    with pytest.raises(ValueError, match="number"):
        told(number=number)
    assert not Notice.objects.exists()


def test_an_unknown_event_and_nobody_to_tell_are_errors(cast):
    with pytest.raises(LookupError, match=r"meeting\.imagined"):
        told(event="meeting.imagined")
    with pytest.raises(LookupError, match="no desk"):
        told("XXX.ministry")


def test_no_person_tells(cast):
    with pytest.raises(Refused, match="not-the-portal"):
        actions.create_notices(
            cast["impacs.secretariat.manager"], None, event="vote.closed", desks=["BRB.ministry"],
            object_type="council.imagined", object_id=1, number=NUMBER,
        )  # fmt: skip


def test_a_notice_above_a_persons_clearance_is_not_there_for_him(cast):
    told("BRB.ministry", level=Level.SECRET)
    assert not Notice.objects.visible_to(cast[DECIDER]).exists()


def test_a_receipt_names_who_gave_it_and_tells_the_room(cast):
    row = told(needs_receipt=True)
    actions.acknowledge_notice(cast[DECIDER], row)
    given = notice_at("BRB.ministry")
    assert (given.state, given.acknowledged_by) == (N.ACKNOWLEDGED, DECIDER)
    assert given.acknowledged_at is not None
    assert not queries.unread(cast[DECIDER]).exists()
    assert queries.unread(cast[READER]).exists()


def test_receipts_of_a_record_are_read_by_desk(cast):
    listed = world.a_watchlist(cast)
    more = {"object_type": WatchList._meta.label_lower, "object_id": listed.pk, "needs_receipt": True}
    told("BRB.ministry", "JAM.ministry", **more)
    actions.acknowledge_notice(cast[DECIDER], notice_at("BRB.ministry"))
    assert queries.receipts_of(listed, "written.dispatched") == {
        "BRB.ministry": notice_at("BRB.ministry").acknowledged_at
    }
    assert queries.receipts_of(listed, "vote.closed") == {}


def test_a_reader_gives_no_receipt_and_nobody_where_none_is_asked(cast):
    with pytest.raises(Refused, match="needs-officer"):
        actions.acknowledge_notice(cast[READER], told(needs_receipt=True))
    with pytest.raises(Refused, match="no-receipt-asked"):
        actions.acknowledge_notice(cast[DECIDER], told())


def test_a_second_receipt_is_refused_and_the_first_counts(cast):
    row = told(needs_receipt=True)
    first = actions.acknowledge_notice(cast[DECIDER], row).acknowledged_at
    with pytest.raises(Refused, match="wrong-state"):
        actions.acknowledge_notice(cast[DECIDER], row)
    assert notice_at("BRB.ministry").acknowledged_at == first


def test_the_dispatch_carries_ids_and_codes_alone(cast):
    told()
    [row] = Dispatch.objects.filter(topic="notice.told")
    assert row.payload == {"notices": [str(notice_at("BRB.ministry").pk)]}


def test_the_deadline_of_a_desk_is_set_moved_and_closed(cast):
    from datetime import timedelta

    from apps.notices.models import Deadline
    from tests.notices.telling import DUE

    what = {"object_type": "council.imagined", "object_id": "1"}
    actions.set_deadline(clock(), None, **what, kind="Reply", number=NUMBER, desks=["BRB.ministry"], due_at=DUE)
    later = DUE + timedelta(days=2)
    actions.set_deadline(clock(), None, **what, kind="Reply", number=NUMBER, desks=["BRB.ministry"], due_at=later)
    [row] = Deadline.objects.visible_to(cast[DECIDER])
    assert (row.due_at, row.state) == (later, "open")
    assert not Deadline.objects.visible_to(cast["jam.ministry.decider"]).exists()
    actions.close_deadlines(clock(), None, **what)
    assert Deadline.objects.get().done_at is not None
    with pytest.raises(Refused, match="wrong-state"):
        actions.close_deadlines(clock(), None, **what)
