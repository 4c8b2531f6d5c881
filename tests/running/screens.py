"""Take the pictures of docs/screens from a running demonstration portal.

    PORTAL_DEMO=1 make run                                                     # in one terminal, on a fresh home
    .venv/bin/python -m tests.running.screens http://127.0.0.1:8000 cast.json  # cast.json: manage.py demo_cast --json

Not a test: nothing compares the pictures. Each is 1440 by 900 CSS pixels at scale 1, the floor's a little lower (its
text is dense, and 250 kB is the limit), the telephone's 390 by 844. The last one, of the Council's room, holds the
meeting of test_council_meeting in the portal, with keys from `manage.py` in the same PORTAL_HOME.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from caricom_portal.services.chromium import MISSING, find_chromium
from tests.running import test_council_meeting as council_meeting
from tests.running import test_recall as recall
from tests.running.browser import ARGUMENTS, PHONE, People, Visit

PROJECT = Path(__file__).resolve().parents[2]
SCREENS = PROJECT / "docs" / "screens"
SETTLED_MS = 800
LARGEST = 250_000
FLOOR = (1440, 850)

HIT, FIRST_ROW = "#queue a.hit", "main tbody th a"
PICTURES: list[tuple[str, str, list[str], dict[str, Any]]] = [
    ("floor", "jrcc.watch.officer", ["/jrcc/floor/", HIT], {"size": FLOOR}),
    (
        "floor-dark",
        "jrcc.watch.officer",
        ["/jrcc/floor/", f"{HIT}:has-text('Jamaica')"],
        {"size": FLOOR, "color_scheme": "dark"},
    ),
    ("floor-phone", "jrcc.watch.officer", ["/jrcc/floor/"], {"size": PHONE}),
    ("carrier-reading", "7t.carrier.agent", ["/jrcc/manifests/?grade=needs_correction", FIRST_ROW], {}),
    ("border-hit", "brb.border.officer", ["/jrcc/hits/", FIRST_ROW], {}),
    ("lists", "jam.intelligence.officer", ["/screening/lists/"], {}),
    ("entry", "jam.intelligence.officer", ["/screening/lists/", FIRST_ROW, FIRST_ROW], {}),
    ("my-desk", "brb.border.officer", ["/people/desk/"], {}),
    (
        "council-decision",
        "jam.ministry.decider",
        ["/council/decisions/?state=in_force", f"{FIRST_ROW}:has-text('pleasure craft')"],
        {},
    ),
    ("council-matrix", "jam.ministry.decider", ["/impacs/matrix/"], {}),
    ("council-meeting", "jam.ministry.decider", ["/council/meetings/", FIRST_ROW], {}),
    ("council-brief", "jam.ministry.decider", ["/council/meetings/", FIRST_ROW, "main a[href$='/brief/']"], {}),
    ("council-procedure", "jam.ministry.decider", ["/council/procedures/", FIRST_ROW], {}),
    ("state-action", "jam.ministry.decider", ["/impacs/obligations/", FIRST_ROW], {}),
    ("tasks-timeline", "impacs.secretariat.manager", ["/impacs/tasks/timeline/"], {}),
    ("participation", "brb.ministry.decider", ["/region/?system=APIS&as_of=2008-01-21"], {}),
    ("report-oas", "impacs.secretariat.manager", ["/reports/", f"{FIRST_ROW}:has-text('Hemispheric')"], {}),
    ("report", "brb.intelligence.head", ["/rifc/?box=sent", "main a[data-item]:has-text('Vessel')"], {}),
    ("give-and-take", "jam.contact.officer", ["/rifc/statistics/"], {}),
    # the dark floor has shown an entry of Jamaica's to the JRCC
    ("audit", "jam.administration.administrator", ["/audit/?owner_party=JAM&outcome=read"], {}),
]
"""(file, person, address and links to follow from it, how the browser is)."""


class RunningPortal:
    """What People needs to know of a portal that somebody else has started."""

    def __init__(self, url: str, cast: Path) -> None:
        self.url, self.people = url.rstrip("/"), json.loads(cast.read_text(encoding="utf-8"))

    def cast(self) -> dict[str, dict[str, Any]]:
        """The demonstration people by user name."""
        return {person["username"]: person for person in self.people}

    def manage(self, *arguments: str) -> str:
        """Run a management command in the same home; its standard output."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, check=True).stdout


def take(visit: Visit, name: str) -> None:
    """Save what the window shows."""
    visit.page.wait_for_timeout(SETTLED_MS)
    path = SCREENS / f"{name}.png"
    size = path.write_bytes(visit.page.screenshot())
    print(f"{path.name}: {size // 1000} kB{' TOO LARGE' if size > LARGEST else ''}")  # noqa: T201  (a command)


def take_all(playwright: Playwright, portal: RunningPortal) -> None:
    """All pictures, one browser each."""
    program = find_chromium() or sys.exit(MISSING)
    people = People(playwright.chromium.launch(executable_path=program, args=ARGUMENTS), portal)
    gate = people.nobody()
    gate.go("/accounts/login/")
    take(gate, "sign-in")
    for name, username, way, options in PICTURES:
        visit = people.at(username, **options)
        visit.go(way[0])
        for selector in way[1:]:
            visit.page.locator(selector).first.click()
            visit.page.wait_for_timeout(SETTLED_MS)
        take(visit, name)
        people.leave()
    take_share(people)
    take_room(people, portal)


def take_share(people: People) -> None:
    """The choice of recipients of an approved report, with who would see it."""
    author, head = people.at("brb.intelligence.officer"), people.at("brb.intelligence.head")
    place = recall.write(author)
    recall.approve(head, place)
    author.go(f"{place}share/")
    for code in recall.RECIPIENTS:
        author.page.locator(f"[name=to][value='{code}']").check()
    author.page.locator("#audience", has_text="Guyana").wait_for()
    author.page.evaluate("scrollTo(0, 0)")
    take(author, "report-share")
    people.leave()


def take_room(people: People, portal: Any) -> None:
    """The room of the Council while its States vote, as Jamaica, in the chair, sees it."""
    council = council_meeting.called(council_meeting.programs(portal))
    council_meeting.debated(council)
    for party in council_meeting.BY_PROGRAM:
        council_meeting.did(council.act(party, "decisions", council.decision, "cast_vote", vote="for"))
    visit = people.at("jam.ministry.decider")
    visit.go(f"/council/meetings/{council.meeting}/room/")
    take(visit, "council-room")
    people.leave()


def main() -> None:
    """`screens URL CAST_JSON`."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        take_all(playwright, RunningPortal(sys.argv[1], Path(sys.argv[2])))


if __name__ == "__main__":
    main()
