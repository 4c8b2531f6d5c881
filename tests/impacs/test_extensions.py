"""More time: who may ask until when, who decides, and what it does to date and colour."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.council.models import AgendaItem, Meeting
from apps.impacs import actions
from apps.impacs.actions import clock
from apps.impacs.models import ExtensionRequest, StateAction
from apps.impacs.obligations.queries import status as status_queries
from apps.impacs.obligations.rules import extensions as rules
from apps.notices.models import Deadline, Notice
from tests.impacs.people import BARBADOS, JAMAICA, SECRETARIAT, a_decision
from tests.impacs.working import OFFICER, a_drafter, an_action, fresh, in_days, noon, submitted, verified

pytestmark = pytest.mark.django_db


def asked(cast, row, until: int = 90) -> ExtensionRequest:
    actions.request_extension(cast[BARBADOS], row, until=in_days(until), reason="Parliament is dissolved.")
    return ExtensionRequest.objects.filter(action=row).order_by("-number").first()


def status(cast, row, day=None):
    return status_queries.of_rows(cast[BARBADOS], [row], day or in_days(0))[row.pk][1]


@pytest.mark.parametrize(
    ("granted", "days", "who"),
    [(0, 1, "director"), (0, 90, "director"), (0, 91, "council"), (1, 1, "council"), (2, 30, "council")],
)
def test_the_director_gives_the_first_extension_up_to_ninety_days(granted, days, who):
    due = datetime.date(2026, 6, 30)
    assert rules.power(granted, due, due + datetime.timedelta(days=days), rules.Limits()) == who


@pytest.mark.parametrize(
    ("due", "until", "words"),
    [
        (60, 60, "Enter a day after today and after the due date"),
        (60, 30, "Enter a day after today and after the due date"),
        (60, 60 + 366, "The latest date you can request is"),
        (-11, 60, "up to 10 days after"),
        (None, 60, "This clause has no due date, so there is nothing to extend"),
    ],
)
def test_a_date_that_cannot_be_asked_for_is_told_at_its_field(cast, due, until, words):
    row = an_action(due=due)
    with pytest.raises(ValidationError, match=words) as wrong:
        asked(cast, row, until)
    assert set(wrong.value.message_dict) == {"until"}


def test_it_may_be_asked_for_ten_days_after_the_due_date(cast):
    assert asked(cast, an_action(due=-10), 30).state == "requested"


def test_one_request_waits_at_a_time(cast):
    row = an_action()
    asked(cast, row)
    with pytest.raises(ValidationError, match="Withdraw it"):
        asked(cast, row, 100)


def test_a_pending_request_is_told_and_never_changes_the_colour(cast):
    row = an_action(due=-5)
    before = status(cast, row).status
    asked(cast, row, 30)
    after = status(cast, row).status
    assert (before.colour, after.colour) == ("RED", "RED")
    assert set(after.reasons) - set(before.reasons) == {"EXTENSION_PENDING"}


def test_granted_it_moves_the_date_in_force_and_keeps_the_original(cast):
    row = an_action(due=10)
    request = actions.grant_extension(cast[SECRETARIAT], asked(cast, row, 70))
    at = status(cast, row)
    assert (request.state, request.basis) == ("granted", "Authority delegated by the Council")
    assert (at.facts.due(in_days(0)), at.facts.due_on, fresh(row).due_on) == (in_days(70), in_days(10), in_days(10))
    assert status(cast, row, in_days(-1)).facts.due(in_days(-1)) == in_days(10)


def test_less_time_than_asked_may_be_given_but_not_more(cast):
    request = asked(cast, an_action(due=10), 70)
    with pytest.raises(ValidationError, match="but no later than the day requested"):
        actions.grant_extension(cast[SECRETARIAT], request, until=in_days(71))
    assert actions.grant_extension(cast[SECRETARIAT], request, until=in_days(40)).new_due_on == in_days(40)


@pytest.mark.parametrize(("who", "code"), [(OFFICER, "needs-director"), (BARBADOS, "not-verifier")])
def test_only_the_director_uses_the_delegation(cast, who, code):
    request = asked(cast, an_action(due=10), 70)
    with pytest.raises(Refused) as refusal:
        actions.grant_extension(cast[who], request)
    assert refusal.value.code == code


@pytest.mark.parametrize(("who", "code"), [("drafter", "needs-decider"), (JAMAICA, "not-addressed")])
def test_those_who_decide_in_the_ministry_ask(cast, who, code):
    name = a_drafter() if who == "drafter" else who
    with pytest.raises(Refused) as refusal:
        actions.request_extension(cast[name], an_action(), until=in_days(90), reason="More time.")
    assert refusal.value.code == code


def test_the_second_one_is_the_councils_and_cites_its_decision(cast, drain):
    row = an_action(due=10)
    actions.grant_extension(cast[SECRETARIAT], asked(cast, row, 40))
    request = asked(cast, row, 50)
    assert request.power == "council"
    with pytest.raises(ValidationError, match="The Council decides on this request"):
        actions.grant_extension(cast[OFFICER], request)
    with pytest.raises(ValidationError, match="There is no adopted decision with this number"):
        actions.grant_extension(cast[OFFICER], request, decision="CONSLE/1999/1/DEC/01")
    cited = a_decision(number="CONSLE/2026/9/DEC/77")
    request = actions.grant_extension(cast[OFFICER], request, decision=cited.number)
    assert request.decided_by_id == cited.pk
    assert "REPEATED_EXTENSION" in status(cast, row).status.reasons


def a_meeting(days: int = 20) -> Meeting:
    from tests.council.people import a_session

    meeting = a_session()
    opens = noon(days)
    ends = opens + datetime.timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(state="agenda_open", starts_at=opens, ends_at=ends)
    return fresh(meeting)


def test_what_is_beyond_the_delegation_goes_on_the_agenda_of_the_next_meeting(cast, drain):
    meeting = a_meeting()
    row = an_action(due=10)
    request = asked(cast, row, 10 + 91)
    drain()
    item = AgendaItem.objects.get(pk=fresh(request).item_id)
    assert (item.meeting_id, item.state, item.originator_id) == (meeting.pk, "proposed", "IMPACS")
    assert "Barbados" in item.title
    assert AgendaItem.objects.visible_to(cast[JAMAICA]).filter(pk=item.pk).exists()


def test_without_a_meeting_it_waits_for_one_and_is_brought_once(cast, drain):
    request = asked(cast, an_action(due=10), 10 + 91)
    drain()
    assert (fresh(request).item_id, clock.new_day(noon())) == (None, 0)
    a_meeting()
    assert clock.new_day(noon()) == 1
    assert fresh(request).item_id is not None
    assert clock.new_day(noon()) == 0


def test_a_request_without_an_answer_in_ten_working_days_goes_to_the_council(cast, drain):
    a_meeting()
    request = asked(cast, an_action(due=10), 40)
    drain()
    assert (request.power, fresh(request).item_id) == ("director", None)
    late = datetime.datetime.combine(request.answer_by, datetime.time(12), datetime.UTC)
    assert clock.new_day(late) == 0
    assert clock.new_day(late + datetime.timedelta(days=1)) == 1
    assert fresh(request).power == "council"


def test_the_answer_has_a_clock_that_ends_with_it(cast, drain):
    request = asked(cast, an_action(due=10), 40)
    drain()
    deadline = Deadline.objects.get(object_id=str(request.pk))
    assert (deadline.desk.code, deadline.state) == ("IMPACS.secretariat", "open")
    assert (request.answer_by - in_days(0)).days >= 12  # ten working days; asked on a Sunday they end on a Friday
    actions.refuse_extension(cast[SECRETARIAT], request, reason="Begin first.")
    drain()
    deadline.refresh_from_db()
    told = Notice.objects.filter(code="extension.decided").values_list("owner__code", flat=True)
    assert (deadline.state, list(told)) == ("done", ["BRB.ministry"])


def test_a_request_is_withdrawn_by_its_state(cast):
    row = an_action()
    request = actions.withdraw_extension(cast[BARBADOS], asked(cast, row))
    assert (request.state, "EXTENSION_PENDING" in status(cast, row).status.reasons) == ("withdrawn", False)


def test_a_request_lapses_with_its_action(cast, drain):
    row = an_action()
    request = asked(cast, row)
    actions.verify_state_action(cast[SECRETARIAT], submitted(cast, fresh(row)))
    with pytest.raises(Refused, match="action-finished"):
        actions.grant_extension(cast[SECRETARIAT], request)
    drain()
    assert fresh(request).state == "lapsed"
    with pytest.raises(Refused):
        actions.grant_extension(cast[SECRETARIAT], request)


def test_a_finished_action_takes_no_request(cast):
    row = verified(cast, an_action())
    with pytest.raises(Refused, match="wrong-state"):
        asked(cast, row)


def test_others_see_the_date_and_not_the_cause(cast):
    row = an_action(due=10)
    actions.grant_extension(cast[SECRETARIAT], asked(cast, row, 70))
    seen = {who: ExtensionRequest.objects.visible_to(cast[who]).count() for who in (BARBADOS, JAMAICA, SECRETARIAT)}
    assert seen == {BARBADOS: 1, JAMAICA: 0, SECRETARIAT: 1}
    other = status_queries.of_rows(cast[JAMAICA], [row], in_days(0))[row.pk][1]
    assert other.status.effective_due == in_days(70)


def test_two_requests_at_once_leave_one(cast):
    row = an_action()
    request = asked(cast, row)
    with pytest.raises(ValidationError):
        asked(cast, StateAction.objects.get(pk=row.pk))
    assert list(ExtensionRequest.objects.values_list("pk", flat=True)) == [request.pk]
