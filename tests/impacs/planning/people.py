"""Tasks for tests of the views over the plan."""

import datetime
from typing import Any

from apps.access.managers import permission_id
from apps.impacs.models import Assignment, Dependency, Mandate, Programme, ProgrammeDeskGrant, Task, TaskDeskGrant
from apps.people.models import Desk
from apps.people.queries import desk_ids
from tests.days import EAST, today
from tests.impacs import people

KEEPER, WATCH, ANALYST = "impacs.secretariat.manager", "jrcc.watch.officer", "rifc.analysis.analyst"
JAMAICA, CAYMAN = "jam.ministry.decider", "cym.ministry.decider"


def day(n: int) -> datetime.date:
    """So many days from today."""
    return today(EAST) + datetime.timedelta(days=n)


def a_mandate(body: str = "IMPACS") -> Mandate:
    """What a decision in force gave the agency to do."""
    decision = people.a_decision((f"{body} makes a plan.", [f"ORG:{body}"], None))
    return Mandate.objects.get(decision=decision)


def a_programme(code: str = "APIS") -> Programme:
    """A strand of work."""
    made = Programme.objects.create(
        code=code,
        title=f"Programme {code}",
        valid_from=datetime.date(2020, 1, 1),
        owner=Desk.objects.get(code="IMPACS.secretariat"),
        originator_id="IMPACS",
    )
    _grant(ProgrammeDeskGrant, [made], desk_ids("IMPACS.secretariat", "JRCC.watch"), "view")
    return made


def many(
    count: int, *, owner: str = "IMPACS.secretariat", also: tuple[str, ...] = ("JAM.ministry",), **more: Any
) -> list[Task]:
    """Tasks as they stand in the plan, in a few statements: seen by their desk and by others, worked on by the desk."""
    desk, begin = Desk.objects.get(code=owner), Task.objects.count()
    usual = {
        "year": day(0).year,
        "starts_on": day(0),
        "due_on": day(30),
        "state": Task.State.PLANNED,
        "estimate_days": 3,
        "originator_id": desk.party_id,
    }
    rows = [
        Task(
            owner=desk,
            **usual
            | {"reference": f"TSK-1999-{n:05}", "title": f"Task {n}"}
            | {name: value(n) if callable(value) else value for name, value in more.items()},
        )
        for n in range(begin + 1, begin + count + 1)
    ]
    Task.objects.bulk_create(rows)
    keeper = desk_ids("IMPACS.secretariat", "IMPACS.automation")
    _grant(TaskDeskGrant, rows, {desk.pk, *keeper, *desk_ids(*also)}, "view")
    _grant(TaskDeskGrant, rows, {desk.pk, *keeper}, "work")
    return rows


def a_task(**more: Any) -> Task:
    """One of them."""
    return many(1, **more)[0]


def after(first: Task, second: Task, kind: str = "FS", lag: int = 0) -> Dependency:
    """The second waits for the first."""
    return Dependency.objects.create(predecessor_task=first, successor_task=second, kind=kind, lag_days=lag)


def given_to(task: Task, actor: Any) -> Assignment:
    """Somebody does it."""
    return Assignment.objects.create(task=task, seat_id=actor.seat_id)


def _grant(model: Any, rows: list[Any], groups: Any, perm: str) -> None:
    of = model._meta.get_field("content_object").related_model
    known = permission_id(of, perm)
    model.objects.bulk_create(
        [model(content_object=row, group_id=group, permission_id=known) for row in rows for group in sorted(groups)]
    )
