"""What is on the floor, and who speaks to it (machine `agenda_item`)."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.council import policy
from apps.council.models import AgendaItem, Decision, Meeting, Speaker
from apps.council.policy import room as rights
from apps.council.queries import room
from apps.council.refusals import Refusals

A, D, S = AgendaItem.State, Decision.State, Speaker.State
UNSETTLED = {D.PROPOSED, D.AMENDING, D.VOTING}
DECIDED = {D.ADOPTED, D.REJECTED, D.PENDING_AD_REFERENDUM, D.PENDING_WRITTEN, *Decision.STANDING}


@action(
    "item.open",
    model=AgendaItem,
    label=_("Open the item"),
    done=_("Opened an item in the session"),
    policy=policy.may_preside,
    starts={A.SCHEDULED, A.UNDER_DISCUSSION},
    ends=A.UNDER_DISCUSSION,
    locks_first=["meeting"],
)
def open_agenda_item(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Take an item up, or up again: from now on it is the one that is spoken to."""
    meeting = _in_session(item)
    if meeting.floor_item_id == item.pk:
        raise Refused("wrong-state", Refusals.ON_THE_FLOOR)
    room.refuse_during_vote(meeting)
    if meeting.floor_item_id is not None:
        _end_list(meeting.floor_item_id)
    _set_floor(meeting, item.pk)
    return item


@action(
    "item.note",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Take note"),
    done=_("Took note of an item"),
    policy=policy.may_preside,
    starts={A.UNDER_DISCUSSION},
    ends=A.NOTED,
    takes={
        "outcome": forms.CharField(
            label=_("What was noted"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        )
    },
    locks_first=["meeting"],
)
def note_agenda_item(actor: Actor, item: AgendaItem, *, outcome: str = "") -> AgendaItem:
    """End an item by taking note of it."""
    _leave_floor(actor, item)
    item.outcome = outcome.strip() or _now("The meeting took note.")
    emit("item.noted", item)
    return item


@action(
    "item.decide",
    model=AgendaItem,
    label=_("Conclude the item"),
    done=_("Concluded an item with its decision"),
    policy=policy.may_preside,
    starts={A.UNDER_DISCUSSION},
    ends=A.DECIDED,
    takes={
        "outcome": forms.CharField(
            label=pgettext_lazy("field, council", "Outcome"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Leave empty to list the item's decisions and their results"),
        )
    },
    locks_first=["meeting"],
)
def decide_agenda_item(actor: Actor, item: AgendaItem, *, outcome: str = "") -> AgendaItem:
    """End an item with what was decided on it; each of its proposals has been voted on, or adopted by consensus."""
    meeting = _leave_floor(actor, item)
    decisions = list(Decision.objects.filter(item=item, meeting=meeting).order_by("working_no"))
    waiting = [str(row) for row in decisions if row.state in UNSETTLED]
    if waiting:
        text = _now("Still open: %(decisions)s. Vote, adopt by consensus, defer or withdraw first.")
        raise ValidationError({"outcome": text % {"decisions": ", ".join(waiting)}})
    settled = [row for row in decisions if row.state in DECIDED]
    if not settled and item.kind != AgendaItem.Kind.PROCEDURAL:
        raise ValidationError(
            {
                "outcome": _now(
                    "No decision on this item has been adopted or rejected. Vote first, take note, or defer the item."
                )
            }
        )
    told = "; ".join(f"{row}: {row.get_state_display().lower()}" for row in settled)
    item.outcome = outcome.strip() or told
    if not item.outcome:
        raise ValidationError({"outcome": _now("Enter what was decided, for example: The agenda is adopted.")})
    emit("item.decided", item)
    return item


@action(
    "item.ask_for_floor",
    model=AgendaItem,
    label=_("Ask for the floor"),
    done=_("Asked for the floor"),
    policy=policy.may_speak_for_state,
    starts={A.UNDER_DISCUSSION},
    ends=A.UNDER_DISCUSSION,
)
def ask_for_floor(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Put your delegation on the speakers' list."""
    meeting = _on_the_floor(item)
    now = timezone.now()
    if actor.party_code not in room.present_at(meeting, now):
        raise Refused(Refusals.NOT_PRESENT)
    if Speaker.objects.filter(item=item, party_id=actor.party_code, state__in=[S.WAITING, S.SPEAKING]).exists():
        raise Refused("wrong-state", Refusals.ON_THE_LIST)
    Speaker.objects.create(item=item, party_id=actor.party_code, asked_at=now)
    return item


class Waiting(forms.ChoiceField):
    """A delegation on the speakers' list of the item."""

    def scope(self, actor: Actor | None, row: AgendaItem | None) -> None:
        """Offer those who wait, in the order of asking."""
        if row is not None:
            rows = Speaker.objects.filter(item=row, state=S.WAITING).select_related("party").order_by("asked_at")
            self.choices = [(each.party_id, str(each.party)) for each in rows]


@action(
    "item.give_floor",
    model=AgendaItem,
    label=_("Give the floor"),
    done=_("Gave the floor"),
    policy=policy.may_preside,
    starts={A.UNDER_DISCUSSION},
    ends=A.UNDER_DISCUSSION,
    takes={
        "party": Waiting(
            label=pgettext_lazy("field, council", "To"),
            error_messages={
                "invalid_choice": _(
                    "%(value)s is not on the speakers' list. Choose a delegation that asked for the floor."
                )
            },
        )
    },
)
def give_floor(actor: Actor, item: AgendaItem, *, party: str) -> AgendaItem:
    """Let a delegation on the list speak; whoever spoke before has ended."""
    meeting = _on_the_floor(item)
    now = timezone.now()
    if party not in room.present_at(meeting, now):
        raise ValidationError(
            {"party": _now("%(party)s is not in the room. Choose another delegation.") % {"party": party}}
        )
    _end_speech(item.pk, now)
    Speaker.objects.filter(item=item, party_id=party, state=S.WAITING).update(state=S.SPEAKING, started_at=now)
    return item


@action(
    "item.yield_floor",
    model=AgendaItem,
    label=_("End the speech"),
    done=_("Ended a speech"),
    policy=rights.may_end_speech,
    starts={A.UNDER_DISCUSSION},
    ends=A.UNDER_DISCUSSION,
)
def yield_floor(actor: Actor, item: AgendaItem) -> AgendaItem:
    """End the speech under way: one's own, or as the chair anybody's."""
    speaking = Speaker.objects.filter(item=item, state=S.SPEAKING).first()
    if speaking is None:
        raise Refused("wrong-state", Refusals.NOBODY_SPEAKS)
    if speaking.party_id != actor.party_code and not policy.may_preside(actor, item):
        raise Refused(Refusals.NOT_CHAIR)
    _end_speech(item.pk, timezone.now())
    return item


@action(
    "item.leave_list",
    model=AgendaItem,
    label=_("Leave the speakers' list"),
    done=_("Left the speakers' list"),
    policy=policy.may_speak_for_state,
    starts={A.UNDER_DISCUSSION},
    ends=A.UNDER_DISCUSSION,
)
def leave_speakers_list(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Take your delegation off the speakers' list."""
    rows = Speaker.objects.filter(item=item, party_id=actor.party_code, state=S.WAITING)
    if not rows.update(state=S.WITHDRAWN, ended_at=timezone.now()):
        raise Refused("wrong-state", Refusals.NOT_ON_THE_LIST)
    return item


def _in_session(item: AgendaItem) -> Meeting:
    """The item's meeting; refused unless it sits."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if meeting.state != Meeting.State.IN_SESSION:
        raise Refused("wrong-state", Refusals.NOT_IN_SESSION)
    return meeting


def _on_the_floor(item: AgendaItem) -> Meeting:
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if meeting.state != Meeting.State.IN_SESSION:
        raise Refused("wrong-state", Refusals.NOT_IN_SESSION)
    if meeting.floor_item_id != item.pk:
        raise Refused("wrong-state", Refusals.NOT_ON_THE_FLOOR)
    return meeting


def _leave_floor(actor: Actor, item: AgendaItem) -> Meeting:
    """The item is no longer spoken to; its list ends with it."""
    meeting = _in_session(item)
    room.refuse_during_vote(meeting)
    _end_list(item.pk)
    if meeting.floor_item_id == item.pk:
        _set_floor(meeting, None)
    return meeting


def _set_floor(meeting: Meeting, item_id: Any) -> None:
    meeting.floor_item_id = item_id
    change_also("meeting.move_floor", meeting, "floor_item_id")


def _end_speech(item_id: Any, now: datetime.datetime) -> None:
    Speaker.objects.filter(item_id=item_id, state=S.SPEAKING).update(state=S.DONE, ended_at=now)


def _end_list(item_id: Any) -> None:
    now = timezone.now()
    _end_speech(item_id, now)
    Speaker.objects.filter(item_id=item_id, state=S.WAITING).update(state=S.WITHDRAWN, ended_at=now)
