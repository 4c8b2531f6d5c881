"""INTERPOL in the running demonstration: the operator lets the source fail, the watch sees it, and it comes back."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import People
from tests.running.conftest import Portal, eventually
from tests.running.test_pages import look_at

pytestmark = pytest.mark.browser
WATCH, OPERATOR = "jrcc.watch.supervisor", "portal.platform.head"


def sources(portal: Portal) -> dict[str, dict]:
    with portal.program("JRCC.watch", "read") as program:
        return {one["code"]: one for one in program.get("/api/v1/gateway/sources/").json()["results"]}


def test_the_demonstration_is_answered_and_the_pages_have_no_fault(portal: Portal, people: People) -> None:
    eventually(lambda: all(one["waiting"] == 0 for one in sources(portal).values()), seconds=240)
    assert {one["condition"] for one in sources(portal).values()} <= {"up", "slow"}
    visit = people.at(WATCH, reduced_motion="reduce")
    ways = ["/gateway/", "/gateway/queries/", "/jrcc/journeys/ > main tbody th a"]
    assert [fault for way in ways for fault in look_at(visit, way)] == []


def test_the_operator_chooses_how_the_simulator_fails(people: People) -> None:
    visit = people.at(OPERATOR, java_script_enabled=False)
    for mode in ("Does not answer", "Answers as it should"):
        visit.go("/gateway/")
        visit.page.get_by_role("link", name="Simulate a fault").first.click()
        visit.page.get_by_label("Simulator", exact=True).select_option(label=mode)
        visit.send_by(visit.page.get_by_role("button", name="Simulate a fault"))
        expect(visit.page.get_by_text(mode).first).to_be_visible()
    assert visit.faults == []
