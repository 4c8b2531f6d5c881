"""Dates move: what follows is proposed with reasons, and moves only as far as it is accepted."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.impacs.models import Dependency, Mandate, StateAction, Task, TaskBatch
from tests.impacs import people as council
from tests.impacs.planning.people import JAMAICA, KEEPER, WATCH, a_mandate, a_task, after, day

pytestmark = pytest.mark.django_db


def dates(task: Any) -> tuple[Any, Any]:
    """As they stand."""
    return tuple(Task.objects.values_list("starts_on", "due_on").get(pk=task.pk))


def chain() -> tuple[Task, Task, Task]:
    """A week, the next one, and the one after it."""
    first, second, third = (a_task(starts_on=day(7 * n), due_on=day(7 * n + 6)) for n in range(3))
    after(first, second)
    after(second, third)
    return first, second, third


def looked(client: Any, task: Any, start: Any, due: Any) -> Any:
    """The page that shows what would follow."""
    return client.get(
        reverse("impacs:move", args=[task.pk]), {"starts_on": start.isoformat(), "due_on": due.isoformat()}
    )


def sent(page: Any, *accept: Any, **more: Any) -> dict[str, Any]:
    """What the form of that page sends."""
    form = page.context["form"].cleaned_data
    seen = {f"new_{one.task.pk}": one.seen for one in page.context["shifts"] if one.can_accept}
    return {
        "starts_on": form["starts_on"].isoformat(),
        "due_on": form["due_on"].isoformat(),
        "version": page.context["version"],
        "accept": [str(task.pk) for task in accept],
        **seen,
        **more,
    }


def test_looking_moves_nothing_and_the_proposal_names_its_reasons(cast: Any, client_for: Any):
    first, second, third = chain()
    page = looked(client_for(KEEPER), first, day(0), day(9))
    assert [(one.task.pk, one.shift.new.start) for one in page.context["shifts"]] == [
        (second.pk, day(10)),
        (third.pk, day(17)),
    ]
    assert str(first) in page.context["shifts"][0].reason
    assert str(second) in page.context["shifts"][1].reason
    assert dates(second) == (day(7), day(13))


def test_the_owner_accepts_all_some_or_none(cast: Any, client_for: Any):
    first, second, third = chain()
    client = client_for(KEEPER)
    page = looked(client, first, day(0), day(9))
    done = client.post(reverse("impacs:move", args=[first.pk]), sent(page, second))
    batch = TaskBatch.objects.get()
    assert done.url == reverse("impacs:batch", args=[batch.pk])
    assert (dates(first)[1], dates(second), dates(third)) == (day(9), (day(10), day(16)), (day(14), day(20)))
    assert batch.count == 2
    assert b"Due" in client.get(done.url).content
    # what was not accepted is proposed again as soon as somebody looks
    page = client.get(reverse("impacs:move", args=[second.pk]))
    assert [one.task.pk for one in page.context["shifts"]] == [third.pk]
    assert not page.context["moved"]
    client.post(reverse("impacs:move", args=[second.pk]), sent(page, third))
    assert dates(third) == (day(17), day(23))
    verbs = AuditRecord.objects.filter(verb="task.change", outcome="done").values_list("object_id", flat=True)
    assert set(verbs) == {str(task.pk) for task in (first, second, third)}


def test_a_proposal_that_has_changed_since_it_was_seen_is_shown_again(cast: Any, client_for: Any):
    first, second, _third = chain()
    client = client_for(KEEPER)
    page = looked(client, first, day(0), day(9))
    Task.objects.filter(pk=second.pk).update(version=2, starts_on=day(8), due_on=day(14))
    again = client.post(reverse("impacs:move", args=[first.pk]), sent(page, second))
    assert again.status_code == 409
    assert b"have changed since you looked" in again.content
    assert dates(first) == (day(0), day(6))


def test_a_task_changed_meanwhile_is_not_moved(cast: Any, client_for: Any):
    first, second, _third = chain()
    client = client_for(KEEPER)
    page = looked(client, first, day(0), day(9))
    Task.objects.filter(pk=first.pk).update(version=5)
    again = client.post(reverse("impacs:move", args=[first.pk]), sent(page, second))
    assert again.status_code == 409
    assert (dates(first)[1], dates(second)[1]) == (day(6), day(13))
    assert not TaskBatch.objects.exists()


def test_a_day_that_a_clause_sets_cannot_be_accepted_here(cast: Any, client_for: Any):
    mandate = a_mandate()
    Mandate.objects.filter(pk=mandate.pk).update(due_on=day(15))
    first = a_task(starts_on=day(0), due_on=day(6), mandate=mandate)
    second = a_task(starts_on=day(7), due_on=day(13), mandate=mandate, actual_start=day(0), state="in_progress")
    after(first, second)
    page = looked(client_for(KEEPER), first, day(0), day(9))
    (one,) = page.context["shifts"]
    assert (one.can_accept, one.shift.days_over) == (False, 1)
    assert len(one.flags) == 2
    refused = client_for(KEEPER).post(reverse("impacs:move", args=[first.pk]), sent(page, second))
    assert refused.status_code == 409
    assert dates(second) == (day(7), day(13))


def test_a_clause_whose_states_wait_for_the_task_is_named_with_the_days_over(cast: Any, client_for: Any):
    decision = council.a_decision(("Each names a contact.", council.ALL, day(20)), day=day(-30))
    action = StateAction.objects.filter(decision=decision).first()
    task = a_task(starts_on=day(0), due_on=day(10))
    Dependency.objects.create(predecessor_task=task, successor_clause=action.clause)
    page = looked(client_for(KEEPER), task, day(0), day(25))
    (one,) = page.context["shifts"]
    assert (one.task, one.shift.days_over) == (None, 6)
    assert "clause 1" in one.name


def test_only_who_plans_the_task_moves_it(cast: Any, client_for: Any):
    task = a_task(owner="JRCC.watch", also=("RIFC.analysis", "JAM.ministry"))
    place = reverse("impacs:move", args=[task.pk])
    assert client_for(WATCH).get(place).status_code == 200
    assert client_for("rifc.analysis.analyst").get(place).status_code == 403
    assert client_for(JAMAICA).get(place).status_code == 404
    hidden = a_task(owner="RIFC.analysis", also=())
    assert client_for(WATCH).get(reverse("impacs:move", args=[hidden.pk])).status_code == 404


def test_a_successor_that_the_seat_does_not_see_is_neither_named_nor_counted(cast: Any, client_for: Any):
    first = a_task(owner="JRCC.watch", starts_on=day(0), due_on=day(6))
    after(first, a_task(title="Quiet", owner="RIFC.analysis", also=(), starts_on=day(7), due_on=day(9)))
    page = looked(client_for(WATCH), first, day(0), day(30))
    assert page.context["shifts"] == []
    assert b"Quiet" not in page.content


@pytest.mark.parametrize(
    "given",
    [
        {"starts_on": "2009-03-09", "due_on": "2009-03-02"},
        {"starts_on": "soon", "due_on": "2009-03-02"},
        {"starts_on": "", "due_on": ""},
        {"starts_on": "", "due_on": "9999-99-99"},
    ],
)
def test_dates_that_are_none_or_the_wrong_way_round_are_told(client_for: Any, cast: Any, given: dict[str, str]):
    task = a_task()
    assert client_for(KEEPER).get(reverse("impacs:move", args=[task.pk]), given).status_code == 422
    assert client_for(KEEPER).post(reverse("impacs:move", args=[task.pk]), given).status_code == 422
    assert dates(task) == (day(0), day(0) + datetime.timedelta(days=30))
