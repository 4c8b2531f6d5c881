"""Schedules of carriers: entered, ended, and turned into the journeys that are expected on the next days."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.grants import share, share_many
from apps.carriers import policy
from apps.carriers.models import ExpectedJourney, ExpectedParty, Schedule
from apps.carriers.queries import dated, timetable
from apps.carriers.queries.words import DAYS
from apps.journeys.actions.filed_lists import JRCC_DESKS, known_carrier, register
from apps.journeys.models import Carrier
from apps.manifests import policy as manifests_policy
from apps.manifests.queries import parties, regimes
from apps.manifests.rules import routing
from apps.people.queries import desk_ids

S = Schedule.State
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_NUMBER = 20


class Days(forms.MultipleChoiceField):
    """Days of the week: ticked, or written as `1357` or `Mon Wed Fri`."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The numbers of the days."""
        if not isinstance(value, str):
            return super().to_python(value)
        words = re.findall(r"\d|[a-z]+", value.lower())
        numbers = [str(NAMES.index(word[:3]) + 1) if word[:3] in NAMES else word for word in words]
        return sorted(set(numbers))


class PlaceField(forms.CharField):
    """A place whose time zone we know."""

    def clean(self, value: Any) -> str:
        """The code in capitals; ValidationError for a place that is not known."""
        code = str(super().clean(value)).upper()
        if code and not routing.place(code).zone:
            raise ValidationError(
                _("Place %(code)s is not known. Use the airport's IATA code (POS) or the port's UN/LOCODE (TTPOS).")
                % {"code": code[:10]}
            )
        return code


class CarrierCode(forms.CharField):
    """A designator; of a carrier's own desk its own."""

    def scope(self, actor: Any, row: Any) -> None:
        """Its own for a carrier."""
        if actor.function == "carrier":
            self.initial, self.required = actor.party_code, False


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter the date as 2026-12-24.")},
        **more,
    )


def _time(label: Any, help_text: Any) -> forms.TimeField:
    invalid = {"invalid": _("Enter the time as 14:05.")}
    return forms.TimeField(label=label, help_text=help_text, input_formats=["%H:%M"], error_messages=invalid)


FIELDS = {
    "carrier": CarrierCode(
        label=pgettext_lazy("field, jrcc", "Carrier"), max_length=3, help_text=_("designator, for example BW")
    ),
    "mode": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "By"),
        choices=[("air", pgettext_lazy("choice, jrcc", "Air")), ("sea", pgettext_lazy("choice, jrcc", "Sea"))],
        error_messages={"invalid_choice": _("Choose air or sea: %(value)s is neither.")},
    ),
    "number": forms.CharField(
        label=pgettext_lazy("field, jrcc", "Number"),
        max_length=LONGEST_NUMBER,
        help_text=_("as on manifests, for example 600"),
    ),
    "days": Days(
        label=pgettext_lazy("words, carriers", "Departure days"),
        choices=DAYS,
        error_messages={"invalid_choice": _("%(value)s is not a day. In a table, use 1 (Monday) to 7, or Mon Fri.")},
    ),
    "origin": PlaceField(
        label=pgettext_lazy("field, jrcc", "From"), max_length=5, help_text=_("IATA code or UN/LOCODE")
    ),
    "destination": PlaceField(label=pgettext_lazy("field, jrcc", "To"), max_length=5),
    "departs": _time(pgettext_lazy("words, jrcc", "Departs"), _("local time, for example 14:05")),
    "arrives": _time(pgettext_lazy("words, jrcc", "Arrives"), _("local time at the destination")),
    "arrives_day": forms.IntegerField(
        label=pgettext_lazy("field, jrcc", "Days after departure"),
        min_value=0,
        max_value=30,
        required=False,
        help_text=_("0: arrives on the same day"),
    ),
    "valid_from": _day(pgettext_lazy("words, jrcc", "First day")),
    "valid_until": _day(pgettext_lazy("words, jrcc", "Last day")),
}


@action(
    "schedule.add",
    model=Schedule,
    label=_("Add a schedule"),
    done=_("Entered a schedule"),
    policy=policy.may_schedule,
    ends=S.ACTIVE,
    takes=FIELDS,
)
def add_schedule(actor: Actor, _row: None, **fields: Any) -> Schedule:
    """Enter a recurring service; its departures are expected from now on, and a list that does not come is missed."""
    return _entered(actor, fields)


@action(
    "schedule.add_file",
    model=Schedule,
    label=_("Add schedules from a file"),
    done=_("Entered schedules from a file"),
    policy=policy.may_schedule,
    ends=S.ACTIVE,
)
def add_schedule_file(actor: Actor, _row: None, *, rows: list[dict[str, Any]]) -> Schedule:
    """Enter all services of a file, or none; the first of them."""
    first, *others = [_entered(actor, fields) for fields in rows]
    for row in others:
        also("schedule.add", row, after=row.state)
    return first


def _entered(actor: Actor, fields: dict[str, Any]) -> Schedule:
    row = made(actor, fields)
    row.carrier = register(row.carrier)
    row.save(force_insert=True)
    share(actor, row, [actor.desk_id, *desk_ids(*JRCC_DESKS, *_desk_of(row.carrier))])
    emit("schedule.added", row)
    return row


def _desk_of(carrier: Carrier) -> list[str]:
    return [f"{carrier.party_id}.carrier"] if carrier.party_id else []


def made(actor: Actor, fields: dict[str, Any]) -> Schedule:
    """The schedule of such input, not saved; ValidationError at the field that is wrong."""
    fields = {**fields, "arrives_day": fields.get("arrives_day") or 0}
    code = (fields.pop("carrier", "") or (actor.party_code if actor.function == "carrier" else "")).upper()
    carrier = known_carrier(code)
    if carrier is None:
        raise ValidationError({"carrier": _("Carrier %(code)s is not in the register.") % {"code": code}})
    if actor.function == "carrier" and code != actor.party_code:
        raise ValidationError(
            {"carrier": _("Your desk can only add schedules of %(own)s.") % {"own": actor.party_code}}
        )
    days = sorted(int(day) for day in fields.pop("days"))
    number = fields.pop("number").upper().replace(" ", "").removeprefix(code).lstrip("0")
    row = Schedule(
        owner_id=actor.desk_id, originator_id=actor.party_code, carrier=carrier, number=number, days=days, **fields
    )
    _check(row)
    return row


def _check(row: Schedule) -> None:
    if not row.number:
        raise ValidationError({"number": _("Enter the flight or voyage number, for example 600.")})
    if row.valid_until < row.valid_from:
        raise ValidationError({"valid_until": _("The last day is before the first.")})
    if row.origin == row.destination:
        raise ValidationError({"destination": _("The service starts and ends at the same place.")})
    same = Schedule.objects.filter(
        state=S.ACTIVE, carrier=row.carrier, mode=row.mode, number=row.number, origin=row.origin,
        destination=row.destination, days__overlap=row.days, valid_from__lte=row.valid_until,
        valid_until__gte=row.valid_from,
    )  # fmt: skip
    if same.exists():
        raise ValidationError(
            {"number": _("This number already has a schedule for some of these days. End that one first.")}
        )
    first = max(row.valid_from, timezone.now().date())
    found = list(timetable.departures(row, first, min(row.valid_until, first + datetime.timedelta(days=6))))
    if any(one.arrives_at <= one.departs_at for one in found):
        raise ValidationError({"arrives": _("It would arrive before it departs. Enter the days after departure.")})
    if not _wanted_by(row, first):
        text = _("Neither end is in a participating State, so no manifest is required.")
        raise ValidationError({"destination": text})


def _wanted_by(row: Schedule, day: datetime.date) -> bool:
    states = parties.states_by_alpha2()
    ends = {states.get(routing.place(code).country, "") for code in (row.origin, row.destination)}
    return bool(regimes.rules_in_force(ends - {""}, day))


@action(
    "schedule.end",
    model=Schedule,
    label=pgettext_lazy("button, jrcc", "End"),
    done=_("Ended a schedule"),
    policy=policy.may_schedule,
    starts={S.ACTIVE},
    ends={S.ACTIVE, S.ENDED},
    takes={
        "last_day": _day(_("Last departure date"), help_text=_("for example 2026-12-24; a past date ends it at once")),
        "said": forms.CharField(label=pgettext_lazy("field, jrcc", "Reason"), max_length=200),
    },
    danger=True,
)
def end_schedule(actor: Actor, row: Schedule, *, last_day: datetime.date, said: str) -> Schedule:
    """Say on which day the service runs for the last time; later departures are expected no more."""
    if last_day > row.valid_until:
        raise ValidationError({"last_day": _("It already ends on %(day)s.") % {"day": row.valid_until}})
    row.said = said
    if last_day >= row.valid_from:
        row.valid_until = last_day
    row.state = S.ENDED if last_day < max(row.valid_from, timezone.now().date()) else S.ACTIVE
    later = ExpectedJourney.objects.filter(
        schedule=row, date__gt=last_day, state=ExpectedJourney.State.EXPECTED, departs_at__gt=timezone.now()
    )
    for expected in later.order_by("pk"):
        do_also("expected.withdraw", expected)
    return row


@action(
    "schedule.plan",
    model=Schedule,
    label=_("Create expected journeys"),
    done=_("Planned the departures of a schedule"),
    policy=manifests_policy.may_process,
    starts={S.ACTIVE},
    ends=S.ACTIVE,
    automatic=True,
)
def plan_schedule(actor: Actor, row: Schedule, *, now: datetime.datetime) -> Schedule:
    """Expect the departures of the next days, each with its States' deadlines.

    What was due before we knew of it is not expected: nobody is alarmed for the past.
    """
    last = now.date() + datetime.timedelta(days=dated.chasing(now.date()).days_ahead)
    found = list(timetable.departures(row, (now - timetable.ONE_DAY).date(), last))
    same = {name: getattr(row, name) for name in ("carrier_id", "mode", "number", "origin", "destination")}
    held = ExpectedJourney.objects.filter(**same, date__lte=last).exclude(state=ExpectedJourney.State.WITHDRAWN)
    known = set(held.values_list("date", flat=True))
    coming = [one for one in found if one.date not in known and min(one.deadlines.values()) > now]
    watch = parties.desks(["JRCC.watch"])["JRCC.watch"]
    rows = [
        ExpectedJourney(
            owner_id=watch,
            originator_id="JRCC",
            schedule=row,
            date=one.date,
            departs_at=one.departs_at,
            arrives_at=one.arrives_at,
            deadline_at=min(one.deadlines.values()),
            **same,
        )
        for one in coming
    ]
    ExpectedJourney.objects.bulk_create(rows)
    ExpectedParty.objects.bulk_create(
        ExpectedParty(expected=expected, party_id=party, role=role, deadline_at=due)
        for expected, one in zip(rows, coming, strict=True)
        for (party, role), due in one.deadlines.items()
    )
    _share(actor, row.carrier, list(zip(rows, coming, strict=True)))
    row.planned_until = last
    return row


def _share(actor: Actor, carrier: Carrier, made_now: list[tuple[ExpectedJourney, timetable.Departure]]) -> None:
    """Show them to the JRCC, the carrier, and the border desks of the States that want the list."""
    by_states: dict[frozenset[str], list[ExpectedJourney]] = {}
    for expected, one in made_now:
        by_states.setdefault(frozenset(party for party, _role in one.deadlines), []).append(expected)
    for states, rows in by_states.items():
        borders = [f"{state}.border" for state in sorted(states)]
        share_many(actor, rows, desk_ids(*JRCC_DESKS, *_desk_of(carrier), *borders))
