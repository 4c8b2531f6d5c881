"""Tasks, mandates and people of the tests, made as their people make them."""

import datetime
from typing import Any

from apps.access import outbox
from apps.council.models import Clause, Decision
from apps.impacs.models import Mandate, Task
from apps.impacs.plan.actions import parts, progress
from apps.impacs.plan.actions import tasks as actions_tasks
from apps.people.models import Seat
from tests.days import EAST, today
from tests.impacs.people import a_decision

MANAGER, OFFICER = "impacs.secretariat.manager", "impacs.secretariat.officer"
SUPERVISOR, WATCH = "jrcc.watch.supervisor", "jrcc.watch.officer"
ANALYST, RELEASE = "rifc.analysis.analyst", "rifc.analysis.release"
BARBADOS, READER, CAYMAN = "brb.ministry.decider", "jam.ministry.reader", "cym.ministry.decider"


def in_days(count: int) -> datetime.date:
    """So many days from today."""
    return today(EAST) + datetime.timedelta(days=count)


def key_of(cast: Any, name: str) -> str:
    """The public key of somebody's seat."""
    return str(Seat.objects.get(pk=cast[name].seat_id).uid)


def a_mandate(day: int = -30, due: int | None = 90, more: tuple[Any, ...] = ()) -> Mandate:
    """IMPACS has to do something under a decision in force, and all States have to answer (clause 2)."""
    decision = a_decision(
        ("IMPACS circulates the model.", ["IMPACS"], in_days(due) if due is not None else None),
        ("Each State answers the questionnaire.", "ALL_MEMBER_STATES", in_days(60)),
        *more,
        day=in_days(day),
    )
    return mandate_of(decision)


def mandate_of(decision: Decision) -> Mandate:
    """The mandate of the agency under a decision."""
    return Mandate.objects.select_related("decision", "clause").get(decision=decision, body="IMPACS")


def clause_of(mandate: Mandate, number: str = "2") -> Clause:
    """A clause of the mandate's decision."""
    return Clause.objects.get(decision=mandate.decision_id, number=number)


def fresh(row: Any) -> Any:
    """The row as it stands now."""
    return type(row).objects.get(pk=row.pk)


def a_task(cast: Any, by: str = MANAGER, **given: Any) -> Task:
    """A task with dates and an estimate, in the backlog."""
    plain = {"title": "Draft the model", "starts_on": in_days(1), "due_on": in_days(10), "estimate_days": 3}
    return actions_tasks.create_task(cast[by], None, **(plain | given))


def planned(cast: Any, by: str = MANAGER, **given: Any) -> Task:
    """Planned; released at once where nothing holds it."""
    task = actions_tasks.plan_task(cast[by], a_task(cast, by, **given))
    outbox.drain(but=outbox.MAIL)
    return fresh(task)


def started(cast: Any, by: str = MANAGER, **given: Any) -> Task:
    """Under way, with a reviewer who is not the one who does it."""
    given.setdefault("reviewer", key_of(cast, OFFICER))
    return progress.start_task(cast[by], planned(cast, by, **given))


def in_review(cast: Any, **given: Any) -> Task:
    """Handed in with a paper as its result."""
    from tests.council.papers import world as papers

    task = started(cast, **given)
    paper = papers.issued(cast)
    task = parts.add_task_deliverable(cast[MANAGER], task, title="The model", paper=paper.number)
    return progress.submit_task(cast[MANAGER], task)


def done(cast: Any, **given: Any) -> Task:
    """Accepted by its reviewer; what follows is done."""
    task = progress.close_task(cast[OFFICER], in_review(cast, **given))
    outbox.drain(but=outbox.MAIL)
    return fresh(task)
