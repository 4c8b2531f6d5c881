"""The ladder at work: who is told when, what holds it, what ends it, and the minister who is never first."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.impacs import actions
from apps.impacs.models import Escalation, ExtensionRequest, OfficeHolder, Turn
from apps.impacs.queries.escalation import for_council
from apps.impacs.tasks.escalation import run_escalation_clock
from apps.notices.models import Delivery, Notice
from apps.people.models import Seat
from apps.people.queries.work import waiting_for
from tests.council.meetings.people import a_meeting
from tests.impacs.people import BARBADOS, JAMAICA, SECRETARIAT, a_decision, action_of, ended, reported
from tests.impacs.tasks.people import planned

pytestmark = pytest.mark.django_db
DUE = datetime.date(2027, 9, 30)
E = Escalation.State


def noon(offset: int) -> datetime.datetime:
    """Noon in the Caribbean on a day counted from the due date."""
    return datetime.datetime.combine(DUE, datetime.time(16), datetime.UTC) + datetime.timedelta(days=offset)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the portal's clock stand at noon of a day counted from the due date, and climb what is to be climbed."""

    def stand(offset: int, *, climb: bool = True) -> dict[str, int]:
        monkeypatch.setattr(timezone, "now", lambda: noon(offset))
        done = run_escalation_clock(noon(offset)) if climb else {}
        outbox.drain()
        return done

    return stand


def named(cast: Any, who: str, office: str, day: datetime.date = datetime.date(2026, 1, 1)) -> OfficeHolder:
    """Somebody holds an office since a day."""
    actor = cast[who]
    return OfficeHolder.objects.create(
        party_id=actor.party_code, office=office, seat_id=actor.seat_id, valid_from=day, by_seat_id=actor.seat_id
    )


def told(party: str = "BRB") -> list[tuple[int, str, str]]:
    """(rung, told, state) of a State's escalations, the first on top."""
    rows = Escalation.objects.filter(party=party).order_by("due_on", "rung")
    return [(row.rung, row.told, row.state) for row in rows]


def last(party: str = "BRB") -> Escalation:
    """The escalation raised last."""
    return Escalation.objects.filter(party=party).order_by("-due_on", "-rung")[0]


def obliged(cast: Any, *parties: str) -> Any:
    """A clause that binds Barbados (and others), with a permanent secretary and a minister's office in Barbados."""
    decision = a_decision(("Each names a contact.", list(parties or ("BRB",)), DUE))
    named(cast, BARBADOS, "permanent_secretary")
    return decision


def test_silence_climbs_from_the_reminder_to_the_council(cast: Any, at: Any) -> None:
    obliged(cast)
    assert at(-15) == {"raised": 0, "ended": 0}
    for offset in range(-14, 60):
        at(offset)
    rows = Escalation.objects.order_by("rung")
    assert [(row.rung, (row.raised_on - DUE).days, row.office) for row in rows] == [
        (1, -14, "focal_point"), (2, -3, "approver"), (3, 1, "permanent_secretary"), (4, 14, "minister_office"),
        (5, 30, "council_list"),
    ]  # fmt: skip
    assert [row.state for row in rows] == [E.CLIMBED] * 4 + [E.RAISED]
    assert [row.owner.code for row in rows] == ["BRB.ministry"] * 3 + ["IMPACS.secretariat"] * 2


def test_twice_on_one_day_changes_nothing(cast: Any, at: Any) -> None:
    obliged(cast)
    assert at(1)["raised"] == 1
    before = list(Escalation.objects.values()), Notice.objects.count(), Delivery.objects.count()
    assert at(1) == {"raised": 0, "ended": 0}
    assert (list(Escalation.objects.values()), Notice.objects.count(), Delivery.objects.count()) == before


def test_a_day_begins_at_six_where_the_state_is(cast: Any, at: Any) -> None:
    obliged(cast)
    morning = datetime.datetime.combine(DUE - datetime.timedelta(days=14), datetime.time(6), datetime.UTC)
    assert run_escalation_clock(morning + datetime.timedelta(hours=3, minutes=59))["raised"] == 0  # 05:59 in Bridgetown
    assert run_escalation_clock(morning + datetime.timedelta(hours=4))["raised"] == 1


def test_what_has_no_due_date_is_never_raised(cast: Any, at: Any) -> None:
    a_decision(("Each reflects.", ["BRB"], None))
    assert at(1000) == {"raised": 0, "ended": 0}


def test_an_answer_holds_the_ladder_and_silence_afterwards_climbs_on(cast: Any, at: Any) -> None:
    obliged(cast)
    at(1)
    at(5, climb=False)
    row = actions.escalation.acknowledge_escalation(cast[BARBADOS], last(), answer="The bill goes to Cabinet.")
    assert (row.state, row.acknowledged_on, row.acknowledged_by) == (E.ACKNOWLEDGED, noon(5).date(), BARBADOS)
    for offset in range(6, 19):
        assert at(offset)["raised"] == 0, offset
    assert at(19)["raised"] == 1
    assert told() == [(3, "permanent_secretary", E.ACKNOWLEDGED), (4, "impacs_director", E.RAISED)]


def test_progress_holds_the_ladder(cast: Any, at: Any) -> None:
    decision = obliged(cast)
    at(1)
    reported(action_of(decision, "BRB"), noon(10).date(), 40)
    row = action_of(decision, "BRB")
    row.reported_on, row.progress = noon(10).date(), 40
    row.save()
    assert [offset for offset in range(2, 30) if at(offset)["raised"]] == [24]


def test_an_extension_begins_the_ladder_anew_at_its_date(cast: Any, at: Any) -> None:
    decision = obliged(cast)
    at(1)
    row = action_of(decision, "BRB")
    later = DUE + datetime.timedelta(days=60)
    ExtensionRequest.objects.create(
        action=row, party_id="BRB", number=1, from_due=DUE, new_due_on=later, cause="Storm.",
        requested_on=noon(1).date(), power="director", answer_by=noon(15).date(), decided_on=noon(2).date(),
        owner_id=row.owner_id, originator_id="BRB", state="granted",
    )  # fmt: skip
    assert at(3) == {"raised": 0, "ended": 1}
    assert told() == [(3, "permanent_secretary", E.ENDED)]
    assert [offset for offset in range(4, 100) if at(offset)["raised"]] == [46, 57, 61, 74, 90]
    assert {one.due_on for one in Escalation.objects.exclude(state=E.ENDED)} == {later}


def test_what_is_verified_superseded_or_released_is_left_alone(cast: Any, at: Any) -> None:
    first, second = obliged(cast), a_decision(("Each tells.", ["BRB"], DUE))
    at(1)
    row = action_of(first, "BRB")
    for kind in ("submitted", "verified"):
        Turn.objects.create(action=row, kind=kind, day=noon(2).date(), seat_id=0)
    row.state = "verified"
    row.save()
    ended(second, noon(2).date())
    assert at(3) == {"raised": 0, "ended": 2}
    assert {state for _rung, _told, state in told()} == {E.ENDED}
    assert [offset for offset in range(4, 60) if at(offset)["raised"]] == []


def test_evidence_with_the_verifier_holds_the_ladder(cast: Any, at: Any) -> None:
    decision = obliged(cast)
    row = action_of(decision, "BRB")
    Turn.objects.create(action=row, kind="submitted", day=noon(-20).date(), seat_id=0)
    row.state = "submitted"
    row.save()
    assert [offset for offset in range(-15, 40) if at(offset)["raised"]] == []
    Turn.objects.create(action=row, kind="returned", day=noon(40).date(), seat_id=0)
    row.state = "returned"
    row.save()
    assert at(40)["raised"] == 1
    assert told() == [(3, "permanent_secretary", E.RAISED)]


def test_a_vacant_office_is_shown_and_the_next_one_is_told(cast: Any, at: Any) -> None:
    a_decision(("Each names a contact.", ["BRB", "GRD"], DUE))
    at(-14)
    at(1)
    rows = {(row.party_id, row.rung): row for row in Escalation.objects.all()}
    reminder, secretary = rows["BRB", 1], rows["BRB", 3]
    assert (reminder.office, reminder.told, reminder.vacant) == ("focal_point", "approver", True)
    assert reminder.seats == [cast[BARBADOS].seat_id]
    assert (secretary.office, secretary.told, secretary.vacant) == ("permanent_secretary", "impacs_director", True)
    assert rows["GRD", 1].told == "impacs_director", "nobody sits at the ministry of Grenada"
    assert rows["GRD", 1].owner.code == "IMPACS.secretariat"


def vacancies(desk: str) -> list[tuple[str, str]]:
    """(number, page) of what a desk was told of vacant offices, the first one first."""
    rows = Notice.objects.filter(code="role.vacant", owner__code=desk).order_by("pk")
    return [(row.number, row.page) for row in rows]


def test_who_can_fill_an_office_is_told_that_it_was_needed_and_is_vacant(cast: Any, at: Any, client_for: Any) -> None:
    """Once for each vacancy, and nothing of the matter: administrators of accounts do not see it."""
    a_decision(("Each names a contact.", ["BRB"], DUE), ("Each reports.", ["BRB"], DUE))
    at(-14)
    said = [("BRB: Focal point", "")]
    assert vacancies("BRB.administration") == vacancies("IMPACS.secretariat") == said
    at(1)
    said.append(("BRB: Permanent secretary", ""))
    assert vacancies("BRB.administration") == vacancies("IMPACS.secretariat") == said, "not for each matter"
    assert Notice.objects.filter(code="role.vacant").exclude(level=1).count() == 0
    for notice in Notice.objects.filter(code="role.vacant"):
        assert (notice.number in dict(said), notice.title) == (True, "")
    inbox = client_for("impacs.secretariat.manager").get("/notices/")
    assert (inbox.status_code, "BRB: Focal point" in inbox.content.decode()) == (200, True)

    holder = named(cast, BARBADOS, "permanent_secretary")
    a_decision(("Each counts.", ["BRB"], DUE))
    at(2)
    assert vacancies("BRB.administration") == said, "held: nobody is missed"
    holder.valid_to, holder.state = DUE + datetime.timedelta(days=3), "ended"
    holder.save()
    a_decision(("Each counts again.", ["BRB"], DUE))
    at(4)
    assert vacancies("BRB.administration") == [*said, said[1]], "vacant once more"


def test_an_office_is_held_from_day_to_day(cast: Any, at: Any) -> None:
    a_decision(("Each names a contact.", ["BRB", "JAM"], DUE))
    holder = named(cast, BARBADOS, "permanent_secretary")
    named(cast, JAMAICA, "permanent_secretary", DUE + datetime.timedelta(days=2))
    holder.valid_to = DUE + datetime.timedelta(days=2)
    holder.save()
    at(1)
    assert [told("BRB")[0][1], told("JAM")[0][1]] == ["permanent_secretary", "impacs_director"]
    seat = Seat.objects.get(pk=cast[BARBADOS].seat_id)
    seat.state = "ended"
    seat.save()
    a_decision(("Each names another contact.", ["BRB"], DUE))
    at(1)
    assert {one for _rung, one, _state in told("BRB")} == {"permanent_secretary", "impacs_director"}, "who has left"


def test_the_minister_is_told_by_the_director_and_never_by_the_clock(cast: Any, at: Any) -> None:
    obliged(cast)
    for offset in range(-14, 15):
        at(offset)
    row = last()
    assert (row.office, row.told, row.owner.code) == ("minister_office", "impacs_director", "IMPACS.secretariat")
    assert not Notice.objects.filter(code="action.minister").exists()
    with pytest.raises(ValidationError, match="No one is named"):
        actions.escalation.pass_on_escalation(cast[SECRETARIAT], row, answer="Minister, the contact is not named.")
    named(cast, "brb.ministry.reader", "minister_office")
    with pytest.raises(Refused):
        actions.escalation.pass_on_escalation(cast[BARBADOS], row, answer="Myself.")
    actions.escalation.pass_on_escalation(cast[SECRETARIAT], last(), answer="Minister, the contact is not named.")
    outbox.drain()
    row = last()
    assert (row.state, row.told, row.owner.code) == (E.PASSED_ON, "minister_office", "BRB.ministry")
    notice = Notice.objects.get(code="action.minister")
    assert notice.seats == [cast["brb.ministry.reader"].seat_id]
    people = Delivery.objects.filter(notice=notice).values_list("user__username", flat=True)
    assert list(people) == ["brb.ministry.reader"]
    answered = actions.escalation.acknowledge_escalation(cast["brb.ministry.reader"], row, answer="On Monday.")
    assert answered.state == E.ACKNOWLEDGED


def test_the_secretariat_puts_it_on_the_list_of_a_meeting(cast: Any, at: Any) -> None:
    obliged(cast)
    for offset in range(-14, 31):
        at(offset)
    meeting = a_meeting(cast)
    row = last()
    assert [one.pk for one in for_council(cast[SECRETARIAT])] == [row.pk]
    listed = actions.escalation.put_escalation_on_list(cast[SECRETARIAT], row, meeting=str(meeting.pk))
    assert (listed.state, listed.meeting_id) == (E.LISTED, meeting.pk)
    assert [one.pk for one in for_council(cast[SECRETARIAT], meeting)] == [row.pk]
    with pytest.raises(Refused):
        actions.escalation.put_escalation_on_list(cast[BARBADOS], row, meeting=str(meeting.pk))


def test_only_who_was_asked_answers(cast: Any, at: Any) -> None:
    obliged(cast, "BRB", "JAM")
    at(1)
    row = last("BRB")
    for who in ("brb.ministry.reader", JAMAICA, SECRETARIAT, "cym.ministry.decider"):
        with pytest.raises(Refused):
            actions.escalation.acknowledge_escalation(cast[who], row)
    assert not Escalation.objects.visible_to(cast[JAMAICA]).filter(party="BRB").exists()
    assert Escalation.objects.visible_to(cast[SECRETARIAT]).filter(party="BRB").exists()


def test_what_is_raised_together_is_told_once_and_names_no_title(cast: Any, at: Any, mailoutbox: Any) -> None:
    named(cast, BARBADOS, "permanent_secretary")
    for number in range(3):
        a_decision((f"Secret plan {number}.", ["BRB"], DUE))
    outbox.drain()
    del mailoutbox[:]
    at(1)
    notices = Notice.objects.filter(code="action.overdue")
    assert [(notice.number, notice.title) for notice in notices] == [("3 matters", "")]
    assert len(mailoutbox) == 1
    assert "Secret plan" not in mailoutbox[0].subject + mailoutbox[0].body
    assert "3 matters" in mailoutbox[0].subject


def test_what_is_overdue_stands_on_the_desk_of_who_was_asked_until_he_answers(cast: Any, at: Any) -> None:
    obliged(cast)
    at(-14)
    assert not [row for row in waiting_for(cast[BARBADOS]) if row.of == "impacs.escalations"], "a reminder is no work"
    at(1)
    (row,) = [row for row in waiting_for(cast[BARBADOS]) if row.of == "impacs.escalations"]
    assert row.seat == cast[BARBADOS].seat_id
    assert not [one for one in waiting_for(cast[SECRETARIAT]) if one.of == "impacs.escalations"]
    actions.escalation.acknowledge_escalation(cast[BARBADOS], last(), answer="")
    assert not [one for one in waiting_for(cast[BARBADOS]) if one.of == "impacs.escalations"]


def test_who_follows_an_action_is_its_focal_point_at_whatever_desk_he_sits(cast: Any, at: Any) -> None:
    decision = obliged(cast)
    row = action_of(decision, "BRB")
    row.focal_seat_id = cast["brb.border.officer"].seat_id
    row.save()
    at(-14)
    raised = last()
    assert (raised.told, raised.vacant, raised.owner.code) == ("focal_point", False, "BRB.border")
    assert raised.seats == [cast["brb.border.officer"].seat_id]
    people = Delivery.objects.filter(notice__code="action.due_soon").values_list("user__username", flat=True)
    assert list(people) == ["brb.border.officer"]
    assert not Escalation.objects.visible_to(cast["brb.intelligence.officer"]).exists()


def test_a_task_is_raised_to_its_owner_the_head_of_its_unit_and_the_director(cast: Any, at: Any) -> None:
    task = planned(cast, due_on=DUE)
    for offset in range(-8, 15):
        at(offset)
    rows = Escalation.objects.filter(subject_type="impacs.task").order_by("rung")
    assert [(row.office, (row.raised_on - DUE).days) for row in rows] == [
        ("task_owner", -7), ("head_of_unit", 1), ("impacs_director", 14),
    ]  # fmt: skip
    assert {row.number for row in rows} == {task.reference}
