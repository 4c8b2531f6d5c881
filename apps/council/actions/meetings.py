"""Calling a meeting: planned by the Secretariat, changed, convened under the rules of its day, or cancelled."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.council import policy
from apps.council.models import AgendaItem, Delegation, Meeting
from apps.council.queries import audience, membership
from apps.council.queries.choices import OrganChoice, StateChoice
from apps.council.queries.meetings import zone_of
from apps.council.rules import schedule

M = Meeting.State
LONGEST_REASON = 300
PLANNED = {M.DRAFT, M.CONVENED}
BEFORE_SESSION = {M.DRAFT, M.CONVENED, M.AGENDA_OPEN, M.AGENDA_CLOSED}
LANGUAGE = re.compile(r"[a-z]{2}(-[a-z]{2})?|[a-z]{3}")
MISWRITTEN = _("Enter day and time at the meeting place, for example 2026-12-10 09:00.")


def local_time(label: Any, required: bool) -> forms.Field:
    """A field for a day and an hour at the place of a meeting."""
    return forms.RegexField(
        r"^\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T]+[0-9]{1,2}:[0-9]{2}\s*$",
        label=label,
        required=required,
        max_length=20,
        help_text=_("Local time at the meeting place, for example 2026-12-10 09:00"),
        error_messages={"invalid": MISWRITTEN},
    )


def _when_and_where(required: bool) -> dict[str, forms.Field]:
    """The input that can still be changed after the call; for a change everything is optional."""
    return {
        "starts_at": local_time(pgettext_lazy("words, council", "Opening"), required),
        "ends_at": local_time(pgettext_lazy("field, council", "End"), required),
        "time_zone": forms.CharField(
            label=_("Time zone of the meeting place"),
            required=False,
            max_length=40,
            help_text=_(
                "as in the tz database, for example America/Jamaica; empty: that of the place that is entered, else"
                " of the State in the chair"
            ),
        ),
        "mode": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Format"),
            required=False,
            choices=Meeting.Mode.choices,
            initial=Meeting.Mode.IN_PERSON,
        ),
        "place": forms.CharField(
            label=pgettext_lazy("field, council", "Place"),
            required=False,
            max_length=120,
            help_text=_("Town and building; for a remote meeting, its link"),
        ),
        "chair": StateChoice(
            label=_("State in the chair"), required=False, help_text=_("Leave empty for the chair of that day")
        ),
        "notice_days": forms.IntegerField(
            label=_("Days of notice"),
            required=False,
            min_value=0,
            max_value=365,
            initial=21,
            help_text=_("Calendar days between the call and the opening"),
        ),
        "languages": forms.CharField(
            label=pgettext_lazy("field, council", "Languages"),
            required=False,
            max_length=40,
            initial="en",
            help_text=_("Codes separated by spaces: en fr nl"),
        ),
    }


@action(
    "meeting.create",
    model=Meeting,
    label=_("Plan a meeting"),
    done=_("Planned a meeting"),
    policy=policy.may_keep,
    ends=M.DRAFT,
    takes={
        "organ": OrganChoice(label=pgettext_lazy("field, council", "Organ")),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Kind"),
            required=False,
            choices=Meeting.Kind.choices,
            initial=Meeting.Kind.REGULAR,
        ),
        "number": forms.IntegerField(
            label=pgettext_lazy("field, council", "Number"),
            required=False,
            min_value=1,
            max_value=9999,
            help_text=_("Leave empty for the next number; special meetings have their own series"),
        ),
        **_when_and_where(required=True),
    },
)
def create_meeting(
    actor: Actor,
    _row: None,
    *,
    organ: str,
    starts_at: str,
    ends_at: str,
    kind: str = "",
    number: int | None = None,
    time_zone: str = "",
    fictional: bool = False,
    **more: Any,
) -> Meeting:
    """Plan a meeting of an organ; until it is convened only the Secretariat sees it."""
    kind = kind or Meeting.Kind.REGULAR
    meeting = Meeting(
        organ_id=organ,
        kind=kind,
        number=_number(organ, kind, number),
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        fictional=fictional,
        languages=["en"],
    )
    _set(meeting, starts_at=starts_at, ends_at=ends_at, time_zone=time_zone, **more)
    meeting.save(force_insert=True)
    share(actor, meeting, audience.keepers())
    return meeting


def _number(organ: str, kind: str, number: int | None) -> int:
    """The number, or the next of its kind; ValidationError when it is given away."""
    same = Meeting.objects.filter(organ_id=organ, kind=kind)
    if number is None:
        return (same.aggregate(last=Max("number"))["last"] or 0) + 1
    if same.filter(number=number).exists():
        raise ValidationError(
            {"number": _now("The organ already has a meeting of this kind with this number. Leave the number empty.")}
        )
    return number


def _set(
    meeting: Meeting,
    *,
    starts_at: str = "",
    ends_at: str = "",
    time_zone: str = "",
    mode: str = "",
    place: str | None = None,
    chair: str | None = None,
    notice_days: int | None = None,
    languages: str = "",
) -> None:
    """Put input on a meeting; what is empty stays. The local times are read in the zone of the place.

    That is the zone that the input names, else that of the place or of the State in the chair that it names. Where
    the zone becomes another one and no time is sent, the hours at the place stay.
    """
    hours, was = _hours(meeting), (meeting.place, meeting.chair_id)
    meeting.place = meeting.place if place is None else place.strip()
    moves = meeting.starts_at is None or was != (meeting.place, chair or meeting.chair_id)
    zone = time_zone or (zone_of(meeting.place, chair or meeting.chair_id) if moves else "")
    if zone and zone != meeting.time_zone:
        meeting.time_zone = _known(zone)
        starts_at, ends_at = starts_at or hours[0], ends_at or hours[1]
    set_times(meeting, starts_at, ends_at)
    meeting.mode = mode or meeting.mode
    meeting.notice_days = meeting.notice_days if notice_days is None else notice_days
    meeting.languages = languages.lower().replace(",", " ").split() or meeting.languages
    if not all(LANGUAGE.fullmatch(code) for code in meeting.languages):
        raise ValidationError({"languages": _now("Enter language codes, for example en fr.")})
    _set_chair(meeting, chair)


def _hours(meeting: Meeting) -> tuple[str, str]:
    """Opening and end as they were written, at the place; empty before there are any."""
    if meeting.starts_at is None:
        return "", ""
    zone = meeting.time_zone
    return schedule.written(meeting.starts_at, zone), schedule.written(meeting.ends_at, zone)


def _known(zone: str) -> str:
    try:
        schedule.zone(zone)
    except ValueError:
        sentence = _now("There is no time zone with this name. Enter it like this: America/Port_of_Spain.")
        raise ValidationError({"time_zone": sentence}) from None
    return zone


def set_times(meeting: Meeting, starts_at: str, ends_at: str) -> None:
    """Put local times on a meeting, read in its zone; an empty one stays."""
    meeting.starts_at = _moment(meeting, "starts_at", starts_at)
    meeting.ends_at = _moment(meeting, "ends_at", ends_at)
    if meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends_at": _now("Enter an end that is later than the opening.")})


def _moment(meeting: Meeting, name: str, text: str) -> datetime.datetime:
    """The instant of a local time; the meeting's own where nothing was sent."""
    if not text:
        return getattr(meeting, name)
    try:
        return schedule.moment(text, meeting.time_zone)
    except ValueError:
        raise ValidationError({name: MISWRITTEN}) from None


def _set_chair(meeting: Meeting, chair: str | None) -> None:
    day = opening(meeting)
    if chair and chair not in {party.code for party in membership.roll(day)}:
        words = {"party": chair, "day": day}
        raise ValidationError({"chair": _now("%(party)s is not a Member State on %(day)s.") % words})
    meeting.chair_id = chair or meeting.chair_id or membership.chair_on(meeting.organ_id, day)


def opening(meeting: Meeting) -> datetime.date:
    """The day of the opening at the place: it decides who is a Member State and which rules hold."""
    return membership.day_of(meeting.starts_at, meeting.time_zone)


@action(
    "meeting.change",
    model=Meeting,
    label=pgettext_lazy("button, council", "Change"),
    done=_("Changed a meeting"),
    policy=policy.may_keep,
    starts=PLANNED,
    ends=PLANNED,
    takes={
        **_when_and_where(required=False),
        "notice_waiver": forms.CharField(
            label=_("Chair's reason for shorter notice"), required=False, max_length=LONGEST_REASON
        ),
    },
)
def change_meeting(actor: Actor, meeting: Meeting, *, notice_waiver: str = "", **fields: Any) -> Meeting:
    """Change time, place, mode or chair; a meeting that is called already keeps its notice all the same."""
    before = meeting.chair_id
    _set(meeting, **fields)
    if meeting.state == M.CONVENED:
        meeting.notice_waiver = notice_waiver or meeting.notice_waiver
        call(actor, meeting)
        emit("meeting.changed", meeting)
    if meeting.chair_id != before:
        AgendaItem.objects.filter(meeting=meeting).update(chair_id=meeting.chair_id)
    return meeting


@action(
    "meeting.convene",
    model=Meeting,
    label=pgettext_lazy("button, council", "Convene"),
    done=_("Convened a meeting"),
    policy=policy.may_keep,
    starts={M.DRAFT},
    ends=M.CONVENED,
    takes={
        "notice_waiver": forms.CharField(
            label=_("Chair's reason for shorter notice"),
            required=False,
            max_length=LONGEST_REASON,
            help_text=_("Only if the notice is shorter than the rules require"),
        ),
        "agenda_deadline": forms.DateField(
            label=_("Deadline for items"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=_("For example 2026-11-26; leave empty for two thirds of the notice before the opening"),
        ),
        "papers_deadline": forms.DateField(
            label=_("Deadline for papers"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=_("For example 2026-12-03; leave empty for one third of the notice before the opening"),
        ),
    },
)
def convene_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    notice_waiver: str = "",
    agenda_deadline: datetime.date | None = None,
    papers_deadline: datetime.date | None = None,
) -> Meeting:
    """Call the States: the rules of the day are frozen, each gets its delegation, and the deadlines are set."""
    meeting.notice_waiver = notice_waiver.strip()
    meeting.convened_at = timezone.now()
    call(actor, meeting)
    meeting.agenda_deadline = agenda_deadline or meeting.agenda_deadline
    meeting.papers_deadline = papers_deadline or meeting.papers_deadline
    for name in ("agenda_deadline", "papers_deadline"):
        if getattr(meeting, name) > opening(meeting):
            raise ValidationError({name: _now("This day is after the opening. Choose an earlier one.")})
    emit("meeting.convened", meeting)
    return meeting


def call(actor: Actor, meeting: Meeting) -> None:
    """The guards and effects of a call, for the opening as it is planned now."""
    day = opening(meeting)
    _has_what_a_call_needs(meeting, day)
    _keeps_notice(meeting, day)
    call = membership.day_of(_called_at(meeting), meeting.time_zone)
    meeting.agenda_deadline, meeting.papers_deadline = schedule.deadlines(call, day, meeting.notice_days)
    called = set(Delegation.objects.filter(meeting=meeting).values_list("party_id", flat=True))
    Delegation.objects.bulk_create(
        Delegation(meeting=meeting, party=party, votes=votes)
        for votes, parties in ((True, membership.roll(day)), (False, membership.associates(day)))
        for party in parties
        if party.code not in called
    )
    share(actor, meeting, audience.everybody(day))


def _called_at(meeting: Meeting) -> datetime.datetime:
    return meeting.convened_at or timezone.now()


def _has_what_a_call_needs(meeting: Meeting, day: datetime.date) -> None:
    if not meeting.place:
        raise ValidationError(
            {"place": _now("The meeting has no place yet. Select Change and enter it, or the link of a remote one.")}
        )
    meeting.rule_set = membership.rule_set_on(meeting.organ_id, day)
    if meeting.rule_set is None:
        words = {"organ": meeting.organ_id, "day": day}
        sentence = _now(
            "%(organ)s needs exactly one rule set in force on %(day)s. Choose another day, or "
            "have the rules for that day entered."
        )
        raise ValidationError({"rule_set": sentence % words})
    if meeting.chair_id is None:
        sentence = _now("No chair is recorded for %(organ)s on %(day)s. Select Change and enter one.")
        raise ValidationError({"chair": sentence % {"organ": meeting.organ_id, "day": day}})


def _keeps_notice(meeting: Meeting, day: datetime.date) -> None:
    """ValidationError, naming the days, unless the notice is kept or the chair gave a reason for a shorter one."""
    call = membership.day_of(_called_at(meeting), meeting.time_zone)
    given = schedule.notice_given(call, day)
    if given < 0 or (given == 0 and meeting.starts_at <= _called_at(meeting)):
        raise ValidationError({"starts_at": _now("The opening is in the past. Select Change and enter a later one.")})
    if given >= meeting.notice_days:
        meeting.notice_waiver = ""
        return
    if meeting.notice_waiver:
        return
    sentence = _now(
        "Notice must be %(needed)s days; from %(call)s to %(day)s there are %(given)s. Move "
        "the opening to %(first)s or later, or enter the chair's reason for shorter notice."
    )
    words = {"needed": meeting.notice_days, "call": call, "day": day, "given": given}
    first = call + datetime.timedelta(days=meeting.notice_days)
    raise ValidationError({"notice_waiver": sentence % {**words, "first": first}})


@action(
    "meeting.cancel",
    model=Meeting,
    label=_("Cancel the meeting"),
    done=_("Cancelled a meeting"),
    policy=policy.may_preside,
    starts=BEFORE_SESSION,
    ends=M.CANCELLED,
    takes={"reason": forms.CharField(label=_("Reason for cancellation"), max_length=LONGEST_REASON)},
    danger=True,
)
def cancel_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> Meeting:
    """Call the meeting off; its items wait for the next agenda of the organ."""
    meeting.reason = reason
    waiting = AgendaItem.objects.filter(meeting=meeting, state__in=[*AgendaItem.OPEN])
    for item in waiting.select_for_update(of=("self",)):
        before, item.state, item.reason = item.state, AgendaItem.State.DEFERRED, reason
        change_also("item.defer", item, "state", "reason", before=before)
    if meeting.convened_at is not None:
        emit("meeting.cancelled", meeting)
    return meeting
