"""What the verbs refuse, and the sentence with which they do."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.access import outbox
from apps.access.refusal import Refused
from apps.impacs.actions import mandates, money
from apps.impacs.models import Commitment, Dependency, EffortEntry, StateAction, Task
from apps.impacs.plan.actions import links, parts, progress, tasks, templates
from apps.impacs.plan.tasks import run_plan_clock
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
        ({"due_on": None}, "Enter the due date"),
        ({"starts_on": None}, "The task cannot be planned without it"),
        ({"estimate_days": None}, "Enter the days of work"),
    ],
)
def test_only_what_has_its_days_and_estimate_is_planned(cast, left_out, words):
    task = a_task(cast, **left_out)
    refuses(next(iter(left_out)), words, tasks.plan_task, cast[MANAGER], task)


def test_a_task_that_costs_something_needs_a_line_of_its_year(cast):
    made = a_budget(cast)
    task = a_task(cast, cost=Decimal("10"), currency="USD")
    refuses("budget_line", "Choose the budget line that pays for it", tasks.plan_task, cast[MANAGER], task)
    refuses("budget_line", "Choose one for the task", tasks.change_task, cast[MANAGER], task,
            budget_line=str(made["line"].pk), year=today().year + 1)  # fmt: skip
    task = tasks.change_task(cast[MANAGER], task, budget_line=str(made["line"].pk))
    assert tasks.plan_task(cast[MANAGER], task).state == "planned"


@pytest.mark.parametrize(
    ("field", "offset", "words"),
    [
        ("starts_on", -31, "The decision is in force from"),
        ("due_on", 91, "Enter that day or an earlier one"),
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
    second = links.add_task_dependency(cast[MANAGER], second, before=str(first.pk))
    third = links.add_task_dependency(cast[MANAGER], third, before=str(second.pk))
    chain = f"{first} → {second} → {third} → {first}"
    refuses("before", chain, links.add_task_dependency, cast[MANAGER], fresh(first), before=str(third.pk))
    refuses("before", "A task cannot depend on itself", links.add_task_dependency, cast[MANAGER], fresh(first),
            before=str(first.pk))  # fmt: skip
    assert Dependency.objects.count() == 2


def test_a_circle_through_clauses_states_and_parents_is_one_too(cast):
    mandate = a_mandate()
    clause = clause_of(mandate)
    head = a_task(cast, mandate=str(mandate.pk), title="Head")
    part = a_task(cast, mandate=str(mandate.pk), title="Part", parent=str(head.pk))
    after = a_task(cast, mandate=str(mandate.pk), title="After")
    row = StateAction.objects.get(clause=clause, party="BRB")
    links.add_task_successor(cast[MANAGER], head, action=row.pk)
    links.add_task_dependency(cast[MANAGER], after, clause=str(clause.pk))
    refuses("before", "BRB under", links.add_task_dependency, cast[MANAGER], part, before=str(after.pk))
    refuses(
        "before",
        "They would depend on each other",
        links.add_task_dependency,
        cast[MANAGER],
        fresh(part),
        before=str(head.pk),
    )


def test_a_chain_does_not_name_what_the_asker_cannot_see(cast):
    mine = a_task(cast, SUPERVISOR, title="Ours")
    hidden = a_task(cast, title="Secret task")
    Dependency.objects.create(successor_task=hidden, predecessor_task=mine)
    other = a_task(cast, SUPERVISOR, title="Also ours")
    Dependency.objects.create(successor_task=other, predecessor_task=hidden)
    with pytest.raises(ValidationError) as wrong:
        links.add_task_dependency(cast[SUPERVISOR], mine, before=str(other.pk))
    assert "a task that you cannot see" in str(wrong.value)
    assert "Secret task" not in str(wrong.value)


def test_the_same_dependency_twice_or_none_at_all_is_refused(cast):
    first, second = a_task(cast), a_task(cast)
    second = links.add_task_dependency(cast[MANAGER], second, before=str(first.pk))
    refuses("before", "already", links.add_task_dependency, cast[MANAGER], second, before=str(first.pk))
    refuses("before", "not both", links.add_task_dependency, cast[MANAGER], second)
    links.remove_task_dependency(cast[MANAGER], fresh(second), dependency=Dependency.objects.get().pk)
    assert not Dependency.objects.exists()


def test_a_tree_never_holds_itself(cast):
    head = a_task(cast, title="Head")
    part = a_task(cast, title="Part", parent=str(head.pk))
    refuses("parent", "cannot be part of itself", tasks.change_task, cast[MANAGER], head, parent=str(part.pk))
    other = a_task(cast, mandate=str(a_mandate().pk))
    refuses("parent", "another mandate", tasks.change_task, cast[MANAGER], part, parent=str(other.pk))


def test_owner_and_reviewer_differ(cast):
    task = tasks.assign_task(cast[MANAGER], a_task(cast), person=key_of(cast, OFFICER))
    refuses("reviewer", "another reviewer", tasks.change_task, cast[MANAGER], task, reviewer=key_of(cast, OFFICER))
    other = a_task(cast, reviewer=key_of(cast, OFFICER))
    refuses("person", "reviews the task", tasks.assign_task, cast[MANAGER], other, person=key_of(cast, OFFICER))


def test_an_overloaded_person_starts_only_when_the_head_says_why(cast):
    monday = {"starts_on": in_days(0), "due_on": in_days(6), "estimate_days": Decimal(20)}
    task = planned(cast, SUPERVISOR, **monday)
    task = tasks.assign_task(cast[SUPERVISOR], task, person=key_of(cast, WATCH))
    refuses("override", "the limit is 130", progress.start_task, cast[WATCH], task)
    refuses("override", "the limit is 130", progress.start_task, cast[WATCH], task, override="I want to.")
    task = progress.start_task(cast[SUPERVISOR], task, override="The others are at sea.")
    assert (task.state, task.reason) == ("in_progress", "The others are at sea.")


def test_waiting_needs_somebody_and_a_day_that_has_been(cast):
    task = started(cast)
    refuses(
        "parties",
        "Enter a State, a body, a donor or a supplier, for example BRB",
        progress.set_task_waiting,
        cast[MANAGER],
        task,
        asked_on=today(),
    )
    refuses("parties", "no State or body XYZ", progress.set_task_waiting, cast[MANAGER], task, parties=["XYZ"],
            asked_on=today())  # fmt: skip
    refuses(
        "asked_on",
        "in the future",
        progress.set_task_waiting,
        cast[MANAGER],
        task,
        other="A donor",
        asked_on=in_days(1),
    )
    task = progress.set_task_waiting(cast[MANAGER], task, other="A donor", asked_on=in_days(-3))
    refuses("cleared_on", "before they were asked", progress.unblock_task, cast[MANAGER], task, cleared_on=in_days(-4))


def test_a_blocker_has_its_days_in_order(cast):
    task = started(cast)
    given = {"severity": "major", "kind": "staff", "text": "Ill."}
    refuses("since", "in the future", progress.block_task, cast[MANAGER], task, since=in_days(1), **given)
    task = progress.block_task(cast[MANAGER], task, since=in_days(-2), **given)
    refuses("cleared_on", "before the blocker", progress.unblock_task, cast[MANAGER], task, cleared_on=in_days(-3))
    assert progress.unblock_task(cast[MANAGER], fresh(task), cleared_on=today()).state == "in_progress"


def test_nothing_is_handed_in_without_reviewer_or_result(cast):
    task = started(cast, reviewer="")
    refuses("", "Select Edit and choose one first", progress.submit_task, cast[MANAGER], task)
    task = tasks.change_task(cast[MANAGER], task, reviewer=key_of(cast, OFFICER))
    refuses("", "nothing to review yet", progress.submit_task, cast[MANAGER], task)
    task = parts.add_task_deliverable(cast[MANAGER], task, title="Text")
    refuses("", "Attach a file or enter a paper for: Text", progress.submit_task, cast[MANAGER], task)
    refuses("paper", "no paper NO-1", parts.add_task_deliverable, cast[MANAGER], task, title="Text", paper="NO-1")


def test_a_task_is_accepted_with_its_criteria_ticked_its_parts_done_and_what_ends_with_it_ended(cast):
    task = in_review(cast)
    task = parts.add_task_item(cast[MANAGER], task, text="Read by counsel", kind="acceptance")
    refuses("", "Not ticked yet: Read by counsel", progress.close_task, cast[OFFICER], task)
    from apps.impacs.models import ChecklistItem

    item = ChecklistItem.objects.get()
    refuses(
        "item",
        "The reviewer ticks the acceptance criteria",
        parts.tick_task_item,
        cast[MANAGER],
        fresh(task),
        item=item.pk,
    )
    task = parts.tick_task_item(cast[OFFICER], fresh(task), item=item.pk)
    part = a_task(cast, title="Part", parent=str(task.pk))
    refuses("", "still open", progress.close_task, cast[OFFICER], fresh(task))
    progress.cancel_task(cast[MANAGER], part, reason="Not needed.")
    other = a_task(cast, title="Beside it")
    Dependency.objects.create(successor_task=task, predecessor_task=other, kind="FF")
    refuses("", "It cannot end before these end", progress.close_task, cast[OFFICER], fresh(task))
    progress.cancel_task(cast[MANAGER], other, reason="Not needed.")
    Dependency.objects.all().delete()
    assert progress.close_task(cast[OFFICER], fresh(task)).state == "done"


def test_the_only_task_of_an_open_mandate_is_not_cancelled(cast):
    mandate = a_mandate()
    task = a_task(cast, mandate=str(mandate.pk))
    refuses("", "only task of an open mandate", progress.cancel_task, cast[MANAGER], task, reason="Tired of it.")
    a_task(cast, mandate=str(mandate.pk), title="Another")
    assert progress.cancel_task(cast[MANAGER], fresh(task), reason="Done by others.").state == "cancelled"


def test_a_task_is_reopened_within_ninety_days_and_not_later(cast):
    task = done(cast)
    Task.objects.filter(pk=task.pk).update(actual_end=in_days(-91))
    with pytest.raises(Refused, match="reopen-too-late"):
        progress.reopen_task(cast[MANAGER], fresh(task), reason="A mistake was found.")
    Task.objects.filter(pk=task.pk).update(actual_end=in_days(-90))
    assert progress.reopen_task(cast[MANAGER], fresh(task), reason="A mistake was found.").state == "in_progress"


def test_nobody_works_more_than_a_day_has_hours(cast):
    task = parts.log_task_effort(cast[MANAGER], started(cast), day=today(), hours=Decimal(20))
    refuses("hours", "more than 24 hours", parts.log_task_effort, cast[MANAGER], task, day=today(), hours=Decimal(5))
    refuses("day", "in the future", parts.log_task_effort, cast[MANAGER], task, day=in_days(1), hours=Decimal(1))
    assert EffortEntry.objects.count() == 1


def test_a_repeated_task_is_made_once_ahead_of_its_day_with_people_and_checklist(cast):
    task = a_task(cast, SUPERVISOR, repeats="weekly", repeats_until=in_days(25))
    task = tasks.assign_task(cast[SUPERVISOR], task, person=key_of(cast, WATCH))
    parts.add_task_item(cast[SUPERVISOR], task, text="Look at every list")
    assert run_plan_clock(today()) == 1
    assert run_plan_clock(today()) == 1
    assert run_plan_clock(today()) == 0
    rows = list(Task.objects.order_by("due_on"))
    assert [row.due_on for row in rows] == [in_days(10), in_days(17), in_days(24)]
    assert rows[2].repeat_of_id == rows[1].pk
    assert rows[2].desks == task.desks
    with pytest.raises(Refused):
        templates.repeat_task(cast_clock(), None, before=task)


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
        ({"amount": Decimal(50_001)}, "amount", "Only 50\xa0000.00 USD is available"),
        ({"amount": Decimal(0)}, "amount", "above 0"),
        ({"currency": "JMD"}, "rate", "no rate from JMD to USD"),
        ({"task": "00000000-0000-0000-0000-000000000000"}, "task", "no task"),
    ):
        refuses(field, words, money.commit_budget, cast[OFFICER], line, **(good | changed))
    line = money.commit_budget(cast[OFFICER], line, **(good | {"currency": "JMD", "rate": Decimal("0.0064")}))
    row = Commitment.objects.get()
    assert (row.amount_minor, row.line_minor) == (10_000, 64)
    late = good | {"on": in_days(150), "amount": Decimal("0.65")}
    refuses("amount", "Only 0.64 USD of this commitment is left", money.spend_budget, cast[OFFICER], line,
            commitment=str(row.pk), **late)  # fmt: skip
    money.spend_budget(cast[OFFICER], line, commitment=str(row.pk), **(late | {"amount": Decimal("0.64")}))


def test_a_grant_names_its_donor_and_ends_after_it_begins(cast):
    good = {"code": "G-1", "name": "Grant", "kind": "grant", "donor": "A donor", "currency": "USD",
            "valid_from": today()}  # fmt: skip
    refuses("donor", "who gives", money.create_fund, cast[MANAGER], None, **(good | {"donor": ""}))
    refuses("valid_to", "not after", money.create_fund, cast[MANAGER], None, **good, valid_to=today())
    money.create_fund(cast[MANAGER], None, **good)
    refuses("code", "A fund with this code already exists", money.create_fund, cast[MANAGER], None, **good)
    with pytest.raises(Refused, match="not-director"):
        money.create_fund(cast[OFFICER], None, **(good | {"code": "G-2"}))


def test_a_mandates_day_moves_only_by_an_extension(cast):
    mandate = a_mandate(due=90)
    lead = key_of(cast, OFFICER)
    refuses(
        "due_on",
        "Only an extension can move it",
        mandates.assign_mandate,
        cast[MANAGER],
        mandate,
        lead=lead,
        due_on=in_days(91),
    )
    mandate = mandates.extend_mandate(cast[MANAGER], mandate, due_on=in_days(180), cause="The printers burnt down.")
    assert mandate.due_on == in_days(180)
    refuses(
        "basis",
        "of up to 90 days",
        mandates.extend_mandate,
        cast[MANAGER],
        mandate,
        due_on=in_days(190),
        cause="Again.",
    )
    refuses("basis", "no decision CONSLE/1/1", mandates.extend_mandate, cast[MANAGER], mandate, due_on=in_days(190),
            cause="Again.", basis="CONSLE/1/1")  # fmt: skip
    by = a_mandate().decision.number
    mandate = mandates.extend_mandate(cast[MANAGER], mandate, due_on=in_days(300), cause="Again.", basis=by)
    assert (mandate.due_on, mandate.clause.due_on) == (in_days(300), in_days(90))


def test_a_mandate_without_a_day_gets_one_with_its_lead_and_starts_with_a_task(cast):
    mandate = a_mandate(due=None)
    lead = key_of(cast, OFFICER)
    refuses("due_on", "The clause sets no due date", mandates.assign_mandate, cast[MANAGER], mandate, lead=lead)
    mandate = mandates.assign_mandate(cast[MANAGER], mandate, lead=lead, due_on=in_days(30))
    refuses("", "no task under this mandate", mandates.start_mandate, cast[OFFICER], mandate)
    planned(cast, mandate=str(mandate.pk))
    mandate = mandates.start_mandate(cast[OFFICER], fresh(mandate))
    refuses("paper", "no paper NONE", mandates.report_on_mandate, cast[OFFICER], mandate, paper="NONE")
    from tests.council.papers import world as papers

    number = papers.issued(cast).number
    refuses("explanation", "Still open: TSK-", mandates.report_on_mandate, cast[OFFICER], mandate, paper=number)


def test_the_first_extension_by_the_head_is_the_last_one(cast):
    mandate = a_mandate(due=90)
    with pytest.raises(Refused, match="not-director"):
        mandates.extend_mandate(cast[OFFICER], mandate, due_on=in_days(100), cause="Late.")
    outbox.drain(but=outbox.MAIL)
