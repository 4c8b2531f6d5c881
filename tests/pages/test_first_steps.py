"""First steps: five for each kind of desk, each leads to a page of its people, and ticks itself off."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access.declared_actions import REGISTRY
from apps.audit.verb_labels import DONE
from caricom_portal.places import BY_FUNCTION
from caricom_portal.steps import STEPS, steps_for
from tests.pages.test_places import PERSON

pytestmark = pytest.mark.django_db
PAGE = "/first-steps/"


def page_of(browser: Any) -> str:
    return browser.get(PAGE).content.decode()


def test_each_function_that_people_work_in_has_five_steps() -> None:
    assert set(STEPS) == set(BY_FUNCTION) - {"automation"}
    assert {len(steps_for(desk.partition(".")[2], desk)) for desk in PERSON} == {5}


def test_every_verb_that_ticks_a_step_off_is_one_of_the_audit() -> None:
    reverse("home")  # loads the views, which say what readings are called
    verbs = {verb for steps in STEPS.values() for step in steps for verb in step.verbs}
    assert verbs - {*DONE, *REGISTRY} == set()


@pytest.mark.parametrize("desk", PERSON)
def test_each_step_leads_to_a_page_of_the_seat(client_for: Any, desk: str) -> None:
    browser = client_for(PERSON[desk])
    page = page_of(browser)
    steps = steps_for(desk.partition(".")[2], desk)
    assert re.findall(r'<h2 class="fsh">(.*?)</h2>', page) == [str(step.title) for step in steps]
    for step in steps:
        address = reverse(step.view)
        assert f'href="{address}"' in page
        assert browser.get(address).status_code == 200, address


def test_a_step_ticks_itself_off_and_the_rail_says_how_many(client_for: Any) -> None:
    browser = client_for("jam.ministry.decider")
    assert "First steps" in browser.get("/people/desk/").content.decode()
    assert "0 of 5 are done" in page_of(browser)
    browser.get(reverse("council:official"))
    page = page_of(browser)
    assert "1 of 5 are done" in page
    assert page.count("btn-s btn-p") == 1  # the next step alone is the primary one
    assert re.search(r"First steps, 1\s+of 5 done", browser.get("/people/desk/").content.decode())


def test_what_a_colleague_did_is_not_ticked_off(client_for: Any) -> None:
    client_for("jam.ministry.reader").get(reverse("council:official"))
    assert "0 of 5 are done" in page_of(client_for("jam.ministry.decider"))
