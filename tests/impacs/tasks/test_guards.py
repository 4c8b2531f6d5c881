"""What the verbs refuse, and the sentence with which they do."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.access import outbox
from apps.access.refused import Refused
from apps.impacs.actions import mandates, money, task_links, task_parts, task_progress, task_repeat, tasks
from apps.impacs.models import Commitment, Dependency, EffortEntry, StateAction, Task
from apps.impacs.tasks.work_plan import tick
from tests.impacs.tasks.people import (
    MANAGER,
    OFFICER,
    SUPERVISOR,
    WATCH,
    a_mandate,
    a_task,
    clause_of,
    done,
    fresh,
    in_days,
    in_review,
    key_of,
    planned,
    started,
    today,
)
from tests.impacs.tasks.world import a_budget

pytestmark = pytest.mark.django_db


def refuses(field, words, act, *args, **given):
    with pytest.raises(ValidationError) as wrong:
        act(*args, **given)
    faults = wrong.value.message_dict if hasattr(wrong.value, "error_dict") else {"": wrong.value.messages}
    assert words in " ".join(faults.get(field, [f"nothing at {field}: {faults}"]))


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"due_on": None}, "Enter the day on which it is due"),
        ({"starts_on": None}, "Enter the day on which it starts"),
        ({"estimate_days": None}, "Enter the days of work"),
    ],
)
def test_only_what_has_its_days_and_estimate_is_planned(cast, left_out, words):
    task = a_task(cast, **left_out)
    refuses(next(iter(left_out)), words, tasks.plan_in, cast[MANAGER], task)


def test_a_task_that_costs_something_needs_a_line_of_its_year(cast):
    made = a_budget(cast)
    task = a_task(cast, cost=Decimal("10"), currency="USD")
    refuses("budget_line", "choose the budget line", tasks.plan_in, cast[MANAGER], task)
    refuses("budget_line", "Choose one of the task's year", tasks.change, cast[MANAGER], task,
            budget_line=str(made["line"].pk), year=today().year + 1)  # fmt: skip
    task = tasks.change(cast[MANAGER], task, budget_line=str(made["line"].pk))
    assert tasks.plan_in(cast[MANAGER], task).state == "planned"


@pytest.mark.parametrize(
    ("field", "offset", "words"),
    [
        ("starts_on", -31, "The decision is in force from"),
        ("due_on", 91, "Only an extension moves it"),
    ],
)
def test_days_of_a_task_lie_within_its_decision_and_clause(cast, field, offset, words):
    mandate = a_mandate(day=-30, due=90)
    refuses(field, words, a_task, cast, mandate=str(mandate.pk), **{field: in_days(offset)})


def test_a_day_before_the_decision_is_refused_for_the_due_day_as_well(cast):
    mandate = a_mandate(day=-3)
    refuses("due_on", "in force from", a_task, cast, mandate=str(mandate.pk), starts_on=None, due_on=in_days(-4))


def test_a_circle_is_refused_and_its_chain_is_named(cast):
    first, second, third = (a_task(cast, title=title) for title in ("One", "Two", "Three"))
    second = task_links.add_dependency(cast[MANAGER], second, before=str(first.pk))
    third = task_links.add_dependency(cast[MANAGER], third, before=str(second.pk))
    chain = f"{first} → {second} → {third} → {first}"
    refuses("before", chain, task_links.add_dependency, cast[MANAGER], fresh(first), before=str(third.pk))
    refuses("before", "cannot wait for itself", task_links.add_dependency, cast[MANAGER], fresh(first),
            before=str(first.pk))  # fmt: skip
    assert Dependency.objects.count() == 2


def test_a_circle_through_clauses_states_and_parents_is_one_too(cast):
    mandate = a_mandate()
    clause = clause_of(mandate)
    head = a_task(cast, mandate=str(mandate.pk), title="Head")
    part = a_task(cast, mandate=str(mandate.pk), title="Part", parent=str(head.pk))
    after = a_task(cast, mandate=str(mandate.pk), title="After")
    row = StateAction.objects.get(clause=clause, party="BRB")
    task_links.add_successor(cast[MANAGER], head, action=row.pk)
    task_links.add_dependency(cast[MANAGER], after, clause=str(clause.pk))
    refuses("before", "BRB under", task_links.add_dependency, cast[MANAGER], part, before=str(after.pk))
    refuses("before", "wait for each other", task_links.add_dependency, cast[MANAGER], fresh(part), before=str(head.pk))


def test_a_chain_does_not_name_what_the_asker_cannot_see(cast):
    mine = a_task(cast, SUPERVISOR, title="Ours")
    hidden = a_task(cast, title="Secret task")
    Dependency.objects.create(successor_task=hidden, predecessor_task=mine)
    other = a_task(cast, SUPERVISOR, title="Also ours")
    Dependency.objects.create(successor_task=other, predecessor_task=hidden)
    with pytest.raises(ValidationError) as wrong:
        task_links.add_dependency(cast[SUPERVISOR], mine, before=str(other.pk))
    assert "a task that you cannot see" in str(wrong.value)
    assert "Secret task" not in str(wrong.value)


def test_the_same_dependency_twice_or_none_at_all_is_refused(cast):
    first, second = a_task(cast), a_task(cast)
    second = task_links.add_dependency(cast[MANAGER], second, before=str(first.pk))
    refuses("before", "already", task_links.add_dependency, cast[MANAGER], second, before=str(first.pk))
    refuses("before", "one of the two", task_links.add_dependency, cast[MANAGER], second)
    task_links.remove_dependency(cast[MANAGER], fresh(second), dependency=Dependency.objects.get().pk)
    assert not Dependency.objects.exists()


def test_a_tree_never_holds_itself(cast):
    head = a_task(cast, title="Head")
    part = a_task(cast, title="Part", parent=str(head.pk))
    refuses("parent", "cannot be part of itself", tasks.change, cast[MANAGER], head, parent=str(part.pk))
    other = a_task(cast, mandate=str(a_mandate().pk))
    refuses("parent", "another mandate", tasks.change, cast[MANAGER], part, parent=str(other.pk))


def test_owner_and_reviewer_differ(cast):
    task = tasks.assign(cast[MANAGER], a_task(cast), person=key_of(cast, OFFICER))
    refuses("reviewer", "Somebody else", tasks.change, cast[MANAGER], task, reviewer=key_of(cast, OFFICER))
    other = a_task(cast, reviewer=key_of(cast, OFFICER))
    refuses("person", "reviews the task", tasks.assign, cast[MANAGER], other, person=key_of(cast, OFFICER))


def test_an_overloaded_person_starts_only_when_the_head_says_why(cast):
    monday = {"starts_on": in_days(0), "due_on": in_days(6), "estimate_days": Decimal(20)}
    task = planned(cast, SUPERVISOR, **monday)
    task = tasks.assign(cast[SUPERVISOR], task, person=key_of(cast, WATCH))
    refuses("override", "the limit is 130", task_progress.start, cast[WATCH], task)
    refuses("override", "the limit is 130", task_progress.start, cast[WATCH], task, override="I want to.")
    task = task_progress.start(cast[SUPERVISOR], task, override="The others are at sea.")
    assert (task.state, task.reason) == ("in_progress", "The others are at sea.")


def test_waiting_needs_somebody_and_a_day_that_has_been(cast):
    task = started(cast)
    refuses("parties", "Name a State", task_progress.wait, cast[MANAGER], task, asked_on=today())
    refuses("parties", "no State or body XYZ", task_progress.wait, cast[MANAGER], task, parties=["XYZ"],
            asked_on=today())  # fmt: skip
    refuses("asked_on", "still to come", task_progress.wait, cast[MANAGER], task, other="A donor", asked_on=in_days(1))
    task = task_progress.wait(cast[MANAGER], task, other="A donor", asked_on=in_days(-3))
    refuses("cleared_on", "before they were asked", task_progress.unblock, cast[MANAGER], task, cleared_on=in_days(-4))


def test_a_blocker_has_its_days_in_order(cast):
    task = started(cast)
    given = {"severity": "major", "kind": "staff", "text": "Ill."}
    refuses("since", "still to come", task_progress.block, cast[MANAGER], task, since=in_days(1), **given)
    task = task_progress.block(cast[MANAGER], task, since=in_days(-2), **given)
    refuses("cleared_on", "before the blocker", task_progress.unblock, cast[MANAGER], task, cleared_on=in_days(-3))
    assert task_progress.unblock(cast[MANAGER], fresh(task), cleared_on=today()).state == "in_progress"


def test_nothing_is_handed_in_without_reviewer_or_result(cast):
    task = started(cast, reviewer="")
    refuses("", "Choose a reviewer", task_progress.submit, cast[MANAGER], task)
    task = tasks.change(cast[MANAGER], task, reviewer=key_of(cast, OFFICER))
    refuses("", "nothing to review yet", task_progress.submit, cast[MANAGER], task)
    task = task_parts.add_deliverable(cast[MANAGER], task, title="Text")
    refuses("", "Attach a file or name the paper of: Text", task_progress.submit, cast[MANAGER], task)
    refuses("paper", "no paper NO-1", task_parts.add_deliverable, cast[MANAGER], task, title="Text", paper="NO-1")


def test_a_task_is_accepted_with_its_criteria_ticked_its_parts_done_and_what_ends_with_it_ended(cast):
    task = in_review(cast)
    task = task_parts.add_item(cast[MANAGER], task, text="Read by counsel", kind="acceptance")
    refuses("", "Not ticked yet: Read by counsel", task_progress.close, cast[OFFICER], task)
    from apps.impacs.models import ChecklistItem

    item = ChecklistItem.objects.get()
    refuses("item", "ticked by the reviewer", task_parts.tick, cast[MANAGER], fresh(task), item=item.pk)
    task = task_parts.tick(cast[OFFICER], fresh(task), item=item.pk)
    part = a_task(cast, title="Part", parent=str(task.pk))
    refuses("", "still open", task_progress.close, cast[OFFICER], fresh(task))
    task_progress.cancel(cast[MANAGER], part, reason="Not needed.")
    other = a_task(cast, title="Beside it")
    Dependency.objects.create(successor_task=task, predecessor_task=other, kind="FF")
    refuses("", "cannot end before this ends", task_progress.close, cast[OFFICER], fresh(task))
    task_progress.cancel(cast[MANAGER], other, reason="Not needed.")
    Dependency.objects.all().delete()
    assert task_progress.close(cast[OFFICER], fresh(task)).state == "done"


def test_the_only_task_of_an_open_mandate_is_not_cancelled(cast):
    mandate = a_mandate()
    task = a_task(cast, mandate=str(mandate.pk))
    refuses("", "only task of an open mandate", task_progress.cancel, cast[MANAGER], task, reason="Tired of it.")
    a_task(cast, mandate=str(mandate.pk), title="Another")
    assert task_progress.cancel(cast[MANAGER], fresh(task), reason="Done by others.").state == "cancelled"


def test_a_task_is_reopened_within_ninety_days_and_not_later(cast):
    task = done(cast)
    Task.objects.filter(pk=task.pk).update(actual_end=in_days(-91))
    with pytest.raises(Refused, match="reopen-too-late"):
        task_progress.reopen(cast[MANAGER], fresh(task), reason="A mistake was found.")
    Task.objects.filter(pk=task.pk).update(actual_end=in_days(-90))
    assert task_progress.reopen(cast[MANAGER], fresh(task), reason="A mistake was found.").state == "in_progress"


def test_nobody_works_more_than_a_day_has_hours(cast):
    task = task_parts.log_effort(cast[MANAGER], started(cast), day=today(), hours=Decimal(20))
    refuses("hours", "more than 24 hours", task_parts.log_effort, cast[MANAGER], task, day=today(), hours=Decimal(5))
    refuses("day", "still to come", task_parts.log_effort, cast[MANAGER], task, day=in_days(1), hours=Decimal(1))
    assert EffortEntry.objects.count() == 1


def test_a_repeated_task_is_made_once_ahead_of_its_day_with_people_and_checklist(cast):
    task = a_task(cast, SUPERVISOR, repeats="weekly", repeats_until=in_days(25))
    task = tasks.assign(cast[SUPERVISOR], task, person=key_of(cast, WATCH))
    task_parts.add_item(cast[SUPERVISOR], task, text="Look at every list")
    assert tick(today()) == 1
    assert tick(today()) == 1
    assert tick(today()) == 0
    rows = list(Task.objects.order_by("due_on"))
    assert [row.due_on for row in rows] == [in_days(10), in_days(17), in_days(24)]
    assert rows[2].repeat_of_id == rows[1].pk
    assert rows[2].desks == task.desks
    with pytest.raises(Refused):
        task_repeat.repeat(cast_clock(), None, before=task)


def cast_clock():
    from apps.people.queries import service_actor

    return service_actor("IMPACS.automation")


def test_money_is_committed_in_time_for_what_the_donor_pays_and_not_above_what_is_free(cast):
    line = a_budget(cast)["line"]
    good = {"amount": Decimal(100), "on": today(), "category": "travel", "text": "PO 1"}
    for changed, field, words in (
        ({"on": in_days(100)}, "on", "ended on"),
        ({"on": in_days(-301)}, "on", "begins on"),
        ({"category": "staff"}, "category", "does not pay for: Staff"),
        ({"category": "gold"}, "category", "no category gold"),
        ({"amount": Decimal(50_001)}, "amount", "Only 50\xa0000.00 USD is free"),
        ({"amount": Decimal(0)}, "amount", "above nothing"),
        ({"currency": "JMD"}, "rate", "no rate from JMD to USD"),
        ({"task": "00000000-0000-0000-0000-000000000000"}, "task", "no task"),
    ):
        refuses(field, words, money.commit, cast[OFFICER], line, **(good | changed))
    line = money.commit(cast[OFFICER], line, **(good | {"currency": "JMD", "rate": Decimal("0.0064")}))
    row = Commitment.objects.get()
    assert (row.amount_minor, row.line_minor) == (10_000, 64)
    late = good | {"on": in_days(150), "amount": Decimal("0.65")}
    refuses("amount", "Only 0.64 USD of this commitment is left", money.spend, cast[OFFICER], line,
            commitment=str(row.pk), **late)  # fmt: skip
    money.spend(cast[OFFICER], line, commitment=str(row.pk), **(late | {"amount": Decimal("0.64")}))


def test_a_grant_names_its_donor_and_ends_after_it_begins(cast):
    good = {"code": "G-1", "name": "Grant", "kind": "grant", "donor": "A donor", "currency": "USD",
            "valid_from": today()}  # fmt: skip
    refuses("donor", "who gives", money.create_fund, cast[MANAGER], None, **(good | {"donor": ""}))
    refuses("valid_to", "not after", money.create_fund, cast[MANAGER], None, **good, valid_to=today())
    money.create_fund(cast[MANAGER], None, **good)
    refuses("code", "There is a fund of this code", money.create_fund, cast[MANAGER], None, **good)
    with pytest.raises(Refused, match="not-director"):
        money.create_fund(cast[OFFICER], None, **(good | {"code": "G-2"}))


def test_a_mandates_day_moves_only_by_an_extension(cast):
    mandate = a_mandate(due=90)
    lead = key_of(cast, OFFICER)
    refuses("due_on", "an extension moves it", mandates.assign, cast[MANAGER], mandate, lead=lead, due_on=in_days(91))
    mandate = mandates.extend(cast[MANAGER], mandate, due_on=in_days(180), cause="The printers burnt down.")
    assert mandate.due_on == in_days(180)
    refuses("basis", "by 90 days at most", mandates.extend, cast[MANAGER], mandate, due_on=in_days(190), cause="Again.")
    refuses("basis", "no decision CONSLE/1/1", mandates.extend, cast[MANAGER], mandate, due_on=in_days(190),
            cause="Again.", basis="CONSLE/1/1")  # fmt: skip
    by = a_mandate().decision.number
    mandate = mandates.extend(cast[MANAGER], mandate, due_on=in_days(300), cause="Again.", basis=by)
    assert (mandate.due_on, mandate.clause.due_on) == (in_days(300), in_days(90))


def test_a_mandate_without_a_day_gets_one_with_its_lead_and_starts_with_a_task(cast):
    mandate = a_mandate(due=None)
    lead = key_of(cast, OFFICER)
    refuses("due_on", "Enter the day that was agreed", mandates.assign, cast[MANAGER], mandate, lead=lead)
    mandate = mandates.assign(cast[MANAGER], mandate, lead=lead, due_on=in_days(30))
    refuses("", "no task under this mandate", mandates.start, cast[OFFICER], mandate)
    planned(cast, mandate=str(mandate.pk))
    mandate = mandates.start(cast[OFFICER], fresh(mandate))
    refuses("paper", "no paper NONE", mandates.report, cast[OFFICER], mandate, paper="NONE")
    from tests.council.papers import world as papers

    number = papers.issued(cast).number
    refuses("explanation", "Still open: TSK-", mandates.report, cast[OFFICER], mandate, paper=number)


def test_the_first_extension_by_the_head_is_the_last_one(cast):
    mandate = a_mandate(due=90)
    with pytest.raises(Refused, match="not-director"):
        mandates.extend(cast[OFFICER], mandate, due_on=in_days(100), cause="Late.")
    outbox.drain(but=outbox.MAIL)
