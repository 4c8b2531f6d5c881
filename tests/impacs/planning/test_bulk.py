"""Many tasks at once: previewed row by row, then all or nothing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.declared_actions import do_also
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.impacs.models import Task, TaskBatch, TaskRules
from apps.impacs.plan.actions import batches
from apps.impacs.plan.actions.batches import Change
from tests.impacs.planning.people import ANALYST, JAMAICA, KEEPER, WATCH, a_programme, a_task, day, many

pytestmark = pytest.mark.django_db
PLACE = "/impacs/tasks/bulk/"


def sent(rows: list[Any], step: str, previewed: str = "", **given: Any) -> dict[str, Any]:
    """What the form of the page sends."""
    versions = {f"version_{row.pk}": row.version for row in rows}
    return {"task": [str(row.pk) for row in rows], "step": step, "previewed": previewed, **versions, **given}


def carried_out(client: Any, rows: list[Any], **given: Any) -> Any:
    """Previewed, then applied as previewed."""
    page = client.post(PLACE, sent(rows, "preview", **given))
    assert page.status_code == 200
    return client.post(PLACE, sent(rows, "apply", page.context["signed"], **given))


def test_a_preview_shows_each_task_before_and_after_and_changes_nothing(cast: Any, client_for: Any):
    rows = many(3, priority=2)
    page = client_for(KEEPER).post(PLACE, sent(rows, "preview", priority="4", shift="7"))
    assert page.context["can_apply"]
    for line in page.context["lines"]:
        assert {str(name): (before, after) for name, before, after in line["cells"]} == {
            "Priority": ("2", "4"),
            "Start": (f"{day(0)}", f"{day(7)}"),
            "Due": (f"{day(30)}", f"{day(37)}"),
        }
    assert set(Task.objects.values_list("priority", "version")) == {(2, 1)}
    assert not AuditRecord.objects.filter(verb="task.change").exists()


def test_what_was_previewed_is_applied_by_each_tasks_own_rule_and_kept(cast: Any, client_for: Any):
    rows, programme = many(3), a_programme()
    done = carried_out(client_for(KEEPER), rows, owner="JRCC.watch", programme=programme.code)
    batch = TaskBatch.objects.get()
    assert done.url == reverse("impacs:batch", args=[batch.pk])
    for row in Task.objects.all():
        assert (row.owner.code, row.programme, row.version) == ("JRCC.watch", programme, 2)
    assert set(Task.objects.visible_to(cast[WATCH], "work")) == set(rows)
    assert AuditRecord.objects.filter(verb="task.change", outcome="done").count() == 3
    assert AuditRecord.objects.filter(verb="task_batch.apply").count() == 1
    assert batch.content[0]["cells"]


def test_states_change_by_their_verbs_and_refusals_are_named_before_anything_happens(cast: Any, client_for: Any):
    good = a_task(state="backlog", estimate_days=2)
    bad = a_task(state="backlog", estimate_days=None)
    client = client_for(KEEPER)
    page = client.post(PLACE, sent([good, bad], "preview", verb="plan"))
    faults = {line["row"].pk: line["faults"] for line in page.context["lines"]}
    assert faults[good.pk] == []
    assert "days of work" in faults[bad.pk][0]
    assert not page.context["can_apply"]
    forced = client.post(PLACE, sent([good, bad], "apply", page.context["signed"], verb="plan"))
    assert forced.status_code == 422
    assert set(Task.objects.values_list("state", flat=True)) == {"backlog"}
    carried_out(client, [good], verb="plan")
    assert Task.objects.get(pk=good.pk).state == "planned"


def test_cancelling_many_needs_a_reason(cast: Any, client_for: Any):
    rows = many(2)
    client = client_for(KEEPER)
    assert client.post(PLACE, sent(rows, "preview", verb="cancel")).status_code == 422
    carried_out(client, rows, verb="cancel", reason="The grant has ended.")
    assert set(Task.objects.values_list("state", "reason")) == {("cancelled", "The grant has ended.")}


def test_a_task_that_somebody_else_changed_stops_the_whole_and_shows_how_it_stands(cast: Any, client_for: Any):
    rows = many(2, priority=2)
    client = client_for(KEEPER)
    page = client.post(PLACE, sent(rows, "preview", priority="4"))
    Task.objects.filter(pk=rows[1].pk).update(version=2, title="Theirs")
    stale = client.post(PLACE, sent(rows, "apply", page.context["signed"], priority="4"))
    assert stale.status_code == 409
    assert b"Theirs" in stale.content
    assert b"Someone changed this record" in stale.content
    assert set(Task.objects.values_list("priority", flat=True)) == {2}
    line = next(line for line in stale.context["lines"] if line["stale"])
    assert line["version"] == 2  # the next press goes on from what is shown


def test_nothing_is_applied_that_was_not_previewed(cast: Any, client_for: Any):
    rows = many(2, priority=2)
    client = client_for(KEEPER)
    page = client.post(PLACE, sent(rows, "preview", priority="3"))
    other = client.post(PLACE, sent(rows, "apply", page.context["signed"], priority="4"))
    assert other.status_code == 200
    assert other.context["previewed"]
    assert set(Task.objects.values_list("priority", flat=True)) == {2}


def test_tasks_of_another_desk_are_refused_by_name_and_unseen_ones_are_not_there(cast: Any, client_for: Any):
    own = a_task(owner="JRCC.watch", also=())
    theirs = a_task(owner="IMPACS.secretariat", also=("JRCC.watch",))
    hidden = a_task(title="Quiet", owner="RIFC.analysis", also=())
    page = client_for(WATCH).post(PLACE, sent([own, theirs, hidden], "preview", priority="4"))
    faults = {line["row"].pk: line["faults"] for line in page.context["lines"]}
    assert set(faults) == {own.pk, theirs.pk}
    assert faults[own.pk] == []
    assert len(faults[theirs.pk]) == 1
    outcomes = batches.apply(cast[WATCH], "bulk", [Change("task.change", theirs.pk, 1, {"priority": 4})])
    assert isinstance(outcomes, list)
    refused = AuditRecord.objects.get(verb="task.change", outcome="refused")
    assert refused.object_id == str(theirs.pk)


def test_all_of_a_selection_is_taken_from_the_filters_up_to_a_limit(cast: Any, client_for: Any):
    many(3, priority=4)
    many(2, priority=1)
    client = client_for(KEEPER)
    assert len(client.get(PLACE, {"all": "on", "priority": "4"}).context["lines"]) == 3
    rules = TaskRules.objects.get()
    rules.content["bulk_rows"] = 2
    rules.save()
    page = client.get(PLACE, {"all": "on"})
    assert page.status_code == 422
    assert b"at most 2 tasks" in page.content


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"shift": "soon"},
        {"shift": "1000"},
        {"shift": "7", "due_on": "2009-06-30"},
        {"owner": "JRCC.kitchen"},
        {"verb": "close"},
        {"priority": "9"},
        {"due_on": "31 Feb 2016"},
    ],
)
def test_what_cannot_be_done_to_all_is_told_at_its_place(cast: Any, client_for: Any, given: dict[str, str]):
    rows = many(2)
    assert client_for(KEEPER).post(PLACE, sent(rows, "preview", **given)).status_code == 422


def test_no_choice_or_nonsense_in_its_place_is_told(cast: Any, client_for: Any):
    client = client_for(KEEPER)
    for keys in ([], ["x"], ["00000000-0000-0000-0000-000000000000"]):
        assert client.post(PLACE, {"task": keys, "step": "preview", "priority": "4"}).status_code == 422
    with pytest.raises(ValidationError, match="Nothing would change"):
        batches.apply(cast[KEEPER], "bulk", [])


def test_a_ministry_changes_nothing_here(cast: Any, client_for: Any):
    row = a_task()
    assert client_for(JAMAICA).get(PLACE, {"task": str(row.pk)}).status_code == 404
    with pytest.raises(Refused) as refusal:
        batches.apply(cast[JAMAICA], "bulk", [Change("task.change", row.pk, 1, {"priority": 4})])
    assert refusal.value.code == "not-impacs-work"


def test_what_was_done_is_read_by_the_desk_and_only_of_tasks_that_it_sees(cast: Any, client_for: Any):
    row = a_task(owner="JRCC.watch", also=())
    batch = batches.apply(cast[WATCH], "bulk", [Change("task.change", row.pk, 1, {"priority": 4})])
    assert isinstance(batch, TaskBatch)
    place = reverse("impacs:batch", args=[batch.pk])
    assert row.reference.encode() in client_for(WATCH).get(place).content
    assert client_for(ANALYST).get(place).status_code == 404


def test_a_verb_can_be_a_part_of_another_action_only():
    with pytest.raises(RuntimeError, match="belong into the body of an action"):
        do_also("task.change", None)
