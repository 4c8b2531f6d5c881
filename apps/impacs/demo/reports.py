"""What States reported in the demonstration: the reports of 2008 as its plan has them, and this year's."""

import datetime
from typing import Any

from apps.council import demo as council
from apps.impacs.actions import working
from apps.impacs.models import Report, StateAction

NOON = datetime.time(16, 0, tzinfo=datetime.UTC)
SILENT = 5
"""Every fifth State has not reported on a clause of this year yet."""


def load() -> int:
    """Play the reports unless there are any; how many."""
    if not Report.objects.exists():
        people = council.Council()
        _reported_in_2008(people)
        _reported_this_year(people)
        council.end_the_past()
    return Report.objects.count()


def _reported_in_2008(people: council.Council) -> None:
    numbers = {plan["working"]: plan["number"] for plan in council.PLAN["decisions"]}
    for fact in council.PLAN["state_actions"]:
        if fact.get("last_report_on"):
            row = StateAction.objects.get(
                decision__number=numbers[fact["decision"]], clause__number=fact["clause"], party_id=fact["party"]
            )
            day = datetime.date.fromisoformat(fact["last_report_on"])
            _report(people, row, datetime.datetime.combine(day, NOON), fact.get("progress_pct", 0))


def _reported_this_year(people: council.Council) -> None:
    """Most States are under way, some are well ahead, some have not begun to report; always the same ones."""
    rows = StateAction.objects.filter(decision__adopted_on__year__gte=2020).select_related("decision", "clause")
    for place, row in enumerate(rows.order_by("decision__number", "clause__position", "party__roll_call_order")):
        if place % SILENT == 0:
            continue
        elapsed = 40 + (place * 17) % 55
        _report(people, row, people.at(-3 - place % 9, hours=2), min(95, elapsed))


def _report(people: council.Council, row: StateAction, at: datetime.datetime, progress: int) -> None:
    ministry: Any = people.ministry(row.party_id)
    with council.on(at):
        working.report(ministry, row, text=_text(progress), progress=progress)


def _text(progress: int) -> str:
    if progress >= 80:
        return "The last steps are under way; the evidence is being gathered."
    if progress >= 40:
        return "Half of the steps are done. The next one waits for the attorney-general."
    return "Work has begun."
