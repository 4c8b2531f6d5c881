"""The course of a session: who is there, opening, pauses and end (machine `meeting`)."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.council import policy
from apps.council.models import AgendaItem, Meeting, PresenceEvent, Sitting
from apps.council.policy import room as rights
from apps.council.queries import membership, room
from apps.council.refusals import Refusals

M, E = Meeting.State, PresenceEvent.Event
HALL = {M.AGENDA_CLOSED, M.IN_SESSION, M.SUSPENDED, M.ADJOURNED}
"""States in which delegations come and go."""

AWAY = {E.ARRIVE: E.LEAVE, E.CONNECT: E.DISCONNECT}
"""How somebody goes, by how they came."""


class Delegates(forms.MultipleChoiceField):
    """Delegations of the meeting, by party code."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Meeting | None) -> None:
        """Offer the meeting's delegations; those that are there already are ticked."""
        if row is not None:
            rows = room.attending(row)
            self.choices = [(each.party_id, f"{each.party} ({each.party_id})") for each in rows]
            self.initial = [each.party_id for each in rows if each.last_event in room.HERE]


class Delegate(forms.ChoiceField):
    """One delegation of the meeting, by party code."""

    def scope(self, actor: Actor | None, row: Meeting | None) -> None:
        """Offer the meeting's delegations."""
        if row is not None:
            self.choices = [(each.party_id, str(each.party)) for each in room.attending(row)]


UNKNOWN = {"invalid_choice": _("%(value)s has no delegation at this meeting. Enter the code of one, for example JAM.")}


@action(
    "meeting.call_roll",
    model=Meeting,
    label=_("Call the roll"),
    done=_("Called the roll"),
    policy=policy.may_keep,
    starts=HALL,
    ends=HALL,
    takes={
        "present": Delegates(label=pgettext_lazy("field, council", "Present"), required=False, error_messages=UNKNOWN)
    },
)
def call_roll(actor: Actor, meeting: Meeting, *, present: list[str] | None = None) -> Meeting:
    """Note who is there, all at once: those not named have left."""
    now, named = timezone.now(), set(present or ())
    was = room.last_events(meeting, now)
    inside = {party: event for party, event in was.items() if event in room.HERE}
    came = [(party, E.ARRIVE) for party in sorted(named - set(inside))]
    went = [(party, AWAY[E(inside[party])]) for party in sorted(set(inside) - named)]
    _note(actor, meeting, now, [*came, *went])
    return meeting


@action(
    "meeting.note_presence",
    model=Meeting,
    label=_("Record arrivals and departures"),
    done=_("Noted that a delegation came or left"),
    policy=policy.may_keep,
    starts=HALL,
    ends=HALL,
    takes={
        "party": Delegate(label=pgettext_lazy("field, council", "Delegation"), error_messages=UNKNOWN),
        "event": forms.ChoiceField(
            label=pgettext_lazy("field, council", "What happened"),
            choices=[
                (E.ARRIVE, pgettext_lazy("choice, council", "Arrived")),
                (E.LEAVE, pgettext_lazy("choice, council", "Left")),
                (E.CONNECT, pgettext_lazy("choice, council", "Connected")),
                (E.DISCONNECT, pgettext_lazy("field, council", "Disconnected")),
            ],
        ),
    },
)
def note_presence(actor: Actor, meeting: Meeting, *, party: str, event: str) -> Meeting:
    """Note that one delegation came or left, or that its link began or broke."""
    now = timezone.now()
    inside = room.last_events(meeting, now).get(party) in room.HERE
    if inside == (event in room.HERE):
        there = _now("%(party)s is already present.") if inside else _now("%(party)s is not present.")
        raise ValidationError({"event": there % {"party": party}})
    _note(actor, meeting, now, [(party, event)])
    return meeting


@action(
    "meeting.join",
    model=Meeting,
    label=pgettext_lazy("button, council", "Join online"),
    done=_("Joined a meeting from afar"),
    policy=rights.may_connect,
    starts=HALL,
    ends=HALL,
)
def join_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Say that your delegation takes part over the link."""
    now = timezone.now()
    if actor.party_code not in {row.party_id for row in room.attending(meeting)}:
        raise Refused(Refusals.NO_DELEGATION)
    if room.last_events(meeting, now).get(actor.party_code) in room.HERE:
        raise Refused("wrong-state", Refusals.HERE_ALREADY)
    _note(actor, meeting, now, [(actor.party_code, E.CONNECT)])
    return meeting


@action(
    "meeting.leave",
    model=Meeting,
    label=_("Leave the online session"),
    done=_("Left the link to a meeting"),
    policy=rights.may_connect,
    starts=HALL,
    ends=HALL,
)
def leave_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Say that your delegation no longer takes part over the link."""
    now = timezone.now()
    if room.last_events(meeting, now).get(actor.party_code) != E.CONNECT:
        raise Refused("wrong-state", Refusals.NOT_CONNECTED)
    _note(actor, meeting, now, [(actor.party_code, E.DISCONNECT)])
    return meeting


@action(
    "meeting.start_session",
    model=Meeting,
    label=_("Open the session"),
    done=_("Opened the session"),
    policy=policy.may_preside,
    starts={M.AGENDA_CLOSED, M.ADJOURNED},
    ends=M.IN_SESSION,
)
def start_session(actor: Actor, meeting: Meeting) -> Meeting:
    """Open a sitting on a day of the meeting, with the roll called and a quorum there (Revised Treaty, Art. 27(1))."""
    _open_sitting(meeting)
    return meeting


@action(
    "meeting.note_no_quorum",
    model=Meeting,
    label=_("Record that there is no quorum"),
    done=_("Recorded that there was no quorum"),
    policy=policy.may_preside,
    starts={M.AGENDA_CLOSED, M.ADJOURNED},
    ends=M.ADJOURNED,
)
def note_no_quorum(actor: Actor, meeting: Meeting) -> Meeting:
    """Put on record who came when too few did; those who are there may only exchange views."""
    now = timezone.now()
    there = room.presence(meeting, now)
    if there.met:
        raise Refused("wrong-state", Refusals.QUORUM_MET, message=_now("There is a quorum. %s") % there.sentence)
    meeting.reason = there.sentence
    _sitting(meeting, there, now, closed_at=now, closed_reason=there.sentence)
    emit("meeting.no_quorum", meeting)
    return meeting


@action(
    "meeting.suspend",
    model=Meeting,
    label=pgettext_lazy("button, council", "Suspend"),
    done=_("Suspended the sitting"),
    policy=policy.may_preside,
    starts={M.IN_SESSION},
    ends=M.SUSPENDED,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), required=False, max_length=300)},
)
def suspend_meeting(actor: Actor, meeting: Meeting, *, reason: str = "") -> Meeting:
    """Interrupt the sitting; a vote under way has to be ended first."""
    room.refuse_during_vote(meeting)
    _close_sitting(meeting, timezone.now(), reason or pgettext("words, council", "Suspended"))
    meeting.reason = reason
    return meeting


@action(
    "meeting.resume",
    model=Meeting,
    label=pgettext_lazy("button, council", "Resume"),
    done=_("Resumed the sitting"),
    policy=policy.may_preside,
    starts={M.SUSPENDED},
    ends=M.IN_SESSION,
)
def resume_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Go on after an interruption; the quorum is counted anew."""
    _open_sitting(meeting)
    return meeting


@action(
    "meeting.adjourn",
    model=Meeting,
    label=pgettext_lazy("button, council", "Adjourn"),
    done=_("Adjourned the sitting"),
    policy=policy.may_preside,
    starts={M.IN_SESSION},
    ends=M.ADJOURNED,
    takes={
        "reason": forms.CharField(
            label=_("Reason, and when the meeting resumes"), max_length=300, help_text=_("Every delegation sees it.")
        )
    },
)
def adjourn_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> Meeting:
    """End the sitting until another day; the roll is called again then."""
    room.refuse_during_vote(meeting)
    now = timezone.now()
    _close_sitting(meeting, now, reason)
    _everybody_goes(actor, meeting, now)
    meeting.reason = reason
    emit("meeting.adjourned", meeting)
    return meeting


@action(
    "meeting.close",
    model=Meeting,
    label=_("Close the meeting"),
    done=_("Closed a meeting"),
    policy=policy.may_preside,
    starts={M.IN_SESSION, M.SUSPENDED},
    ends=M.CLOSED,
)
def close_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """End the meeting; items without an outcome are deferred."""
    room.refuse_during_vote(meeting)
    now = timezone.now()
    for item in AgendaItem.objects.select_for_update().filter(meeting=meeting, state__in=AgendaItem.OPEN):
        before, item.state = item.state, AgendaItem.State.DEFERRED
        item.reason = _now("Not reached at this meeting")
        change_also("item.defer", item, "state", "reason", before=before)
    _close_sitting(meeting, now, pgettext("sitting, council", "Closed"))
    _everybody_goes(actor, meeting, now)
    meeting.floor_item_id = None
    emit("meeting.closed", meeting)
    return meeting


def _note(actor: Actor, meeting: Meeting, at: datetime.datetime, events: list[tuple[str, str]]) -> None:
    PresenceEvent.objects.bulk_create(
        PresenceEvent(meeting=meeting, party_id=party, event=event, at=at, seat_id=actor.seat_id)
        for party, event in events
    )


def _everybody_goes(actor: Actor, meeting: Meeting, at: datetime.datetime) -> None:
    """Presence ends with the day: whoever comes to the next sitting is counted then."""
    last = room.last_events(meeting, at)
    _note(actor, meeting, at, [(party, AWAY[E(event)]) for party, event in last.items() if event in room.HERE])


def _on_its_days(meeting: Meeting, now: datetime.datetime) -> None:
    """Refuse a sitting before the meeting's first day or after its last one, at the place: the record names them."""
    first, last = (membership.day_of(moment, meeting.time_zone) for moment in (meeting.starts_at, meeting.ends_at))
    today = membership.day_of(now, meeting.time_zone)
    if first <= today <= last:
        return
    days = {"today": today, "first": first, "last": last, "zone": meeting.time_zone}
    sentence = _now(
        "It is %(today)s at the meeting place (%(zone)s), and the meeting is planned from "
        "%(first)s to %(last)s. Move the meeting first, with a reason; every delegation is "
        "notified."
    )
    raise Refused("wrong-state", Refusals.NOT_ITS_DAY, message=sentence % days)


def _open_sitting(meeting: Meeting) -> None:
    now = timezone.now()
    _on_its_days(meeting, now)
    there = room.presence(meeting, now)
    if not there.met:
        asked = there.sentence if there.everybody else _now("%s Call the roll first.") % there.sentence
        raise Refused("wrong-state", Refusals.NO_QUORUM, message=_now("There is no quorum. %s") % asked)
    elsewhere = Sitting.objects.filter(meeting__organ=meeting.organ_id, closed_at=None).exclude(meeting=meeting)
    if elsewhere.exists():
        raise Refused("wrong-state", Refusals.ORGAN_SITS)
    _sitting(meeting, there, now)


def _sitting(meeting: Meeting, there: room.Presence, now: datetime.datetime, **more: Any) -> None:
    Sitting.objects.create(
        meeting=meeting,
        number=Sitting.objects.filter(meeting=meeting).count() + 1,
        opened_at=now,
        quorum_required=there.quorum_required,
        present=list(there.members_present),
        **more,
    )


def _close_sitting(meeting: Meeting, now: datetime.datetime, reason: str) -> None:
    Sitting.objects.filter(meeting=meeting, closed_at=None).update(closed_at=now, closed_reason=reason)
