"""Two people at once: one of them wins, and the other is told; nothing is done twice."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from apps.access import outbox
from apps.access.refusal import Refused
from apps.impacs.models import Dependency, Task
from apps.impacs.plan.actions import links, progress, tasks, templates
from apps.people.queries import service_actor
from tests.impacs.tasks.people import MANAGER, OFFICER, fresh, in_days, key_of

pytestmark = pytest.mark.django_db(transaction=True)


def both(*acts):
    """What each act gives or raises, begun at one moment in threads of their own."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            found[place] = act()
        except (Refused, ValidationError) as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def a_task(cast, **given):
    plain = {"title": "Draft it", "starts_on": in_days(1), "due_on": in_days(9), "estimate_days": 2}
    return tasks.create_task(cast[MANAGER], None, **(plain | given))


def test_of_two_editors_of_one_version_one_is_out_of_date(cast):
    task = a_task(cast)
    found = both(
        lambda: tasks.change_task(cast[MANAGER], task, version=task.version, title="Mine"),
        lambda: tasks.change_task(cast[OFFICER], task, version=task.version, title="His"),
    )
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.reason for one in refused] == ["stale"]
    assert fresh(task).version == task.version + 1


def test_a_task_is_started_once(cast):
    task = tasks.plan_task(cast[MANAGER], a_task(cast))
    outbox.drain(but=outbox.MAIL)
    task = fresh(task)
    found = both(*(lambda who=who: progress.start_task(cast[who], task) for who in (MANAGER, OFFICER)))
    assert [one.reason for one in found if isinstance(one, Refused)] == ["wrong-state"]
    assert fresh(task).state == "in_progress"


def test_two_half_circles_never_make_a_whole_one(cast):
    first, second = a_task(cast, title="One"), a_task(cast, title="Two")
    found = both(
        lambda: links.add_task_dependency(cast[MANAGER], first, before=str(second.pk)),
        lambda: links.add_task_dependency(cast[OFFICER], second, before=str(first.pk)),
    )
    assert sum(isinstance(one, ValidationError) for one in found) == 1
    assert Dependency.objects.count() == 1


def test_two_clocks_make_the_next_task_once(cast):
    task = a_task(cast, repeats="weekly", reviewer=key_of(cast, OFFICER))
    clock = service_actor("IMPACS.automation")
    found = both(*(lambda: templates.repeat_task(clock, None, before=task) for _ in range(2)))
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Task.objects.filter(repeat_of=task).count() == 1
