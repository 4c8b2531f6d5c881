"""The agenda of a meeting as a whole: opened for proposals, closed with a time plan, reopened by the chair."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share_many
from apps.council import policy
from apps.council.models import AgendaItem, Delegation, Meeting
from apps.council.queries import agenda as queries
from apps.council.queries import audience, briefs, membership
from apps.council.queries.meetings import last_meeting, left_over
from apps.council.rules import schedule
from apps.council.rules.titles import meeting_name

M, ITEM = Meeting.State, AgendaItem.State


@action(
    "meeting.open_agenda",
    model=Meeting,
    label=_("Open the agenda"),
    done=_("Opened the agenda"),
    policy=policy.may_keep,
    starts={M.CONVENED},
    ends=M.AGENDA_OPEN,
)
def open_agenda(actor: Actor, meeting: Meeting) -> Meeting:
    """Let States propose items. The minutes of the last meeting and what was deferred before stand on it already."""
    last = last_meeting(meeting)
    if last is not None:
        new_item(
            actor,
            meeting,
            title=_now("Minutes of the %(name)s") % {"name": meeting_name(last.number, last.kind)},
            kind=AgendaItem.Kind.PROCEDURAL,
            summary=_now("To be agreed: %(address)s") % {"address": reverse("council:meeting", args=[last.pk])},
            papers_waived=True,
        )
    for item in left_over(meeting):
        carried(actor, item, meeting)
    emit("agenda.opened", meeting)
    return meeting


@action(
    "meeting.close_agenda",
    model=Meeting,
    label=_("Close the agenda"),
    done=_("Closed the agenda"),
    policy=policy.may_keep,
    starts={M.AGENDA_OPEN},
    ends=M.AGENDA_CLOSED,
    takes={
        "hours": forms.CharField(
            label=_("Sitting times each day"),
            required=False,
            max_length=120,
            initial=schedule.USUAL_HOURS,
            help_text=_("Local times at the meeting place, for example 09:00-12:30, 14:00-17:30"),
        ),
        "missing": forms.BooleanField(label=_("Close with papers missing; the items are marked"), required=False),
    },
)
def close_agenda(actor: Actor, meeting: Meeting, *, hours: str = "", missing: bool = False) -> Meeting:
    """Make the next version of the provisional agenda: items numbered, timed, and marked where a paper is missing."""
    items = [item for item in queries.in_order(meeting, lock=True) if item.state in {ITEM.ACCEPTED, ITEM.SCHEDULED}]
    _papers_are_there(items, missing)
    try:
        sittings = schedule.hours(hours or schedule.USUAL_HOURS)
    except ValueError:
        sentence = _now("Enter the start and end of each sitting, for example 09:00-12:30, 14:00-17:30.")
        raise ValidationError({"hours": sentence}) from None
    minutes = [item.slot_minutes for item in items]
    slots = schedule.plan(meeting.starts_at, meeting.ends_at, meeting.time_zone, sittings, minutes)
    for number, (item, slot) in enumerate(zip(items, slots, strict=True), start=1):
        before = item.state
        item.position, item.starts_at = number, slot
        item.state = ITEM.SCHEDULED
        change_also("item.schedule", item, "position", "starts_at", "state", before=before)
    # what was put off or withdrawn since has no number any more
    AgendaItem.objects.filter(meeting=meeting).exclude(state=ITEM.SCHEDULED).update(position=None)
    meeting.agenda_version += 1
    _warn_of_short_votes(meeting, items)
    emit("meeting.agenda_version", meeting, {"version": meeting.agenda_version})
    return meeting


def _warn_of_short_votes(meeting: Meeting, items: list[Any]) -> None:
    """Say of each item to decide for which fewer States announced themselves than have to vote for it."""
    voting = list(Delegation.objects.filter(meeting=meeting, votes=True))
    found = [briefs.Line(item) for item in items]
    briefs.expect_votes(meeting, found, voting)
    for line in found:
        if line.short:
            emit("agenda.majority_unreachable", line.item)


def _papers_are_there(items: list[Any], missing: bool) -> None:
    bare = [] if missing else queries.without_papers(items)
    if bare:
        sentence = _now(
            "These items for decision have no paper: %(titles)s. Attach the papers, waive them "
            "when you schedule the item, or tick the box to close without them."
        )
        titles = "; ".join(f"{item.position}. {item.title}" for item in bare)
        raise ValidationError({"missing": sentence % {"titles": titles}})


@action(
    "meeting.reopen_agenda",
    model=Meeting,
    label=_("Reopen the agenda"),
    done=_("Reopened the agenda"),
    policy=policy.may_preside,
    starts={M.AGENDA_CLOSED},
    ends=M.AGENDA_OPEN,
)
def reopen_agenda(actor: Actor, meeting: Meeting) -> Meeting:
    """Take proposals again before the session; the next closing makes a new version."""
    emit("agenda.opened", meeting, {"version": meeting.agenda_version})
    return meeting


def new_item(actor: Actor, meeting: Meeting, *, state: str = ITEM.ACCEPTED, **columns: Any) -> AgendaItem:
    """A new item at the end of the agenda, shared with whom it concerns; part of an action under way.

    Of another desk's item give `owner_id` and `originator_id`.
    """
    restricted = columns.get("restricted", False)
    columns.setdefault("owner_id", actor.desk_id)
    columns.setdefault("originator_id", actor.party_code)
    position = queries.last_position(meeting) + 1 if state == ITEM.ACCEPTED else None
    item = AgendaItem.objects.create(
        meeting=meeting, chair_id=meeting.chair_id, level=meeting.level, state=state, position=position, **columns
    )
    share_many(actor, [item], concerned(meeting, restricted=restricted))
    return item


def concerned(meeting: Meeting, *, restricted: bool) -> list[int]:
    """Groups that see an item: ministries of the day of the opening, without the Associates' when it is restricted."""
    day = membership.day_of(meeting.starts_at, meeting.time_zone)
    return audience.members(day) if restricted else audience.everybody(day)


def carried(actor: Actor, item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """The same matter on another meeting's agenda, accepted and linked to where it comes from."""
    clone = new_item(
        actor,
        meeting,
        title=item.title,
        kind=item.kind,
        summary=item.summary,
        slot_minutes=item.slot_minutes,
        rapporteur=item.rapporteur,
        restricted=item.restricted,
        papers_waived=item.papers_waived,
        carried_from=item,
        owner_id=item.owner_id,
        originator_id=item.originator_id,
    )
    also("item.carry", clone, after=clone.state)
    return clone
