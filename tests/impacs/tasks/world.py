"""One of each record of the work plan, for whoever asks who may see which."""

from typing import Any

from apps.access import outbox
from apps.impacs import actions
from apps.impacs.models import Mandate
from apps.impacs.plan.actions import tasks as actions_tasks
from apps.impacs.plan.actions import templates
from tests.impacs.tasks.people import MANAGER, OFFICER, a_task, fresh, in_days, key_of, today


def a_budget(cast: Any) -> dict[str, Any]:
    """A programme, a grant that pays for travel and training, and this year's line of it."""
    manager = cast[MANAGER]
    programme = actions.money.create_programme(
        manager, None, code="BORDERS", title="Border security", valid_from=in_days(-700)
    )
    fund = actions.money.create_fund(
        manager,
        None,
        code="GRANT-1",
        name="Border grant",
        kind="grant",
        donor="A donor",
        currency="USD",
        valid_from=in_days(-300),
        valid_to=in_days(100),
        eligible=["travel", "training"],
    )
    line = actions.money.create_budget_line(
        manager, None, year=today().year, programme="BORDERS", fund="GRANT-1", title="Courses", approved=50_000
    )
    return {"programme": programme, "fund": fund, "line": line}


def a_plan(cast: Any, mandate: Mandate) -> dict[str, Any]:
    """`task` serves the mandate and can be started, `internal` is the agency's own, `template` is of the first."""
    made = a_budget(cast)
    task = a_task(cast, mandate=str(mandate.pk), reviewer=key_of(cast, OFFICER), programme="BORDERS")
    task = actions_tasks.plan_task(cast[MANAGER], task)
    template = templates.save_task_template(cast[MANAGER], None, task=str(task.pk), name="Circulate a model")
    internal = a_task(cast, title="Order paper")
    outbox.drain(but=outbox.MAIL)
    return {**made, "task": fresh(task), "internal": internal, "template": template, "clause": mandate.clause}
