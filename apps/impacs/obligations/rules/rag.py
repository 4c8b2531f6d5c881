"""The colour of one State's action on a day, every reason for it, and the roll-up over States.

Nothing here is stored or typed: the colour follows from dated facts and dated parameters. All of it is a portal rule,
to be confirmed by the organ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

GREY, BLUE, GREEN, AMBER, RED = COLOURS = ("GREY", "BLUE", "GREEN", "AMBER", "RED")

APPLIES, NOT_APPLICABLE = "APPLIES", "NOT_APPLICABLE"
_BARE = {"NOT_A_MEMBER", "NOT_APPLICABLE", "OPTED_OUT", "DECISION_NOT_IN_FORCE", "SUPERSEDED"}
_BLOCKERS = {"CRITICAL": RED, "MAJOR": AMBER, "MINOR": GREEN}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The limits, dated data of the portal: days, and points of a hundred.

    Portal rule, to be confirmed by the organ.
    """

    due_soon_days: int = 14
    due_soon_min_progress: int = 80
    gap_amber: int = 20
    gap_red: int = 40
    min_duration_days: int = 14
    stale_amber_days: int = 45
    stale_red_days: int = 90
    max_extensions_green: int = 1
    rejected_red_within_days: int = 30
    verify_sla_days: int = 15


@dataclass(frozen=True, slots=True)
class Blocker:
    """An obstacle: CRITICAL, MAJOR or MINOR, since a day and perhaps cleared on a day."""

    severity: str
    since: date
    cleared_on: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether it stands in the way on that day; not any more on the day it is cleared."""
        return self.since <= day and (self.cleared_on is None or self.cleared_on > day)


@dataclass(frozen=True, slots=True)
class Extension:
    """A later due date, granted on a day."""

    granted_on: date
    new_due_on: date


@dataclass(frozen=True, slots=True)
class OptOut:
    """Release from the obligation; without a grant it has no effect. Revised Treaty Art. 27(4)."""

    requested_on: date | None = None
    granted_on: date | None = None
    ended_on: date | None = None

    def in_effect(self, day: date) -> bool:
        """Whether the State is released on that day."""
        granted = self.granted_on is not None and self.granted_on <= day
        return granted and (self.ended_on is None or self.ended_on > day)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one State's action. Dates later than the day looked at have no effect.

    `progress_pct` is 0 to 100; evidence dates are those of the last submission and the last rejection;
    `upstream_colours` are those of the tasks and actions it waits for. Portal rule, to be confirmed by the organ.
    """

    starts_on: date | None = None
    due_on: date | None = None
    progress_pct: int = 0
    last_report_on: date | None = None
    completed_on: date | None = None
    verified_on: date | None = None
    evidence_submitted_on: date | None = None
    evidence_rejected_on: date | None = None
    member_on_date: bool = True
    applicability: str = APPLIES
    opt_out: OptOut | None = None
    decision_in_force_on: date | None = None
    superseded_on: date | None = None
    extensions: tuple[Extension, ...] = ()
    extension_pending: bool = False
    blockers: tuple[Blocker, ...] = ()
    upstream_colours: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Facts":
        """Read facts from a JSON object with ISO dates; keys it does not know are left out."""
        values = {name: _read(name, data[name]) for name in (f.name for f in fields(cls)) if name in data}
        return cls(**values)

    def due(self, day: date) -> date | None:
        """The due date in force on a day: that of the extension last granted by then, else the original.

        Of several granted on one day it is the one recorded last: `extensions` are in the order of their record.
        """
        granted = [extension for extension in self.extensions if extension.granted_on <= day]
        # sorting is stable, so that within a day the last one recorded stays last
        return sorted(granted, key=lambda one: one.granted_on)[-1].new_due_on if granted else self.due_on

    def expected(self, day: date) -> int | None:
        """Where progress should be on a straight line, in whole points; None outside the period or without dates."""
        due = self.due(day)
        if self.starts_on is None or due is None or not self.starts_on <= day <= due or due == self.starts_on:
            return None
        return 100 * (day - self.starts_on).days // (due - self.starts_on).days

    def pending(self, day: date) -> bool:
        """Whether evidence lies with the verifier: submitted, and not rejected since."""
        submitted = _known(self.evidence_submitted_on, day)
        rejected = _known(self.evidence_rejected_on, day)
        return submitted is not None and (rejected is None or rejected < submitted)

    def reported(self, day: date) -> date | None:
        """The day from which the age of the last report is counted: the report, else the start."""
        return _known(self.last_report_on, day) or self.starts_on

    def worst_blocker(self, day: date) -> Blocker | None:
        """The gravest open obstacle, the oldest of several, or None."""
        order = list(_BLOCKERS)
        standing = [blocker for blocker in self.blockers if blocker.open_on(day)]
        return min(standing, key=lambda blocker: (order.index(blocker.severity), blocker.since), default=None)


@dataclass(frozen=True, slots=True)
class Status:
    """The colour, all its reason codes (gravest first), the due date in force and the days to it (negative when past).

    `expected_pct` is where progress should be, None when that is not reckoned.
    """

    colour: str
    reasons: tuple[str, ...]
    effective_due: date | None = None
    days_to_due: int | None = None
    expected_pct: int | None = None

    def as_data(self) -> dict[str, Any]:
        """The record of the status for the API and for snapshots."""
        data: dict[str, Any] = {"colour": self.colour, "reasons": list(self.reasons)}
        if _BARE & set(self.reasons):
            return data
        data |= {
            "effective_due": self.effective_due and self.effective_due.isoformat(),
            "days_to_due": self.days_to_due,
        }
        return data if self.expected_pct is None else data | {"expected_pct": self.expected_pct}


def rag(facts: Facts, as_of: date, parameters: Parameters | None = None) -> Status:
    """The status of an action on a day.

    Portal rule, to be confirmed by the organ; opt-out: Revised Treaty Art. 27(4).
    """
    limits = parameters or Parameters()
    reason = _no_obligation(facts, as_of)
    if reason:
        return Status(GREY, (reason,))
    due = facts.due(as_of)
    left = (due - as_of).days if due else None
    settled = _settled(facts, as_of)
    if settled:
        return Status(*settled, effective_due=due, days_to_due=left)
    expected = _reckoned(facts, as_of, limits)
    fired = [*_timing(facts, as_of, limits, left), *_blocking(facts, as_of), *_working(facts, as_of, limits, left)]
    fired += _around(facts, as_of, limits)
    fired.sort(key=lambda entry: -COLOURS.index(entry[1]))
    fired = fired or [("ON_TRACK", GREEN)]
    return Status(fired[0][1], tuple(code for code, _ in fired), due, left, expected)


def roll_up(colours: Iterable[str], lead: str | None = None) -> str:
    """One colour for a clause over its States; `lead` is the colour of the agency in charge.

    A third counts, whole numbers only; percentages of different States are never averaged. Portal rule, to be
    confirmed by the organ.
    """
    counted = [colour for colour in colours if colour != GREY]
    red, amber = counted.count(RED), counted.count(AMBER)
    if not counted:
        return GREY
    if all(colour == BLUE for colour in counted):
        return BLUE
    if lead == RED or 3 * red >= len(counted):
        return RED
    return AMBER if red or 3 * amber >= len(counted) else GREEN


def distribution(colours: Sequence[str]) -> dict[str, int]:
    """How many States have each colour, all five named; printed beside every roll-up."""
    return {colour: list(colours).count(colour) for colour in COLOURS}


_Fired = Iterator[tuple[str, str]]


def _no_obligation(facts: Facts, day: date) -> str:
    if not facts.member_on_date:
        return "NOT_A_MEMBER"
    if facts.applicability == NOT_APPLICABLE:
        return "NOT_APPLICABLE"
    if facts.opt_out is not None and facts.opt_out.in_effect(day):
        return "OPTED_OUT"
    if facts.decision_in_force_on is not None and facts.decision_in_force_on > day:
        return "DECISION_NOT_IN_FORCE"
    return "SUPERSEDED" if _known(facts.superseded_on, day) else ""


def _settled(facts: Facts, day: date) -> tuple[str, tuple[str]] | None:
    """Verified, or not begun: the rules that leave nothing else to look at."""
    if _known(facts.verified_on, day):
        done = _known(facts.completed_on, day) or _known(facts.evidence_submitted_on, day) or facts.verified_on or day
        due = facts.due(done)
        return BLUE, ("COMPLETE_LATE" if due is not None and done > due else "COMPLETE",)
    if facts.starts_on is not None and facts.starts_on > day and facts.worst_blocker(day) is None:
        return GREY, ("NOT_STARTED_YET",)
    return None


def _reckoned(facts: Facts, day: date, limits: Parameters) -> int | None:
    due = facts.due(day)
    if facts.pending(day) or facts.starts_on is None or due is None:
        return None
    return facts.expected(day) if (due - facts.starts_on).days >= limits.min_duration_days else None


def _timing(facts: Facts, day: date, limits: Parameters, left: int | None) -> _Fired:
    due, submitted = facts.due(day), _known(facts.evidence_submitted_on, day)
    if due is None or left is None:
        yield "NO_DUE_DATE", AMBER
    elif left < 0:
        in_time = facts.pending(day) and submitted is not None and submitted <= due
        yield ("AWAITING_VERIFICATION", AMBER) if in_time else ("OVERDUE", RED)
    elif facts.pending(day) and submitted is not None and (day - submitted).days > limits.verify_sla_days:
        yield "VERIFIER_LATE", GREEN


def _blocking(facts: Facts, day: date) -> _Fired:
    standing = {blocker.severity for blocker in facts.blockers if blocker.open_on(day)}
    for severity, colour in _BLOCKERS.items():
        if severity in standing:
            yield f"BLOCKED_{severity}", colour


def _working(facts: Facts, day: date, limits: Parameters, left: int | None) -> _Fired:
    """The rules about the State's own work; silent while the evidence lies with the verifier."""
    if facts.pending(day):
        return
    if _known(facts.evidence_rejected_on, day):
        near = left is not None and left <= limits.rejected_red_within_days
        yield "EVIDENCE_REJECTED", RED if near else AMBER
    gap = (_reckoned(facts, day, limits) or 0) - facts.progress_pct
    if gap >= limits.gap_amber:
        yield "BEHIND_PLAN", RED if gap >= limits.gap_red else AMBER
    if left is not None and 0 <= left <= limits.due_soon_days and facts.progress_pct < limits.due_soon_min_progress:
        yield "DUE_SOON", AMBER
    reported = facts.reported(day)
    age = (day - reported).days if reported else 0
    if age > limits.stale_red_days:
        yield "NO_REPORT", RED
    elif age > limits.stale_amber_days:
        yield "STALE", AMBER


def _around(facts: Facts, day: date, limits: Parameters) -> _Fired:
    if sum(extension.granted_on <= day for extension in facts.extensions) > limits.max_extensions_green:
        yield "REPEATED_EXTENSION", AMBER
    if RED in facts.upstream_colours:
        yield "UPSTREAM_RED", AMBER
    if facts.extension_pending:
        yield "EXTENSION_PENDING", GREEN


def _known(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _read(name: str, value: Any) -> Any:
    if name == "opt_out":
        return OptOut(**_dates(value, OptOut)) if value else None
    if name == "extensions":
        return tuple(Extension(**_dates(entry, Extension)) for entry in value)
    if name == "blockers":
        return tuple(Blocker(**_dates(entry, Blocker)) for entry in value)
    if name == "upstream_colours":
        return tuple(value)
    return date.fromisoformat(value) if name.endswith("_on") and value is not None else value


def _dates(entry: Mapping[str, Any], kind: Any) -> dict[str, Any]:
    days = {"since"} | {field.name for field in fields(kind) if field.name.endswith("_on")}
    named = {field.name: entry[field.name] for field in fields(kind) if field.name in entry}
    return {name: date.fromisoformat(value) if name in days and value else value for name, value in named.items()}
