"""What the live stream tells, and to whom: nothing to those who may not see, an end to those whose seat has ended."""

import threading

import httpx
import pytest
from playwright.sync_api import expect

from tests.running.browser import People, Visit
from tests.running.conftest import Portal, eventually
from tests.running.passengers import Wanted
from tests.running.test_journey import in_the_queue, put_on_the_list, refer, send_list

pytestmark = pytest.mark.browser
LISTENS_S = 4


class Listener:
    """A program that notes what the stream tells its desk."""

    def __init__(self, portal: Portal, desk: str) -> None:
        self.events: list[str] = []
        self.program = portal.program(desk, "read")
        self.hears = threading.Event()
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        assert self.hears.wait(60)

    def _listen(self) -> None:
        try:
            with self.program.stream("GET", "/api/stream/", timeout=60) as answer:
                self.hears.set()
                for line in answer.iter_lines():
                    if line.startswith("event: "):
                        self.events.append(line.removeprefix("event: "))
        except httpx.HTTPError:
            return

    def heard(self, verb: str) -> bool:
        """Whether an event of this name has come."""
        return verb in self.events


def account(administrator: Visit, username: str) -> None:
    """The administrator opens the page of this person's account."""
    administrator.go(f"/people/accounts/?q={username}")
    administrator.page.get_by_role("rowheader").get_by_role("link").first.click()


def end_seat(administrator: Visit, username: str) -> None:
    """The administrator ends the first seat of this person on the pages."""
    account(administrator, username)
    administrator.follow("End this appointment")
    administrator.page.get_by_role("textbox", name="Reason").fill("Moves to another ministry.")
    administrator.send("End this appointment")
    expect(administrator.page.get_by_text("Ended").first).to_be_visible()


def test_states_that_may_not_see_a_hit_are_told_nothing_of_it(people: People, portal: Portal):
    man = Wanted(4)
    put_on_the_list(people.at("jam.intelligence.officer"), man)
    barbados, trinidad = Listener(portal, "BRB.border"), Listener(portal, "TTO.border")
    jamaica, carrier = Listener(portal, "JAM.intelligence"), Listener(portal, "7T.carrier")
    watch = people.at("jrcc.watch.officer")
    watch.go("/jrcc/floor/")
    send_list(people.at("7t.carrier.agent"), man.list())
    expect(in_the_queue(man, watch)).to_be_visible()
    eventually(lambda: jamaica.heard("jrcc.hit.raise"))
    assert not barbados.heard("jrcc.hit.raise")
    in_the_queue(man, watch).click()
    refer(watch, "Compare the photo page.")
    eventually(lambda: barbados.heard("jrcc.hit.refer"))
    watch.page.wait_for_timeout(LISTENS_S * 1000)  # what was told to others as well has come by then
    assert [event for event in trinidad.events if event.startswith("jrcc.")] == []
    assert [event for event in carrier.events if "hit" in event] == []


def test_a_page_leaves_by_itself_when_its_seat_has_ended(people: People):
    officer = people.at("kna.intelligence.officer")
    administrator = people.at("kna.administration.administrator")
    officer.go("/jrcc/hits/")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Hits")
    officer.page.wait_for_timeout(1000)
    end_seat(administrator, "kna.intelligence.officer")
    expect(officer.page.get_by_role("heading", level=1)).not_to_have_text("Hits")
    assert officer.go("/jrcc/hits/").status == 404


def test_a_page_is_left_by_itself_when_its_person_is_suspended(people: People):
    officer = people.at("sur.intelligence.officer", anew=True)  # nobody else gets the session that ends
    administrator = people.at("sur.administration.administrator")
    officer.go("/jrcc/hits/")
    officer.page.wait_for_timeout(1000)
    account(administrator, "sur.intelligence.officer")
    administrator.follow("Suspend")
    administrator.page.get_by_role("textbox", name="Reason").fill("Telephone stolen.")
    administrator.send("Suspend")
    expect(administrator.page.get_by_text("The account is suspended.").first).to_be_visible()
    expect(officer.page.get_by_role("heading", name="Sign in")).to_be_visible()
    administrator.send("Reactivate")


def test_signing_out_everywhere_else_closes_the_pages_there(people: People):
    office, lost = (people.at("guy.border.officer", anew=True) for _ in range(2))
    lost.go("/jrcc/hits/")
    lost.page.wait_for_timeout(1000)
    office.go("/accounts/sessions/")
    office.send("Sign out everywhere else")
    expect(lost.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert office.go("/jrcc/hits/").status == 200
