"""The work plan of the demonstration: every state is there, what is late is late, and what waits is said."""

import pytest

from apps.impacs.models import BudgetLine, Dependency, Mandate, Task, TaskTemplate
from apps.impacs.queries import money
from demo import impacs as demo
from tests.impacs.tasks.people import MANAGER, today

pytestmark = pytest.mark.usefixtures("demonstration")


def test_the_work_plan_shows_every_state_and_is_played_once(cast):
    states = set(Task.objects.values_list("state", flat=True))
    assert states == set(Task.State.values)
    count = Task.objects.count()
    assert count >= 25
    assert Task.objects.filter(state__in=sorted(Task.OPEN), due_on__lt=today()).exists()
    assert Task.objects.filter(repeats="monthly").exists()
    assert Dependency.objects.filter(predecessor_clause__isnull=False).exists()
    assert Dependency.objects.filter(successor_clause__isnull=False).exists()
    assert TaskTemplate.objects.count() == 1
    assert Mandate.objects.filter(lead__isnull=False).count() == 2
    for stands in money.read_line_standings(BudgetLine.objects.select_related("fund")):
        assert 0 <= stands.free <= stands.line.approved_minor
    demo.load()
    assert Task.objects.count() == count
    assert Task.objects.visible_to(cast[MANAGER]).count() == count
