"""A mandate becomes tasks, tasks become a report: through the acts of the people who do it."""

import pytest
from django.urls import reverse

from apps.access import outbox
from apps.access.refusal import Refused
from apps.council.models import AgendaItem
from apps.impacs.actions import mandates
from apps.impacs.models import Assignment, Dependency, Mandate, StateAction, Task, TaskComment
from apps.impacs.plan.actions import answers, links, parts, progress, tasks
from apps.notices.models import Deadline, Notice
from tests.council.meetings import people as called
from tests.council.papers import world as papers
from tests.impacs.tasks.people import (
    BARBADOS,
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
    mandate_of,
    planned,
    started,
)

pytestmark = pytest.mark.django_db


def told(event):
    return sorted(Notice.objects.filter(code=event).values_list("owner__code", flat=True))


def test_a_task_is_planned_done_reviewed_and_its_successor_released(cast):
    mandate = a_mandate()
    first = planned(cast, mandate=str(mandate.pk), reviewer=key_of(cast, OFFICER))
    assert (first.state, first.reference) == ("ready", f"TSK-{first.year}-00001")
    second = a_task(cast, mandate=str(mandate.pk), title="Print it", starts_on=in_days(12), due_on=in_days(14))
    links.add_task_dependency(cast[MANAGER], second, before=str(first.pk))
    second = tasks.plan_task(cast[MANAGER], fresh(second))
    outbox.drain(but=outbox.MAIL)
    assert fresh(second).state == "planned"
    first = progress.start_task(cast[MANAGER], first)
    first = parts.add_task_deliverable(cast[MANAGER], first, title="Text", paper=papers.issued(cast).number)
    first = progress.submit_task(cast[MANAGER], first)
    with pytest.raises(Refused, match="not-reviewer"):
        progress.close_task(cast[MANAGER], first)
    first = progress.return_task(cast[OFFICER], first, comments="The annex is missing.")
    assert TaskComment.objects.filter(task=first, text="The annex is missing.").exists()
    first = progress.close_task(cast[OFFICER], progress.submit_task(cast[MANAGER], first))
    outbox.drain(but=outbox.MAIL)
    assert first.actual_end == in_days(0)
    assert fresh(second).state == "ready"
    assert told("task.ready")


def test_a_task_waits_for_a_number_of_states_and_the_number_shrinks_with_them(cast):
    mandate = a_mandate()
    clause = clause_of(mandate)
    task = a_task(cast, mandate=str(mandate.pk))
    task = links.add_task_dependency(cast[MANAGER], task, clause=str(clause.pk), missing_allowed=1)
    task = tasks.plan_task(cast[MANAGER], task)
    outbox.drain(but=outbox.MAIL)
    from apps.impacs.plan.tasks import run_plan_clock

    rows = list(StateAction.objects.filter(clause=clause).order_by("pk"))
    assert len(rows) == 15
    StateAction.objects.filter(pk__in=[row.pk for row in rows[:12]]).update(state="submitted")
    StateAction.objects.filter(pk=rows[14].pk).update(state="not_applicable")
    assert run_plan_clock(in_days(0)) == 0
    assert fresh(task).state == "planned"
    StateAction.objects.filter(pk=rows[12].pk).update(state="verified")
    assert run_plan_clock(in_days(0)) == 1
    assert fresh(task).state == "ready"
    assert run_plan_clock(in_days(0)) == 0


def test_a_day_releases_a_task_whatever_the_states_do(cast):
    mandate = a_mandate()
    task = a_task(cast, mandate=str(mandate.pk))
    task = links.add_task_dependency(cast[MANAGER], task, clause=str(clause_of(mandate).pk), or_on=in_days(0))
    tasks.plan_task(cast[MANAGER], task)
    outbox.drain(but=outbox.MAIL)
    assert fresh(task).state == "ready"


def test_who_is_assigned_sees_the_inside_and_who_is_taken_off_no_longer(cast):
    task = planned(cast)
    assert not Task.objects.visible_to(cast[WATCH]).filter(pk=task.pk).exists()
    task = tasks.assign_task(cast[MANAGER], task, person=key_of(cast, WATCH))
    outbox.drain(but=outbox.MAIL)
    assert Task.objects.visible_to(cast[WATCH], "work").filter(pk=task.pk).exists()
    assert "JRCC.watch" in told("task.assigned")
    task = tasks.unassign_task(cast[MANAGER], task, person=key_of(cast, WATCH))
    assert not Task.objects.visible_to(cast[WATCH]).filter(pk=task.pk).exists()
    assert not Assignment.objects.filter(task=task).exists()


def test_a_comment_tells_the_desk_of_the_person_named_and_never_one_who_sees_nothing(cast):
    task = tasks.assign_task(cast[MANAGER], started(cast), person=key_of(cast, WATCH))
    parts.comment_on_task(cast[MANAGER], task, text=f"Look, @{WATCH}. Mail a@b.cc stays mail.")
    outbox.drain(but=outbox.MAIL)
    assert told("task.mention") == ["JRCC.watch"]
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match=f"@{BARBADOS} cannot see"):
        parts.comment_on_task(cast[MANAGER], fresh(task), text=f"And @{BARBADOS}?")


def test_those_asked_are_told_and_reminded_and_the_task_goes_on(cast):
    task = started(cast, mandate=str(a_mandate().pk))
    task = progress.set_task_waiting(cast[MANAGER], task, parties=["BRB", "CYM"], asked_on=in_days(-1))
    outbox.drain(but=outbox.MAIL)
    assert told("task.waiting") == ["BRB.ministry", "CYM.ministry"]
    assert set(Deadline.objects.filter(kind="answer asked", state="open").values_list("desk__code", flat=True)) == {
        "BRB.ministry",
        "CYM.ministry",
    }
    task = progress.unblock_task(cast[MANAGER], task, cleared_on=in_days(0))
    outbox.drain(but=outbox.MAIL)
    assert (task.waiting_for, task.state) == ([], "in_progress")
    assert not Deadline.objects.filter(kind="answer asked", state="open").exists()


def test_a_state_answers_for_itself_and_the_desk_is_told_while_others_are_still_waited_for(cast, client_for):
    task = started(cast, mandate=str(a_mandate().pk))
    task = progress.set_task_waiting(cast[MANAGER], task, parties=["BRB", "CYM"], asked_on=in_days(-1))
    outbox.drain(but=outbox.MAIL)
    with pytest.raises(Refused, match="not-waited-for"):
        answers.answer_task(cast["jam.ministry.decider"], fresh(task), text="Not asked.")
    task = answers.answer_task(cast[BARBADOS], fresh(task), text="Two officers are named.")
    outbox.drain(but=outbox.MAIL)
    assert (task.waiting_for, task.state) == (["CYM"], "waiting")
    assert told("task.answered") == ["IMPACS.secretariat"]
    assert Deadline.objects.get(kind="answer asked", state="open").desk.code == "CYM.ministry"
    with pytest.raises(Refused, match="not-waited-for"):
        answers.answer_task(cast[BARBADOS], fresh(task), text="Once more.")
    at = reverse("impacs:task", args=[task.pk])
    assert "Two officers are named." in client_for(BARBADOS).get(at).content.decode()
    assert "Two officers are named." not in client_for("jam.ministry.decider").get(at).content.decode()


def test_a_revoked_mandate_stops_its_tasks_with_the_reason_and_loses_nothing(cast):
    mandate = a_mandate()
    task = tasks.assign_task(cast[MANAGER], started(cast, mandate=str(mandate.pk)), person=key_of(cast, WATCH))
    task = parts.comment_on_task(cast[MANAGER], task, text="Half of it is written.")
    other = planned(cast, mandate=str(mandate.pk), title="Print it")
    finished = done(cast, mandate=str(mandate.pk), title="Ask the printers")
    by = a_mandate().decision.number
    mandates.revoke_mandate(cast[MANAGER], fresh(mandate), by=by, note="Taken over by the States.")
    outbox.drain(but=outbox.MAIL)
    for row in (fresh(task), fresh(other)):
        assert row.state == "cancelled"
        assert by in row.reason
        assert "Taken over by the States." in row.reason
    assert fresh(finished).state == "done"
    assert TaskComment.objects.filter(task=task).count() == 1
    assert "JRCC.watch" in told("task.cancelled")


def test_tasks_go_on_under_the_mandate_of_the_decision_that_took_its_place(cast):
    from tests.impacs.people import ended

    mandate, later = a_mandate(), a_mandate()
    task = started(cast, mandate=str(mandate.pk))
    decision = mandate.decision
    decision.superseded_by = later.decision
    decision.save(update_fields=["superseded_by"])
    ended(decision, in_days(0))
    outbox.drain(but=outbox.MAIL)
    assert fresh(mandate).state == "superseded"
    assert (fresh(task).state, fresh(task).mandate_id) == ("in_progress", later.pk)


def test_a_mandate_is_led_reported_and_discharged(cast):
    mandate = a_mandate()
    mandate = mandates.assign_mandate(cast[MANAGER], mandate, lead=key_of(cast, OFFICER))
    task = done(cast, mandate=str(mandate.pk))
    mandate = mandates.start_mandate(cast[OFFICER], fresh(mandate))
    paper = papers.issued(cast)
    meeting = called.a_meeting(cast)
    mandate = mandates.report_on_mandate(cast[OFFICER], mandate, paper=paper.number)
    outbox.drain(but=outbox.MAIL)
    item = AgendaItem.objects.get(pk=fresh(mandate).item_id)
    assert (item.meeting_id, item.state) == (meeting.pk, "proposed")
    mandate = mandates.return_mandate(
        cast[MANAGER], fresh(mandate), basis="CONSLE/2026/9/4", due_on=in_days(200), note="Add the cost."
    )
    assert (mandate.state, mandate.due_on) == ("in_progress", in_days(200))
    mandate = mandates.report_on_mandate(cast[OFFICER], mandate, paper=paper.number)
    outbox.drain(but=outbox.MAIL)
    mandate = mandates.discharge_mandate(cast[MANAGER], fresh(mandate), basis="CONSLE/2026/10/1")
    assert mandate.state == "discharged"
    with pytest.raises(Refused, match="mandate-over"):
        progress.reopen_task(cast[MANAGER], task, reason="A mistake was found.")


def test_a_report_waits_for_an_agenda_and_is_proposed_once(cast):
    from apps.impacs.plan.tasks import run_plan_clock as tick

    mandate = mandates.assign_mandate(cast[MANAGER], a_mandate(), lead=key_of(cast, OFFICER))
    planned(cast, mandate=str(mandate.pk))
    mandate = mandates.start_mandate(cast[OFFICER], fresh(mandate))
    paper = papers.issued(cast)
    AgendaItem.objects.exclude(pk=None).update(state="withdrawn")
    from apps.council.models import Meeting

    Meeting.objects.filter(state="agenda_open").update(state="agenda_closed")
    mandates.report_on_mandate(cast[OFFICER], mandate, paper=paper.number, explanation="The printers are slow.")
    outbox.drain(but=outbox.MAIL)
    assert fresh(mandate).item_id is None
    called.a_meeting(cast)
    assert tick(in_days(0)) == 1
    assert fresh(mandate).item_id is not None
    assert tick(in_days(0)) == 0


def test_the_due_day_of_a_task_stands_in_its_desks_calendar_until_it_ends(cast):
    task = planned(cast, SUPERVISOR)
    row = Deadline.objects.get(object_id=str(task.pk))
    assert (row.desk.code, row.state, row.number) == ("JRCC.watch", "open", task.reference)
    progress.cancel_task(cast[SUPERVISOR], task, reason="No longer needed.")
    outbox.drain(but=outbox.MAIL)
    assert Deadline.objects.get(object_id=str(task.pk)).state == "done"


def test_nobody_reviews_what_he_handed_in(cast):
    task = started(cast)
    task = tasks.change_task(cast[MANAGER], task, reviewer=key_of(cast, MANAGER))
    task = parts.add_task_deliverable(cast[MANAGER], task, title="Text", paper=papers.issued(cast).number)
    with pytest.raises(Refused, match="own-work"):
        progress.submit_task(cast[MANAGER], task)


def test_what_was_seen_of_a_successor_is_told_when_its_predecessor_is_given_up(cast):
    first = started(cast)
    second = a_task(cast, SUPERVISOR, title="After it")
    Dependency.objects.create(successor_task=second, predecessor_task=first)
    progress.cancel_task(cast[MANAGER], first, reason="Overtaken by events.")
    outbox.drain(but=outbox.MAIL)
    assert "JRCC.watch" in told("task.cancelled")


def test_a_mandate_of_a_decision_that_lapses_ends_with_its_tasks(cast):
    from tests.impacs.people import ended

    mandate = a_mandate()
    task = in_review(cast, mandate=str(mandate.pk))
    ended(mandate.decision, in_days(0))
    outbox.drain(but=outbox.MAIL)
    assert Mandate.objects.get(pk=mandate.pk).state == "superseded"
    assert fresh(task).state == "cancelled"
    assert mandate_of(mandate.decision).pk == mandate.pk


def test_states_that_wait_for_a_late_task_are_red_through_no_fault_of_theirs(cast):
    from apps.impacs.obligations.queries import status

    mandate = a_mandate()
    clause = clause_of(mandate)
    task = a_task(cast, mandate=str(mandate.pk), starts_on=in_days(-9), due_on=in_days(-2))
    links.add_task_successor(cast[MANAGER], task, clause=str(clause.pk))
    actions_of = StateAction.objects.filter(clause=clause)

    def reasons(day):
        return {tuple(at.status.reasons) for _row, at in status.standings(actions_of, day).values()}

    assert all("UPSTREAM_RED" in found for found in reasons(in_days(0)))
    assert not any("UPSTREAM_RED" in found for found in reasons(in_days(-2)))
    Task.objects.filter(pk=task.pk).update(state="done", actual_end=in_days(-1))
    assert not any("UPSTREAM_RED" in found for found in reasons(in_days(0)))


def test_one_state_may_wait_for_a_task_alone(cast):
    from apps.impacs.obligations.queries import status as status_queries

    mandate = a_mandate()
    clause = clause_of(mandate)
    task = a_task(cast, mandate=str(mandate.pk), starts_on=in_days(-9), due_on=in_days(-2))
    row = StateAction.objects.get(clause=clause, party="BRB")
    links.add_task_successor(cast[MANAGER], task, action=row.pk)
    found = status_queries.standings(StateAction.objects.filter(clause=clause), in_days(0))
    assert {row.party for row, at in found.values() if "UPSTREAM_RED" in at.status.reasons} == {"BRB"}
