"""Expected journeys: their list comes, or it is chased."""

import datetime
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, do_also, emit
from apps.jrcc import policy
from apps.jrcc.models import Chase, ExpectedJourney
from apps.jrcc.timetable import Meeting

E = ExpectedJourney.State
KNOWN = frozenset(E.values) - {E.WITHDRAWN}


@action(
    "expected.meet",
    model=ExpectedJourney,
    label=_("Join with its list"),
    policy=policy.may_process,
    starts=KNOWN,
    ends={E.IN_TIME, E.LATE, E.NOT_OPERATED},
    automatic=True,
)
def meet(actor: Actor, row: ExpectedJourney, *, by: Meeting, others: Sequence[Meeting] = ()) -> ExpectedJourney:
    """Join it with the journey of its list: in time or late; or the carrier has cancelled it. So with the `others`."""
    row.journey, row.received_at = by.journey, by.found.received_at
    row.state, row.said = by.found.state, by.found.said
    for other in others:
        do_also("expected.meet", other.row, by=other)
    return row


@action(
    "expected.remind",
    model=ExpectedJourney,
    label=_("Remind the carrier"),
    policy=policy.may_process,
    starts={E.EXPECTED},
    ends=E.EXPECTED,
    automatic=True,
)
def remind(actor: Actor, row: ExpectedJourney, *, now: datetime.datetime) -> ExpectedJourney:
    """Remind the carrier, some time before the deadline, of a list that has not come."""
    row.reminded_at = now
    emit("expected.reminded", row)
    return row


@action(
    "expected.raise_alarm",
    model=ExpectedJourney,
    label=_("Raise the alarm"),
    policy=policy.may_process,
    starts={E.EXPECTED},
    ends=E.MISSING,
    automatic=True,
)
def miss(actor: Actor, row: ExpectedJourney, *, now: datetime.datetime) -> ExpectedJourney:
    """Raise the alarm on the watch floor: the deadline is over and no list has come."""
    row.missed_at = now
    emit("expected.missed", row)
    return row


@action(
    "expected.note_call",
    model=ExpectedJourney,
    label=_("Note a call"),
    policy=policy.may_chase,
    starts=ExpectedJourney.WAITED_FOR,
    ends=ExpectedJourney.WAITED_FOR,
    takes={
        "whom": forms.CharField(label=_("Who was called"), max_length=100, help_text=_("the desk, not a name")),
        "said": forms.CharField(
            label=_("What came out of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        ),
    },
)
def note_call(actor: Actor, row: ExpectedJourney, *, whom: str, said: str) -> ExpectedJourney:
    """Note that the carrier was called about its list; the JRCC alone reads it."""
    Chase.objects.create(expected=row, whom=whom, said=said, by=actor.person)
    return row


@action(
    "expected.not_operate",
    model=ExpectedJourney,
    label=_("Mark as not operated"),
    policy=policy.may_chase,
    starts=ExpectedJourney.WAITED_FOR,
    ends=E.NOT_OPERATED,
    takes={"said": forms.CharField(label=_("How we know"), max_length=200)},
)
def not_operate(actor: Actor, row: ExpectedJourney, *, said: str) -> ExpectedJourney:
    """Say that the journey did not take place, so no list is owed; a list that comes after all still counts."""
    row.said = said
    return row


@action(
    "expected.expect_again",
    model=ExpectedJourney,
    label=_("Expect it again"),
    policy=policy.may_chase,
    starts={E.NOT_OPERATED},
    ends=E.EXPECTED,
)
def expect_again(actor: Actor, row: ExpectedJourney) -> ExpectedJourney:
    """Take back that it did not operate; where the deadline is over, the alarm follows."""
    row.said = ""
    return row


@action(
    "expected.withdraw",
    model=ExpectedJourney,
    label=_("Expect it no more"),
    policy=policy.may_schedule,
    starts={E.EXPECTED},
    ends=E.WITHDRAWN,
    automatic=True,
)
def withdraw_expected(actor: Actor, row: ExpectedJourney) -> ExpectedJourney:
    """Expect it no more: its schedule was ended before."""
    return row
