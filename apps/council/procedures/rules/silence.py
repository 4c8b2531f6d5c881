"""The written procedure by silence: when it ends, what each reply does, where it stands.

The public model is decision 74/544 of the UN General Assembly (27 March 2020): at least 72 hours, and what nobody
breaks is adopted. Everything else here (working days, common hours, holidays, extensions, resumption, early end) is a
portal rule, to be confirmed by the organ. UTC is the only clock; no function reads one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from apps.access.service_clock import is_working_day
from apps.council.rules.rule_sets import RuleError, need
from apps.council.rules.working_time import Holidays, is_holiday

SUPPORT, OBJECT, EXTENSION, COMMENT, WITHDRAW_OBJECTION = KINDS = (
    "SUPPORT",
    "OBJECT",
    "EXTENSION",
    "COMMENT",
    "WITHDRAW_OBJECTION",
)
DISPATCHED, RUNNING, OBJECTED = "DISPATCHED", "RUNNING", "OBJECTED"
CONCLUDED, CONCLUDED_EARLY, LAPSED = "CONCLUDED", "CONCLUDED_EARLY", "LAPSED"

IGNORED_REPLIES = {
    "LATE": "It came after the deadline.",
    "STALE_TEXT": "It refers to an earlier text.",
    "NOT_A_MEMBER_STATE": "Only Member States reply with effect (Revised Treaty Art. 27(1)).",
    "NO_VOTE": "This State has no vote on the matter (Revised Treaty Art. 27(2) and 28(4)).",
    "AFTER_OBJECTION": "The silence is broken; the objection has to be withdrawn first.",
    "ALREADY_USED": "This State has already had its extension.",
    "MAXIMUM_REACHED": "The procedure would last longer than it may.",
    "REFUSED": "The chair refused the extension.",
    "TOO_LATE_TO_WITHDRAW": "The objection was withdrawn after the deadline.",
    "NO_OBJECTION": "This State has no objection to withdraw.",
}
"""Why a reply has no effect, by its code. Portal rules, to be confirmed by the organ."""

_SATURDAY = 5
_WHOLE_DAY = timedelta(days=1)
_OUTAGE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers of the procedure, dated data of the portal. Hours are clock hours, windows hours of the UTC day.

    72 hours: UN General Assembly decision 74/544. Fraction: Revised Treaty Art. 29(2). The rest is a portal rule, to be
    confirmed by the organ. `holiday_states` is how many States on holiday move the last day.
    """

    minimum_hours: int = 72
    min_full_working_days: int = 2
    window_open_utc: int = 15
    window_close_utc: int = 20
    extension_hours: int = 48
    maximum_hours: int = 168
    resume_min_hours: int = 24
    early_conclusion_if_all_support: bool = True
    holiday_moves_max: int = 2
    holiday_states: int = 1
    required_fraction: tuple[int, int] = (3, 4)
    required_strictly_more: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Parameters":
        """Read the parameters from their JSON object; keys left out have the values above."""
        values = {**data}
        if "required_fraction" in values:
            values["required_fraction"] = tuple(values["required_fraction"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a party sent. `text_hash` "" means the text as dispatched; `refused` an extension that the chair refused."""

    party: str
    kind: str
    at: datetime
    text_hash: str = ""
    refused: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RuleError(f"{self.kind!r} is not a kind of reply. Kinds are {', '.join(KINDS)}.")


@dataclass(frozen=True, slots=True)
class Procedure:
    """The facts of one procedure. Membership and vote rights are those of the day of dispatch.

    `without_vote` are the members that may not vote on the matter; `receipts` the instant at which each member had the
    text; `forced_start_at` the start set by the chair after substitute service; `period_hours` a period longer than the
    minimum; `delivery_void` that the delivery was found not to have been one; `outages` the instants at which the
    portal came back after having been away too long in the last hours. UN General Assembly decision 74/544.
    """

    members: tuple[str, ...]
    text_hash: str
    receipts: Mapping[str, datetime]
    replies: tuple[Reply, ...] = ()
    without_vote: frozenset[str] = frozenset()
    period_hours: int = 0
    forced_start_at: datetime | None = None
    delivery_void: bool = False
    outages: tuple[datetime, ...] = ()
    holidays: Holidays = field(default_factory=dict)
    parameters: Parameters = Parameters()


@dataclass(frozen=True, slots=True)
class State:
    """Where a procedure stands. Parties are sorted by code; instants are UTC.

    `silent` is filled when it has concluded by silence, `missing_receipts` (in roll-call order) while the clock has not
    started; `concluded_at` is the adoption date. Silent States are never counted as having spoken in favour.
    """

    status: str
    members: int
    entitled: int
    required: int
    missing_receipts: tuple[str, ...] = ()
    started_at: datetime | None = None
    original_deadline: datetime | None = None
    deadline: datetime | None = None
    concluded_at: datetime | None = None
    support: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    ignored: tuple[tuple[str, str, str], ...] = ()
    silent: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The record of the state for storing and sealing."""
        data: dict[str, Any] = {"members": self.members, "entitled": self.entitled, "required": self.required}
        if self.status == DISPATCHED:
            return data | {"status": self.status, "missing_receipts": list(self.missing_receipts)}
        data |= {name: _written(getattr(self, name)) for name in ("started_at", "original_deadline", "deadline")}
        data |= {"support": list(self.support), "ignored": [list(entry) for entry in self.ignored]}
        data |= {"objections": list(self.objections), "status": self.status}
        return data | {"silent": list(self.silent)} if self.status == CONCLUDED else data


class LocalTime(NamedTuple):
    """A deadline as one State reads it: its own clock, and the whole hours left (0 when past)."""

    at: datetime
    hours_left: int


def state(procedure: Procedure, now: datetime) -> State:
    """Where the procedure stands at `now`; receipts and replies after `now` do not exist yet.

    A reply at the very second of the deadline counts, and the procedure runs until the clock is past it. UN General
    Assembly decision 74/544; details are portal rules, to be confirmed by the organ.
    """
    members, parameters = procedure.members, procedure.parameters
    entitled = [party for party in members if party not in procedure.without_vote]
    required = need(len(members), parameters.required_fraction, parameters.required_strictly_more)
    start = started_at(procedure, now)
    if start is None:
        missing = tuple(party for party in members if not _received(procedure, party, now))
        return State(DISPATCHED, len(members), len(entitled), required, missing)
    count = _Count(procedure, start, len(entitled) >= required)
    back = sorted(moment for moment in procedure.outages if moment <= now)
    for reply in sorted(procedure.replies, key=lambda reply: reply.at):
        if reply.at <= now:
            while back and back[0] < reply.at:
                count.wait(back.pop(0))
            count.take(reply)
    for moment in back:
        count.wait(moment)
    status = count.status(now)
    silent = sorted(set(entitled) - count.support) if status == CONCLUDED else []
    return State(
        status=status,
        members=len(members),
        entitled=len(entitled),
        required=required,
        started_at=start,
        original_deadline=count.original,
        deadline=count.deadline,
        concluded_at=count.early if status == CONCLUDED_EARLY else count.deadline if status == CONCLUDED else None,
        support=tuple(sorted(count.support)),
        objections=tuple(sorted(count.objections)),
        ignored=tuple(count.ignored),
        silent=tuple(silent),
    )


def started_at(procedure: Procedure, now: datetime) -> datetime | None:
    """When the clock started: at the last receipt of the members, or at the forced start; None if not by `now`.

    Portal rule, to be confirmed by the organ.
    """
    starts = []
    if all(_received(procedure, party, now) for party in procedure.members):
        starts.append(max(procedure.receipts[party] for party in procedure.members))
    if procedure.forced_start_at is not None and procedure.forced_start_at <= now:
        starts.append(procedure.forced_start_at)
    return min(starts, default=None)


def first_deadline(procedure: Procedure, start: datetime) -> datetime:
    """The deadline of a procedure whose clock starts at `start`, before any extension.

    At least 72 hours (UN General Assembly decision 74/544) with two whole Monday to Friday UTC days inside, ending in
    the hours when all the capitals are at work (portal rule, to be confirmed by the organ).
    """
    parameters = procedure.parameters
    end = start + timedelta(hours=max(procedure.period_hours, parameters.minimum_hours))
    while _whole_weekdays(start, end) < parameters.min_full_working_days:
        end += _WHOLE_DAY
    return shifted(procedure, end)


def shifted(procedure: Procedure, end: datetime) -> datetime:
    """The first instant from `end` on, at which a procedure may end.

    Monday to Friday, 15:00 to 20:00 UTC; a public holiday moves it by a day, at most twice. Portal rule, to be
    confirmed by the organ.
    """
    parameters, moves = procedure.parameters, 0
    while True:
        opening = end.replace(hour=parameters.window_open_utc, minute=0, second=0, microsecond=0)
        closing = end.replace(hour=parameters.window_close_utc, minute=0, second=0, microsecond=0)
        if end.weekday() >= _SATURDAY:
            end = opening + timedelta(days=7 - end.weekday())
        elif end < opening:
            end = opening
        elif end > closing:
            end = opening + _WHOLE_DAY
        elif moves < parameters.holiday_moves_max and _kept(procedure, end.date()):
            moves += 1
            end += _WHOLE_DAY
        else:
            return end


def interrupted(deadline: datetime, away_from: datetime, away_until: datetime) -> bool:
    """Whether the portal was away for more than 30 minutes of the last 24 hours before the deadline.

    Portal rule, to be confirmed by the organ.
    """
    lost = min(away_until, deadline) - max(away_from, deadline - _WHOLE_DAY)
    return lost > _OUTAGE


def local_times(deadline: datetime, zones: Mapping[str, str], now: datetime) -> dict[str, LocalTime]:
    """The deadline on the clock of each party, by its IANA zone, with the whole hours left at `now`.

    IANA time zone database; printing all three times is a portal rule, to be confirmed by the organ.
    """
    left = max(0, int((deadline - now).total_seconds()) // 3600)
    return {party: LocalTime(deadline.astimezone(ZoneInfo(zone)), left) for party, zone in zones.items()}


class _Count:
    """Takes the replies in order of time; holds deadline, support and objections as they change."""

    def __init__(self, procedure: Procedure, start: datetime, possible: bool) -> None:
        self.procedure, self.start, self.possible = procedure, start, possible
        self.entitled = set(procedure.members) - procedure.without_vote
        self.original = self.deadline = first_deadline(procedure, start)
        self.early: datetime | None = None
        self.support: set[str] = set()
        self.objections: set[str] = set()
        self.extended: set[str] = set()
        self.ignored: list[tuple[str, str, str]] = []

    def take(self, reply: Reply) -> None:
        code = self._without_standing(reply)
        if not code and reply.kind == WITHDRAW_OBJECTION:
            code = self._withdraw(reply)
        elif not code:
            code = "LATE" if reply.at > (self.early or self.deadline) else self._effect(reply)
        if code:
            self.ignored.append((reply.party, reply.kind, code))

    def wait(self, back: datetime) -> None:
        """A day more for everybody, from the deadline or, if it passed meanwhile, from the portal's return."""
        if self.early is None:
            self.deadline = shifted(self.procedure, max(self.deadline, back) + _WHOLE_DAY)

    def status(self, now: datetime) -> str:
        if self.procedure.delivery_void:
            return LAPSED
        if self.early is not None:
            return CONCLUDED_EARLY
        if self.objections:
            return OBJECTED
        if now <= self.deadline:
            return RUNNING
        return CONCLUDED if self.possible else LAPSED

    def _without_standing(self, reply: Reply) -> str:
        if reply.party not in self.procedure.members:
            return "NOT_A_MEMBER_STATE"
        if reply.party not in self.entitled:
            return "NO_VOTE"
        return "STALE_TEXT" if reply.text_hash not in {"", self.procedure.text_hash} else ""

    def _withdraw(self, reply: Reply) -> str:
        if reply.party not in self.objections:
            return "NO_OBJECTION"
        if reply.at > self.deadline:
            return "TOO_LATE_TO_WITHDRAW"
        self.objections.remove(reply.party)
        if not self.objections:
            again = reply.at + timedelta(hours=self.procedure.parameters.resume_min_hours)
            self.deadline = shifted(self.procedure, max(self.deadline, again))
        return ""

    def _effect(self, reply: Reply) -> str:
        if reply.kind == OBJECT:
            self.support.discard(reply.party)
            self.objections.add(reply.party)
        elif reply.kind == SUPPORT:
            return self._support(reply)
        elif reply.kind == EXTENSION:
            return self._extend(reply)
        return ""

    def _support(self, reply: Reply) -> str:
        if reply.party in self.objections:
            return "AFTER_OBJECTION"
        self.support.add(reply.party)
        if (
            self.procedure.parameters.early_conclusion_if_all_support
            and self.possible
            and self.support == self.entitled
        ):
            self.early = max(self.start, reply.at)
        return ""

    def _extend(self, reply: Reply) -> str:
        if self.objections:
            return "AFTER_OBJECTION"
        if reply.refused:
            return "REFUSED"
        if reply.party in self.extended:
            return "ALREADY_USED"
        parameters = self.procedure.parameters
        later = shifted(self.procedure, self.deadline + timedelta(hours=parameters.extension_hours))
        if later > self.start + timedelta(hours=parameters.maximum_hours):
            return "MAXIMUM_REACHED"
        self.extended.add(reply.party)
        self.deadline = later
        return ""


def _received(procedure: Procedure, party: str, now: datetime) -> bool:
    return party in procedure.receipts and procedure.receipts[party] <= now


def _kept(procedure: Procedure, day: date) -> bool:
    return is_holiday(day, procedure.holidays, procedure.members, procedure.parameters.holiday_states)


def _whole_weekdays(start: datetime, end: datetime) -> int:
    """How many whole Monday to Friday UTC days lie between two instants."""
    midnight = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight if midnight == start else midnight + _WHOLE_DAY
    days = 0
    while day + _WHOLE_DAY <= end:
        days += is_working_day(day)
        day += _WHOLE_DAY
    return days


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
