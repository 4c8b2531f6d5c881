"""The State actions of 2008 as the plan has them: reports, proofs, verification, more time, obstacles."""

import datetime
from collections.abc import Iterator
from typing import Any

from apps.impacs.models import StateAction
from demo import council
from demo.impacs.acting import Players, progress_in_words, tell_nobody

Act = tuple[datetime.date, int, str, dict[str, Any]]
BY_LETTER = "Council, by correspondence (fictional)"
"""The plan has one extension of 92 days: more than the director may give."""


def load(players: Players) -> None:
    """Play every fact of the plan on its day, State by State."""
    numbers = {plan["working"]: plan["number"] for plan in council.PLAN["decisions"]}
    for fact in council.PLAN["state_actions"]:
        row = StateAction.objects.get(
            decision__number=numbers[fact["decision"]], clause__number=fact["clause"], party_id=fact["party"]
        )
        for day, _place, act, more in sorted(_acts(fact), key=lambda one: one[:2]):
            players.play(row, day, act, {"day": day, **more})
    tell_nobody()


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _acts(fact: dict[str, Any]) -> Iterator[Act]:
    """The acts behind the facts of one action: (day, order within it, act, its words)."""
    progress = fact.get("progress_pct", 0)
    if fact.get("last_report_on"):
        yield _day(fact["last_report_on"]), 1, "report", {"text": progress_in_words(progress), "progress": progress}
    if fact.get("evidence_submitted_on"):
        day = _day(fact["evidence_submitted_on"])
        done = fact.get("completed_on")
        yield day, 2, "prove", {}
        yield day, 3, "submit", {"completed_on": _day(done) if done else None}
    if fact.get("evidence_rejected_on"):
        reason = "The number given does not answer at night (fictional)."
        yield _day(fact["evidence_rejected_on"]), 4, "return", {"reason": reason, "code": "NOT_RELEVANT"}
    if fact.get("verified_on"):
        yield _day(fact["verified_on"]), 4, "verify", {}
    for each in fact.get("extensions", []):
        granted = _day(each["granted_on"])
        asked = {"until": _day(each["new_due_on"]), "reason": "Parliament did not sit (fictional)."}
        yield granted - datetime.timedelta(days=4), 0, "extension", asked
        yield granted, 0, "grant", {"decision": BY_LETTER}
    for each in fact.get("blockers", []):
        kind = "TRANSLATION" if "text of" in each["text"] else "POLITICAL"
        words = {"severity": each["severity"], "kind": kind, "text": each["text"], "since": _day(each["since"])}
        yield _day(each["since"]), 0, "difficulty", words
