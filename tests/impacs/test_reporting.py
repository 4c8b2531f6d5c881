"""Report progress: clause, due date, last report, steps and evidence on one page, said and ticked in one act."""

from typing import Any

import pytest
from django.urls import reverse

from apps.impacs import actions
from apps.impacs.models import Report, Step
from tests.impacs.people import BARBADOS, a_decision, action_of
from tests.impacs.working import fresh

pytestmark = pytest.mark.django_db


def page_of(row: Any) -> str:
    return reverse("impacs:do", args=[row.pk, "report"])


@pytest.fixture
def row(cast: Any) -> Any:
    row = action_of(a_decision(("Name a contact that answers day and night.", ["BRB"], None)), "BRB")
    for title in ("Unit named", "Roster written"):
        row = actions.add_action_step(cast[BARBADOS], row, title=title)
    return row


def test_the_page_says_what_it_is_about(cast: Any, client_for: Any, row: Any) -> None:
    actions.report_on_state_action(cast[BARBADOS], row, text="The unit was chosen.")
    page = client_for(BARBADOS).get(page_of(row)).content.decode()
    for words in (
        "Name a contact that answers day and night.",
        "The unit was chosen.",
        "No evidence yet.",
        "Unit named",
    ):
        assert words in page
    assert 'name="progress"' not in page  # the steps say it
    assert reverse("impacs:do", args=[row.pk, "add_evidence"]) in page


def test_steps_are_ticked_with_the_report(client_for: Any, row: Any) -> None:
    first, second = Step.objects.filter(action=row).order_by("pk")
    browser = client_for(BARBADOS)
    assert browser.post(page_of(row), {"text": "Done.", "done": ["", first.pk]}).status_code == 302
    assert (fresh(row).progress, Report.objects.latest("pk").progress) == (50, 50)
    assert browser.post(page_of(row), {"text": "Both.", "done": ["", first.pk, second.pk]}).status_code == 302
    assert fresh(row).progress == 100
    assert browser.post(page_of(row), {"text": "Taken back.", "done": [""]}).status_code == 302
    assert fresh(row).progress == 0


def test_a_program_that_names_no_steps_leaves_them(api: Any, cast: Any, row: Any) -> None:
    first, _second = Step.objects.filter(action=row).order_by("pk")
    actions.tick_action_steps(cast[BARBADOS], row, done=[str(first.pk)])
    place = f"/api/v1/impacs/state-actions/{row.pk}/actions/report/"
    assert api("BRB.ministry").post(place, {"text": "On."}, format="json").json()["progress"] == 50
    assert api("BRB.ministry").post(place, {"text": "On.", "done": []}, format="json").json()["progress"] == 0


def test_a_step_of_another_action_is_refused_at_the_field(client_for: Any, row: Any) -> None:
    answer = client_for(BARBADOS).post(page_of(row), {"text": "Done.", "done": ["", "12345"]})
    assert answer.status_code == 422
    assert "Done." in answer.content.decode()
