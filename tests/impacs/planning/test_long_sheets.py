"""A long sheet is taken over behind the page, as whoever confirmed it, all of it or nothing."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access import progress
from apps.access.outbox import queue_of
from apps.audit.models import AuditRecord
from apps.impacs.models import Task, TaskBatch
from apps.impacs.plan.actions import batches, workbooks
from apps.people.models import Seat
from tests.impacs.planning.people import KEEPER, a_mandate, day, many
from tests.impacs.planning.test_sheets import edited, put, sent, taken_over

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def _short(monkeypatch: Any) -> None:
    monkeypatch.setattr(workbooks, "AT_ONCE", 2)
    monkeypatch.setattr(batches, "NOTED_EACH", 1)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def three_new(book: Any) -> None:
    for row in (2, 3, 4):
        put(book, row, title=f"Task {row}")


def confirmed(client: Any, edit: Any = three_new) -> TaskBatch:
    """The batch that waits once a long sheet was looked at and confirmed."""
    answer = taken_over(client, sent(client, edited(client, edit)))
    batch = TaskBatch.objects.get()
    assert answer["Location"] == reverse("impacs:batch", args=[batch.pk])
    return batch


def test_a_long_sheet_waits_shows_how_far_it_is_and_is_taken_over_as_who_confirmed_it(
    cast: Any, client_for: Any, drain: Any
) -> None:
    client = client_for(KEEPER)
    batch = confirmed(client)
    page = reverse("impacs:batch", args=[batch.pk])
    assert (batch.state, batch.count, Task.objects.count()) == ("waiting", 3, 0)
    progress.noting(batches.key_of(batch))(2)
    assert "2 of 3 changes are made so far" in words(client.get(page))
    assert 'value="2"' in client.get(page, headers=PARTIAL).content.decode()
    drain()
    batch.refresh_from_db()
    assert (batch.state, batch.count, len(batch.content)) == ("applied", 3, 3)
    assert set(Task.objects.values_list("title", flat=True)) == {"Task 2", "Task 3", "Task 4"}
    made = AuditRecord.objects.filter(verb="task.create", outcome="done")
    assert set(made.values_list("seat_id", flat=True)) == {cast[KEEPER].seat_id}
    assert progress.noted(batches.key_of(batch)) == 3
    assert client.get(page, headers=PARTIAL)["HX-Refresh"] == "true"
    assert "Task 3" in words(client.get(page))


def test_a_rule_that_only_the_action_knows_gives_all_of_it_back_with_the_cell(
    cast: Any, client_for: Any, drain: Any
) -> None:
    first, *others = many(4, mandate=a_mandate())

    def edit(book: Any) -> None:
        for row in range(2, 6):
            put(book, row, title=f"Better {row}")
            if book["Tasks"].cell(row, 1).value == str(first.pk):
                put(book, row, starts_on="2025-01-01")  # before the decision is in force

    client = client_for(KEEPER)
    batch = confirmed(client, edit)
    drain()
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert not Task.objects.filter(title__startswith="Better").exists()
    page = words(client.get(reverse("impacs:batch", args=[batch.pk])))
    assert "Nothing was imported" in page
    assert re.search(r"[A-Z]+\d+ *: .*in force", page)


def test_what_has_changed_since_it_was_looked_at_is_not_overwritten(cast: Any, client_for: Any, drain: Any) -> None:
    rows = many(3)
    client = client_for(KEEPER)
    batch = confirmed(client, lambda book: [put(book, row, title=f"Better {row}") for row in (2, 3, 4)])
    Task.objects.filter(pk=rows[0].pk).update(version=7)
    drain()
    batch.refresh_from_db()
    assert (batch.state, "since you looked" in batch.content[0]["fault"]) == ("refused", True)
    assert not Task.objects.filter(title__startswith="Better").exists()


def test_nothing_is_done_for_an_appointment_that_has_ended(cast: Any, client_for: Any, drain: Any) -> None:
    batch = confirmed(client_for(KEEPER))
    Seat.objects.filter(pk=cast[KEEPER].seat_id).update(state="ended")
    drain()
    batch.refresh_from_db()
    assert (batch.state, Task.objects.count()) == ("refused", 0)


def statements(actor: Any, changes: list[batches.Change]) -> int:
    with CaptureQueriesContext(connection) as asked:
        done = batches.apply(actor, TaskBatch.Kind.SHEET, changes)
    assert isinstance(done, TaskBatch), [one.faults for one in done]
    return len(asked)


def test_a_further_row_of_a_sheet_costs_few_statements(cast: Any) -> None:
    """So that 5,000 rows are taken over in a minute: what is the same for all of them is asked once."""
    mandate, actor = a_mandate(), cast[KEEPER]
    new = {"title": "New", "mandate": str(mandate.pk), "estimate_days": 2}
    creates = [batches.Change("task.create", None, None, new)] * 30
    few, many_more = statements(actor, creates[:10]), statements(actor, creates)
    assert (many_more - few) / 20 <= 6
    rows = many(40, mandate=mandate)
    moves = [batches.Change("task.change", row.pk, row.version, {"title": "Moved", "due_on": day(20)}) for row in rows]
    few, many_more = statements(actor, moves[:10]), statements(actor, moves[10:])
    assert (many_more - few) / 20 <= 3


def test_two_changes_of_one_task_are_told_one_after_the_other(cast: Any) -> None:
    first, second = many(2)
    done: Any = batches.apply(
        cast[KEEPER],
        TaskBatch.Kind.SHEET,
        [
            batches.Change("task.change", first.pk, first.version, {"title": "Once"}),
            batches.Change("task.change", second.pk, second.version, {"title": "Other"}),
            batches.Change("task.change", first.pk, None, {"title": "Twice"}),
        ],
    )
    cells = [[cell for cell in kept["cells"] if cell[0] == "title"] for kept in done.content]
    assert cells == [[["title", first.title, "Once"]], [["title", second.title, "Other"]], [["title", "Once", "Twice"]]]


def test_a_long_sheet_delays_no_passenger_list() -> None:
    assert queue_of("task_batch.confirmed", "apps.impacs.plan.listeners.work_plan.take_sheet_over") == "slow"
