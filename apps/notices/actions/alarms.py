"""Test alarms: sent to one's own desk, answered by each person, with the time that it took."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.notices import policy, queries
from apps.notices.models import AlarmAnswer, AlarmTest
from apps.notices.refusals import Refusals
from apps.people.queries import desk_ids


@action(
    "alarm.send",
    model=AlarmTest,
    label=_("Send a test alarm"),
    done=_("Sent a test alarm"),
    policy=policy.may_test_alarm,
    ends="sent",
)
def send_alarm(actor: Actor, _row: None) -> AlarmTest:
    """Alarm everybody at your desk as a hit would, to see who answers and how soon; nothing has happened."""
    series = f"TA-{timezone.now().year}"
    made: AlarmTest = AlarmTest.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        reference=f"{series}-{next_in(series):05}",
        sent_by=actor.person,
        seats=queries.seats_at(actor.desk_id),
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids(queries.CLOCK)}))
    emit("alarm.sent", made)
    return made


@action(
    "alarm.answer",
    model=AlarmTest,
    label=_("I am here"),
    done=_("Answered a test alarm"),
    policy=policy.may_answer_alarm,
    starts={"sent"},
    ends="sent",
)
def answer_alarm(actor: Actor, row: AlarmTest) -> Any:
    """Say that the test alarm has reached you; once."""
    if AlarmAnswer.objects.filter(alarm=row, seat_id=actor.seat_id).exists():
        raise Refused("wrong-state", Refusals.ANSWERED_ALREADY, record=row)
    AlarmAnswer.objects.create(alarm=row, seat_id=actor.seat_id, person=actor.person)
    return row
