"""Each reason for a colour as an English sentence built from the facts: "Due 12 days ago, no evidence."."""

from collections.abc import Callable
from datetime import date

from .rag import Facts, Parameters, Status

_Write = Callable[[Facts, date, Parameters], str]


def sentences(status: Status, facts: Facts, as_of: date, parameters: Parameters | None = None) -> list[str]:
    """One sentence for each reason of the status, in the same order. Portal rule, to be confirmed by the organ."""
    return [sentence(code, facts, as_of, parameters) for code in status.reasons]


def sentence(code: str, facts: Facts, as_of: date, parameters: Parameters | None = None) -> str:
    """Why this reason holds on that day; raises KeyError for a code that no rule gives.

    Portal rule, to be confirmed by the organ.
    """
    if code in _FIXED:
        return _FIXED[code]
    return _WRITTEN[code](facts, as_of, parameters or Parameters())


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _on(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no date"


def _ago(day: date | None, as_of: date) -> str:
    count = (as_of - day).days if day else 0
    return f"{_days(count)} ago" if count else "today"


def _overdue(facts: Facts, as_of: date, _: Parameters) -> str:
    submitted = facts.evidence_submitted_on
    if submitted is None or submitted > as_of:
        return f"Due {_ago(facts.due(as_of), as_of)}, no evidence."
    due = facts.due(as_of)
    if due is not None and submitted > due:
        return f"Due {_ago(due, as_of)}, evidence came {_days((submitted - due).days)} late."
    return f"Due {_ago(due, as_of)}, and the evidence was returned."


def _late(facts: Facts, as_of: date, _: Parameters) -> str:
    done = facts.completed_on or facts.evidence_submitted_on or facts.verified_on
    due = facts.due(done) if done else None
    late = (done - due).days if done and due else 0
    return f"Verified on {_on(facts.verified_on)}; completed {_days(late)} after the due date."


def _awaiting(facts: Facts, as_of: date, _: Parameters) -> str:
    return f"Evidence came in time, on {_on(facts.evidence_submitted_on)}; it waits for verification."


def _verifier(facts: Facts, as_of: date, limits: Parameters) -> str:
    waiting = (as_of - facts.evidence_submitted_on).days if facts.evidence_submitted_on else 0
    return f"Evidence has waited {_days(waiting)} for verification, which should take {limits.verify_sla_days}."


def _blocked(severity: str) -> _Write:
    def write(facts: Facts, as_of: date, _: Parameters) -> str:
        since = min(b.since for b in facts.blockers if b.severity == severity and b.open_on(as_of))
        return f"A {severity.lower()} obstacle stands since {_on(since)}."

    return write


def _rejected(facts: Facts, as_of: date, _: Parameters) -> str:
    return f"The evidence was returned {_ago(facts.evidence_rejected_on, as_of)}."


def _behind(facts: Facts, as_of: date, _: Parameters) -> str:
    return f"At {facts.progress_pct} per cent where {facts.expected(as_of)} were to be expected by now."


def _soon(facts: Facts, as_of: date, _: Parameters) -> str:
    due = facts.due(as_of)
    left = (due - as_of).days if due else 0
    return f"Due {f'in {_days(left)}' if left else 'today'}, {facts.progress_pct} per cent done."


def _stale(facts: Facts, as_of: date, _: Parameters) -> str:
    reported = facts.last_report_on
    if reported is None or reported > as_of:
        return f"Never reported; begun {_ago(facts.starts_on, as_of)}."
    return f"Last report {_ago(reported, as_of)}."


def _repeated(facts: Facts, as_of: date, _: Parameters) -> str:
    count = sum(extension.granted_on <= as_of for extension in facts.extensions)
    return f"The due date was moved {count} times; it was {_on(facts.due_on)} at first."


_FIXED = {
    "NOT_A_MEMBER": "The State was not a Member State on this day.",
    "NOT_APPLICABLE": "The clause does not apply to this State.",
    "ON_TRACK": "On track.",
    "NO_DUE_DATE": "No due date has been set.",
    "UPSTREAM_RED": "Something it waits for is red.",
    "EXTENSION_PENDING": "A later due date has been asked for and not yet decided.",
}
_WRITTEN: dict[str, _Write] = {
    "OPTED_OUT": lambda f, d, p: f"Released by the Conference on {_on(f.opt_out.granted_on if f.opt_out else None)}.",
    "DECISION_NOT_IN_FORCE": lambda f, d, p: f"The decision takes effect on {_on(f.decision_in_force_on)}.",
    "SUPERSEDED": lambda f, d, p: f"A later decision took its place on {_on(f.superseded_on)}.",
    "COMPLETE": lambda f, d, p: f"Verified on {_on(f.verified_on)}.",
    "COMPLETE_LATE": _late,
    "NOT_STARTED_YET": lambda f, d, p: f"Begins on {_on(f.starts_on)}.",
    "OVERDUE": _overdue,
    "AWAITING_VERIFICATION": _awaiting,
    "VERIFIER_LATE": _verifier,
    "BLOCKED_CRITICAL": _blocked("CRITICAL"),
    "BLOCKED_MAJOR": _blocked("MAJOR"),
    "BLOCKED_MINOR": _blocked("MINOR"),
    "EVIDENCE_REJECTED": _rejected,
    "BEHIND_PLAN": _behind,
    "DUE_SOON": _soon,
    "NO_REPORT": _stale,
    "STALE": _stale,
    "REPEATED_EXTENSION": _repeated,
}
REASONS = (*_FIXED, *_WRITTEN)
"""Every reason code there is."""
