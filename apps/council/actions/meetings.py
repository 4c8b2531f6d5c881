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

from apps.access.actor import Actor
from apps.access.doors import action, change_also, emit
from apps.access.models import Level
from apps.access.sharing import share
from apps.council import policy
from apps.council.choices import OrganChoice, StateChoice
from apps.council.models import AgendaItem, Delegation, Meeting
from apps.council.queries import audience, membership
from apps.council.rules import schedule

M = Meeting.State
LONGEST_REASON = 300
PLANNED = {M.DRAFT, M.CONVENED}
BEFORE_SESSION = {M.DRAFT, M.CONVENED, M.AGENDA_OPEN, M.AGENDA_CLOSED}
LANGUAGE = re.compile(r"[a-z]{2}(-[a-z]{2})?|[a-z]{3}")
MISWRITTEN = _("Write the day and the hour at the place, for example 2026-12-10 09:00.")


def _local_time(label: Any, required: bool) -> forms.Field:
    return forms.RegexField(
        r"^\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T]+[0-9]{1,2}:[0-9]{2}\s*$",
        label=label,
        required=required,
        max_length=20,
        help_text=_("local time at the place, written 2026-12-10 09:00"),
        error_messages={"invalid": MISWRITTEN},
    )


def _when_and_where(required: bool) -> dict[str, forms.Field]:
    """The input that can still be changed after the call; for a change everything is optional."""
    return {
        "starts_at": _local_time(_("Opening"), required),
        "ends_at": _local_time(_("End"), required),
        "time_zone": forms.CharField(
            label=_("Time zone of the place"),
            required=False,
            max_length=40,
            initial="America/Port_of_Spain",
            help_text=_("as in the tz database, for example America/Port_of_Spain"),
        ),
        "mode": forms.ChoiceField(
            label=_("Mode"), required=False, choices=Meeting.Mode.choices, initial=Meeting.Mode.IN_PERSON
        ),
        "place": forms.CharField(
            label=_("Place"),
            required=False,
            max_length=120,
            help_text=_("town and house; of a remote meeting, its link"),
        ),
        "chair": StateChoice(
            label=_("State in the chair"), required=False, help_text=_("empty: as it is known for the day")
        ),
        "notice_days": forms.IntegerField(
            label=_("Days of notice"),
            required=False,
            min_value=0,
            max_value=365,
            initial=21,
            help_text=_("calendar days between the call and the opening"),
        ),
        "languages": forms.CharField(
            label=_("Languages"),
            required=False,
            max_length=40,
            initial="en",
            help_text=_("codes with blanks: en fr nl"),
        ),
    }


@action(
    "meeting.create",
    model=Meeting,
    label=_("Plan a meeting"),
    policy=policy.may_keep,
    ends=M.DRAFT,
    takes={
        "organ": OrganChoice(label=_("Organ")),
        "kind": forms.ChoiceField(
            label=_("Kind"), required=False, choices=Meeting.Kind.choices, initial=Meeting.Kind.REGULAR
        ),
        "number": forms.IntegerField(
            label=_("Number"),
            required=False,
            min_value=1,
            max_value=9999,
            help_text=_("empty: the next of its kind; special meetings are numbered on their own"),
        ),
        **_when_and_where(required=True),
    },
)
def create(
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
            {"number": _now("The organ has a meeting of this kind and number already. Leave the number empty.")}
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
    """Put input on a meeting; what is empty stays. The local times are read in the zone that the input names."""
    meeting.time_zone = time_zone or meeting.time_zone
    meeting.starts_at = _moment(meeting, "starts_at", starts_at)
    meeting.ends_at = _moment(meeting, "ends_at", ends_at)
    if meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends_at": _now("The end must be later than the opening.")})
    meeting.mode = mode or meeting.mode
    meeting.place = meeting.place if place is None else place.strip()
    meeting.notice_days = meeting.notice_days if notice_days is None else notice_days
    meeting.languages = languages.lower().replace(",", " ").split() or meeting.languages
    if not all(LANGUAGE.fullmatch(code) for code in meeting.languages):
        raise ValidationError({"languages": _now("Write the codes of the languages, for example en fr.")})
    _set_chair(meeting, chair)


def _moment(meeting: Meeting, name: str, text: str) -> datetime.datetime:
    """The instant of a local time; the meeting's own where nothing was sent."""
    try:
        schedule.zone(meeting.time_zone)
    except ValueError:
        sentence = _now("There is no time zone of this name. Write it as in America/Port_of_Spain.")
        raise ValidationError({"time_zone": sentence}) from None
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
        raise ValidationError({"chair": _now("%(party)s is no Member State on %(day)s.") % words})
    meeting.chair_id = chair or meeting.chair_id or membership.chair_on(meeting.organ_id, day)


def opening(meeting: Meeting) -> datetime.date:
    """The day of the opening at the place: it decides who is a Member State and which rules hold."""
    return membership.day_of(meeting.starts_at, meeting.time_zone)


@action(
    "meeting.change",
    model=Meeting,
    label=_("Change"),
    policy=policy.may_keep,
    starts=PLANNED,
    ends=PLANNED,
    takes={
        **_when_and_where(required=False),
        "notice_waiver": forms.CharField(
            label=_("Chair's reason for a shorter notice"), required=False, max_length=LONGEST_REASON
        ),
    },
)
def change(actor: Actor, meeting: Meeting, *, notice_waiver: str = "", **fields: Any) -> Meeting:
    """Change time, place, mode or chair; a meeting that is called already keeps its notice all the same."""
    before = meeting.chair_id
    _set(meeting, **fields)
    if meeting.state == M.CONVENED:
        meeting.notice_waiver = notice_waiver or meeting.notice_waiver
        _call(actor, meeting)
        emit("meeting.changed", meeting)
    if meeting.chair_id != before:
        AgendaItem.objects.filter(meeting=meeting).update(chair_id=meeting.chair_id)
    return meeting


@action(
    "meeting.convene",
    model=Meeting,
    label=_("Convene"),
    policy=policy.may_keep,
    starts={M.DRAFT},
    ends=M.CONVENED,
    takes={
        "notice_waiver": forms.CharField(
            label=_("Chair's reason for a shorter notice"),
            required=False,
            max_length=LONGEST_REASON,
            help_text=_("only where the days of notice are not kept"),
        ),
        "agenda_deadline": forms.DateField(
            label=_("Last day for items"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=_("for example 2026-11-26; empty: two thirds of the notice before the opening"),
        ),
        "papers_deadline": forms.DateField(
            label=_("Last day for papers"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=_("for example 2026-12-03; empty: one third of the notice before the opening"),
        ),
    },
)
def convene(
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
    _call(actor, meeting)
    meeting.agenda_deadline = agenda_deadline or meeting.agenda_deadline
    meeting.papers_deadline = papers_deadline or meeting.papers_deadline
    for name in ("agenda_deadline", "papers_deadline"):
        if getattr(meeting, name) > opening(meeting):
            raise ValidationError({name: _now("This day lies after the opening. Choose an earlier one.")})
    emit("meeting.convened", meeting)
    return meeting


def _call(actor: Actor, meeting: Meeting) -> None:
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
            {"place": _now("The meeting has no place yet. Enter it with Change; for a remote meeting enter its link.")}
        )
    meeting.rule_set = membership.rule_set_on(meeting.organ_id, day)
    if meeting.rule_set is None:
        words = {"organ": meeting.organ_id, "day": day}
        sentence = _now(
            "There is not exactly one rule set in force for %(organ)s on %(day)s. Choose another day, or have the rules"
            " of that day entered."
        )
        raise ValidationError({"rule_set": sentence % words})
    if meeting.chair_id is None:
        sentence = _now("No State is known in the chair of %(organ)s on %(day)s. Enter it with Change.")
        raise ValidationError({"chair": sentence % {"organ": meeting.organ_id, "day": day}})


def _keeps_notice(meeting: Meeting, day: datetime.date) -> None:
    """ValidationError, naming the days, unless the notice is kept or the chair gave a reason for a shorter one."""
    call = membership.day_of(_called_at(meeting), meeting.time_zone)
    given = schedule.notice_given(call, day)
    if given < 0 or (given == 0 and meeting.starts_at <= _called_at(meeting)):
        raise ValidationError({"starts_at": _now("The opening is over. Enter a later one with Change.")})
    if given >= meeting.notice_days:
        meeting.notice_waiver = ""
        return
    if meeting.notice_waiver:
        return
    sentence = _now(
        "Delegations are called %(needed)s days before the opening; from %(call)s to %(day)s there are %(given)s."
        " Move the opening to %(first)s or later, or enter the chair's reason for a shorter notice."
    )
    words = {"needed": meeting.notice_days, "call": call, "day": day, "given": given}
    first = call + datetime.timedelta(days=meeting.notice_days)
    raise ValidationError({"notice_waiver": sentence % {**words, "first": first}})


@action(
    "meeting.cancel",
    model=Meeting,
    label=_("Cancel the meeting"),
    policy=policy.may_preside,
    starts=BEFORE_SESSION,
    ends=M.CANCELLED,
    takes={"reason": forms.CharField(label=_("Why it is cancelled"), max_length=LONGEST_REASON)},
)
def cancel(actor: Actor, meeting: Meeting, *, reason: str) -> Meeting:
    """Call the meeting off; its items wait for the next agenda of the organ."""
    meeting.reason = reason
    waiting = AgendaItem.objects.filter(meeting=meeting, state__in=[*AgendaItem.OPEN])
    for item in waiting.select_for_update(of=("self",)):
        before, item.state, item.reason = item.state, AgendaItem.State.DEFERRED, reason
        change_also("item.defer", item, "state", "reason", before=before)
    if meeting.convened_at is not None:
        emit("meeting.cancelled", meeting)
    return meeting
