"""Expected journeys: their list comes, or it is chased."""

import datetime
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also, emit
from apps.carriers import policy
from apps.carriers.models import Chase, ExpectedJourney
from apps.carriers.queries.timetable import Meeting
from apps.manifests import policy as manifests_policy

E = ExpectedJourney.State
KNOWN = frozenset(E.values) - {E.WITHDRAWN}


@action(
    "expected.meet",
    model=ExpectedJourney,
    label=_("Match with its manifest"),
    done=_("Joined an expected journey with its list"),
    policy=manifests_policy.may_process,
    starts=KNOWN,
    ends={E.IN_TIME, E.LATE, E.NOT_OPERATED},
    automatic=True,
)
def match_expected_journey(
    actor: Actor, row: ExpectedJourney, *, by: Meeting, others: Sequence[Meeting] = ()
) -> ExpectedJourney:
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
    done=_("Reminded a carrier of a list"),
    policy=manifests_policy.may_process,
    starts={E.EXPECTED},
    ends=E.EXPECTED,
    automatic=True,
)
def remind_of_expected_journey(actor: Actor, row: ExpectedJourney, *, now: datetime.datetime) -> ExpectedJourney:
    """Remind the carrier, some time before the deadline, of a list that has not come."""
    row.reminded_at = now
    emit("expected.reminded", row)
    return row


@action(
    "expected.raise_alarm",
    model=ExpectedJourney,
    label=_("Raise the alarm"),
    done=_("Raised the alarm of a missing list"),
    policy=manifests_policy.may_process,
    starts={E.EXPECTED},
    ends=E.MISSING,
    automatic=True,
)
def raise_missing_list_alarm(actor: Actor, row: ExpectedJourney, *, now: datetime.datetime) -> ExpectedJourney:
    """Raise the alarm on the watch floor: the deadline is over and no list has come."""
    row.missed_at = now
    emit("expected.missed", row)
    return row


@action(
    "expected.note_call",
    model=ExpectedJourney,
    label=_("Log a call"),
    done=_("Noted a call about a list"),
    policy=policy.may_chase,
    starts=ExpectedJourney.WAITED_FOR,
    ends=ExpectedJourney.WAITED_FOR,
    takes={
        "whom": forms.CharField(
            label=_("Who was called"), max_length=100, help_text=_("the desk, not a person's name")
        ),
        "said": forms.CharField(
            label=pgettext_lazy("field, carriers", "Result"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        ),
    },
)
def note_carrier_call(actor: Actor, row: ExpectedJourney, *, whom: str, said: str) -> ExpectedJourney:
    """Note that the carrier was called about its list; the JRCC alone reads it."""
    Chase.objects.create(expected=row, whom=whom, said=said, by=actor.person)
    return row


@action(
    "expected.not_operate",
    model=ExpectedJourney,
    label=_("Mark as not operated"),
    done=_("Marked a journey as not operated"),
    policy=policy.may_chase,
    starts=ExpectedJourney.WAITED_FOR,
    ends=E.NOT_OPERATED,
    takes={"said": forms.CharField(label=_("How we know"), max_length=200)},
    danger=True,
    undo="expected.expect_again",
)
def mark_journey_not_operating(actor: Actor, row: ExpectedJourney, *, said: str) -> ExpectedJourney:
    """Say that the journey did not take place, so no list is owed; a list that comes after all still counts."""
    row.said = said
    return row


@action(
    "expected.expect_again",
    model=ExpectedJourney,
    label=_("Expect this journey again"),
    done=_("Expected a journey again"),
    policy=policy.may_chase,
    starts={E.NOT_OPERATED},
    ends=E.EXPECTED,
)
def expect_journey_again(actor: Actor, row: ExpectedJourney) -> ExpectedJourney:
    """Take back that it did not operate; where the deadline is over, the alarm follows."""
    row.said = ""
    return row


@action(
    "expected.withdraw",
    model=ExpectedJourney,
    label=_("Stop expecting this journey"),
    done=_("Stopped expecting a journey"),
    policy=policy.may_schedule,
    starts={E.EXPECTED},
    ends=E.WITHDRAWN,
    automatic=True,
)
def withdraw_expected_journey(actor: Actor, row: ExpectedJourney) -> ExpectedJourney:
    """Expect it no more: its schedule was ended before."""
    return row
