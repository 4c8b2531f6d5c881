"""Each reason for a colour as a sentence in the reader's language, of the facts: "Due 12 days ago, no evidence."."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.impacs.obligations.rules.rag import Facts, Parameters, Status

_Write = Callable[[Facts, date, Parameters], str]


def explain_reasons(status: Status, facts: Facts, as_of: date, parameters: Parameters | None = None) -> list[str]:
    """One sentence for each reason of the status, in the same order. Portal rule, to be confirmed by the organ."""
    return [explain_reason(code, facts, as_of, parameters) for code in status.reasons]


def explain_reason(code: str, facts: Facts, as_of: date, parameters: Parameters | None = None) -> str:
    """Why this reason holds on that day; raises KeyError for a code that no rule gives.

    Portal rule, to be confirmed by the organ.
    """
    if code in _FIXED:
        return str(_FIXED[code])
    return _WRITTEN[code](facts, as_of, parameters or Parameters())


def _days(count: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def _on(day: date | None) -> str:
    return date_format(day, "j M Y") if day else pgettext("words, impacs", "no date")


def _ago(day: date | None, as_of: date) -> str:
    count = (as_of - day).days if day else 0
    return (
        ngettext("%(n)d day ago", "%(n)d days ago", count) % {"n": count}
        if count
        else pgettext("date, impacs", "today")
    )


def _overdue(facts: Facts, as_of: date, _limits: Parameters) -> str:
    submitted = facts.evidence_submitted_on
    if submitted is None or submitted > as_of:
        return _now("Due %(ago)s, no evidence.") % {"ago": _ago(facts.due(as_of), as_of)}
    due = facts.due(as_of)
    if due is not None and submitted > due:
        said = _now("Due %(ago)s, evidence came %(days)s late.")
        return said % {"ago": _ago(due, as_of), "days": _days((submitted - due).days)}
    return _now("Due %(ago)s, and the evidence was returned.") % {"ago": _ago(due, as_of)}


def _late(facts: Facts, as_of: date, _limits: Parameters) -> str:
    done = facts.completed_on or facts.evidence_submitted_on or facts.verified_on
    due = facts.due(done) if done else None
    late = (done - due).days if done and due else 0
    said = _now("Verified on %(day)s; completed %(days)s after the due date.")
    return said % {"day": _on(facts.verified_on), "days": _days(late)}


def _awaiting(facts: Facts, as_of: date, _limits: Parameters) -> str:
    said = _now("Evidence came on time, on %(day)s; it is waiting for verification.")
    return said % {"day": _on(facts.evidence_submitted_on)}


def _verifier(facts: Facts, as_of: date, limits: Parameters) -> str:
    waiting = (as_of - facts.evidence_submitted_on).days if facts.evidence_submitted_on else 0
    said = _now("Evidence has waited %(days)s for verification (target: %(limit)s days).")
    return said % {"days": _days(waiting), "limit": limits.verify_sla_days}


def _blocked(severity: str, said: Any) -> _Write:
    def write(facts: Facts, as_of: date, _limits: Parameters) -> str:
        since = min(b.since for b in facts.blockers if b.severity == severity and b.open_on(as_of))
        return str(said) % {"day": _on(since)}

    return write


def _rejected(facts: Facts, as_of: date, _limits: Parameters) -> str:
    return _now("The evidence was returned %(ago)s.") % {"ago": _ago(facts.evidence_rejected_on, as_of)}


def _behind(facts: Facts, as_of: date, _limits: Parameters) -> str:
    said = _now("%(done)s per cent complete; %(expected)s per cent expected by today.")
    return said % {"done": facts.progress_pct, "expected": facts.expected(as_of)}


def _soon(facts: Facts, as_of: date, _limits: Parameters) -> str:
    due = facts.due(as_of)
    left = (due - as_of).days if due else 0
    if not left:
        return _now("Due today, %(done)s per cent done.") % {"done": facts.progress_pct}
    return _now("Due in %(days)s, %(done)s per cent done.") % {"days": _days(left), "done": facts.progress_pct}


def _stale(facts: Facts, as_of: date, _limits: Parameters) -> str:
    reported = facts.last_report_on
    if reported is None or reported > as_of:
        return _now("No report yet; began %(ago)s.") % {"ago": _ago(facts.starts_on, as_of)}
    return pgettext("words, impacs", "Last report %(ago)s.") % {"ago": _ago(reported, as_of)}


def _repeated(facts: Facts, as_of: date, _limits: Parameters) -> str:
    count = sum(extension.granted_on <= as_of for extension in facts.extensions)
    said = _now("The due date was moved %(count)s times; it was originally %(day)s.")
    return said % {"count": count, "day": _on(facts.due_on)}


_FIXED: dict[str, Any] = {
    "NOT_A_MEMBER": _("The State was not a Member State on this day."),
    "NOT_APPLICABLE": _("The State is exempt from this clause."),
    "ON_TRACK": pgettext_lazy("words, impacs", "On track."),
    "NO_DUE_DATE": _("No due date has been set."),
    "UPSTREAM_RED": _("Something it depends on is overdue or far behind."),
    "EXTENSION_PENDING": _("An extension has been requested and is not yet decided."),
}
_WRITTEN: dict[str, _Write] = {
    "OPTED_OUT": lambda f, d, p: (
        _now("Released by the Conference on %(day)s.") % {"day": _on(f.opt_out.granted_on if f.opt_out else None)}
    ),
    "DECISION_NOT_IN_FORCE": lambda f, d, p: (
        _now("The decision takes effect on %(day)s.") % {"day": _on(f.decision_in_force_on)}
    ),
    "SUPERSEDED": lambda f, d, p: _now("Superseded by a later decision on %(day)s.") % {"day": _on(f.superseded_on)},
    "COMPLETE": lambda f, d, p: pgettext("words, impacs", "Verified on %(day)s.") % {"day": _on(f.verified_on)},
    "COMPLETE_LATE": _late,
    "NOT_STARTED_YET": lambda f, d, p: pgettext("words, impacs", "Begins on %(day)s.") % {"day": _on(f.starts_on)},
    "OVERDUE": _overdue,
    "AWAITING_VERIFICATION": _awaiting,
    "VERIFIER_LATE": _verifier,
    "BLOCKED_CRITICAL": _blocked("CRITICAL", _("A critical difficulty has been open since %(day)s.")),
    "BLOCKED_MAJOR": _blocked("MAJOR", _("A major difficulty has been open since %(day)s.")),
    "BLOCKED_MINOR": _blocked("MINOR", _("A minor difficulty has been open since %(day)s.")),
    "EVIDENCE_REJECTED": _rejected,
    "BEHIND_PLAN": _behind,
    "DUE_SOON": _soon,
    "NO_REPORT": _stale,
    "STALE": _stale,
    "REPEATED_EXTENSION": _repeated,
}
REASONS = (*_FIXED, *_WRITTEN)
"""Every reason code there is."""
