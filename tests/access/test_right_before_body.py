"""Who may not do it hears that, and nothing of what is wrong with their input."""

from typing import Any

import pytest
from django.urls import reverse

from apps.access.declared_actions import REGISTRY
from apps.audit.models import AuditRecord
from apps.people.actions import digest
from apps.people.queries import actor_for_token
from caricom_portal.api import router
from tests.keys import a_key

pytestmark = pytest.mark.django_db
CREATING = {
    basename: REGISTRY[f"{view.noun}.{view.creates}"]
    for _prefix, view, basename in router.registry
    if getattr(view, "creates", "")
}


@pytest.fixture
def lists() -> str:
    """Where a program opens a watchlist."""
    [name] = [name for name, spec in CREATING.items() if spec.verb == "list.open"]
    return reverse(f"api:{name}-list")


@pytest.mark.parametrize("desk", ["JAM.border", "RIFC.watch", "7T.carrier", "IMPACS.secretariat"])
def test_no_program_learns_what_is_wrong_with_what_it_may_not_create(api: Any, desk: str) -> None:
    program = api(desk)
    actor, _ = actor_for_token(digest(a_key(desk).secret))
    denied = [name for name, spec in CREATING.items() if not spec.policy(actor, None)]
    wrong = {"no_such_field": "?"}
    answers = {name: program.post(reverse(f"api:{name}-list"), wrong, format="json").status_code for name in denied}
    assert len(denied) > 10
    assert {name: status for name, status in answers.items() if status not in {403, 404}} == {}


def test_the_refusal_is_on_the_record(api: Any, lists: str) -> None:
    assert api("7T.carrier").post(lists, {"name": 5}, format="json").status_code == 403
    row = AuditRecord.objects.order_by("-pk").first()
    assert (row.verb, row.outcome, row.desk) == ("list.open", "refused", "7T.carrier")


def test_a_key_that_only_reads_hears_that_first(api: Any, lists: str) -> None:
    answer = api("JAM.intelligence", "read").post(lists, {"name": 5}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "read-only")
    assert api("JAM.intelligence").post(lists, {"name": 5}, format="json").status_code == 400
