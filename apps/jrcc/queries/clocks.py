"""By when each step on a hit is to be done (service levels, dated data by State and grade), and what is overdue."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.service_clock import due_after
from apps.jrcc.models import Hit
from apps.jrcc.queries import service_rules
from apps.jrcc.rules.grades import grade_of
from apps.manifests.rules.routing import WATCH_LEAD

S = Hit.State
WATCH = "JRCC"
STEPS = {
    "claim": pgettext_lazy("step, jrcc", "Claim"),
    "decide": pgettext_lazy("step, jrcc", "Decide"),
    "second_look": pgettext_lazy("words, jrcc", "Second review"),
    "acknowledge": pgettext_lazy("step, jrcc", "Acknowledge"),
    "outcome": pgettext_lazy("button, jrcc", "Record outcome"),
    "answer": pgettext_lazy("step, jrcc", "Answer"),
}
"""Steps in words; the answer is what the gate waits for, and nobody's step by itself."""
OWN_STEPS = {S.RAISED: "claim", S.CLAIMED: "decide"}
"""What the watch does next, by state."""
WORKED_ON = Q(state__in=Hit.OPEN) | Q(state=S.DISMISSED, second_look="due")
"""Hits on which somebody has a next step."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A step that is to be done: by whom (party), since when and until when."""

    step: str
    party: str
    since: datetime.datetime
    due_at: datetime.datetime

    @property
    def words(self) -> str:
        """The step in words."""
        return str(STEPS[self.step])


def clocks(hit: Any) -> list[Clock]:
    """The steps that are to be done on a hit (with `referrals`), the first due first. No queries."""
    found = [_watch_clock(hit), *(_state_clock(hit, one) for one in hit.referrals)]
    return sorted((clock for clock in found if clock is not None), key=lambda clock: clock.due_at)


def _watch_clock(hit: Any) -> Clock | None:
    step = OWN_STEPS.get(hit.state, "second_look" if hit.second_look == "due" else "")
    return _clock(hit, step, WATCH, hit.stands_since) if step else None


def _state_clock(hit: Any, referral: dict[str, str]) -> Clock | None:
    """A State's next step on an open hit; the time for the outcome begins with the landing."""
    if hit.state not in {S.REFERRED, S.ACKNOWLEDGED}:
        return None
    taken = referral["acknowledged_at"]
    if not taken:
        return _clock(hit, "acknowledge", referral["party"], datetime.datetime.fromisoformat(referral["at"]))
    since = datetime.datetime.fromisoformat(taken)
    lands = hit.due_at + WATCH_LEAD if hit.due_at else since
    return _clock(hit, "outcome", referral["party"], max(since, lands))


def _clock(hit: Any, step: str, party: str, since: datetime.datetime) -> Clock | None:
    """None where no time is agreed. Before the landing nothing is due later than the hit itself."""
    minutes = service_rules.service_minutes(since.date(), party, grade_of(hit.score), step)
    if minutes is None:
        return None
    due = due_after(since, datetime.timedelta(minutes=minutes))
    if step != "outcome" and hit.due_at and since < hit.due_at < due:
        due = hit.due_at
    return Clock(step, party, since, due)


def needs_second_look(hit: Hit, day: datetime.date) -> bool:
    """Whether a dismissal is looked at by a second officer: for the grades that have a time for it."""
    return service_rules.service_minutes(day, WATCH, grade_of(hit.score), "second_look") is not None
