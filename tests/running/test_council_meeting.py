"""A meeting of the Council from its call to a decision in force: fifteen delegations, eleven of them by program."""

import datetime
import email
import email.policy
import json
import re
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import expect

from tests.days import in_days
from tests.running.browser import People, Visit
from tests.running.conftest import Portal, eventually

pytestmark = pytest.mark.browser
TITLE = "Night moorings for Atlantic yachts"
CHAIR, BY_PAGE, BY_PAGE_WITHOUT_SCRIPTS = "JAM", ["JAM", "BRB"], ["GUY", "LCA"]
BY_PROGRAM = ["ATG", "BHS", "BLZ", "GRD", "HTI", "MSR", "KNA", "VCT", "SUR", "TTO"]
IN_ARREARS, ASSOCIATE = "DMA", "CYM"
DELEGATIONS = [*BY_PAGE, *BY_PAGE_WITHOUT_SCRIPTS, *BY_PROGRAM, IN_ARREARS]
CLAUSES = [
    {
        "text": "Each Member State names its night moorings.",
        "addressees": "ALL_MEMBER_STATES",
        "due": in_days(500).isoformat(),
    },
    {"text": "IMPACS publishes one list.", "addressees": ["IMPACS"], "due": None},
]
AMENDED = "Each Member State names its night moorings and who answers for them."
PREPARE = """
import json
from apps.council.actions import contributions
from apps.people import actions
from apps.people.queries import service_actor
platform = service_actor("IMPACS.platform", request_id="test")
desks, behind = json.loads('''%s''')
wanted = {"scope": "write", "days": 2, "operator": "tests"}
keys = {desk: actions.create_api_key(platform, None, desk=desk, **wanted) for desk in desks}
contributions.record_contribution(service_actor("IMPACS.secretariat", request_id="test"), None, party=behind, year=2020,
    due_on="2020-01-31", amount_minor=100, currency="USD")
print(json.dumps({desk: token.secret for desk, token in keys.items()}))
"""
"""Keys for many desks and an unpaid contribution in one process: a command for each key would take a minute."""


def did(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


def refusal(answer: httpx.Response) -> str:
    assert answer.status_code == 403, answer.text
    return str(answer.json()["detail"])


@dataclass
class Council:
    """The meeting under way: programs by party, addresses of the meeting and of its decision."""

    programs: dict[str, httpx.Client]
    meeting: str
    decision: str = ""
    item: str = ""
    number: str = field(default="", compare=False)

    def act(self, by: str, collection: str, pk: str, verb: str, /, **fields: Any) -> httpx.Response:
        """Let a party's program do a verb."""
        return self.programs[by].post(f"/api/v1/council/{collection}/{pk}/actions/{verb}/", json=fields)

    def seen(self, party: str = "IMPACS") -> Any:
        """The decision as a party's program reads it."""
        return did(self.programs[party].get(f"/api/v1/council/decisions/{self.decision}/"))


def programs(portal: Portal) -> dict[str, httpx.Client]:
    """A program at the Secretariat and at each ministry; one State has not paid since 2020."""
    desks = {"IMPACS": "IMPACS.secretariat"}
    desks |= {party: f"{party}.ministry" for party in [*DELEGATIONS, ASSOCIATE]}
    wanted = json.dumps([list(desks.values()), IN_ARREARS])
    keys = json.loads(portal.manage("shell", "--no-imports", "-c", PREPARE % wanted).splitlines()[-1])
    return {
        party: httpx.Client(base_url=portal.url, headers={"Authorization": f"Bearer {keys[desk]}"}, timeout=30)
        for party, desk in desks.items()
    }


def called(by: dict[str, httpx.Client]) -> Council:
    """A meeting in five days, so that the chair has to waive the notice, with one item on its closed agenda."""
    opening = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=5)
    planned = {
        "organ": "CONSLE",
        "starts_at": opening.strftime("%Y-%m-%d 09:00"),
        "ends_at": (opening + datetime.timedelta(days=1)).strftime("%Y-%m-%d 17:00"),
        "place": "Kingston",
        "chair": CHAIR,
    }
    council = Council(by, did(by["IMPACS"].post("/api/v1/council/meetings/", json=planned))["id"])
    at = council.meeting
    short = council.act("IMPACS", "meetings", at, "convene")
    assert short.status_code == 400
    assert "enter the chair's reason" in short.text
    did(council.act("IMPACS", "meetings", at, "convene", notice_waiver="The season begins."))
    did(council.act("IMPACS", "meetings", at, "open_agenda"))
    proposed = {"meeting": at, "title": TITLE, "kind": "for_decision"}
    council.item = did(by["BRB"].post("/api/v1/council/items/", json=proposed))["id"]
    did(council.act(CHAIR, "items", council.item, "accept"))
    did(council.act("IMPACS", "meetings", at, "close_agenda", missing=True))
    until = (opening + datetime.timedelta(days=2)).date().isoformat()
    for party in [*DELEGATIONS, ASSOCIATE]:
        did(council.act(party, "meetings", at, "answer_invitation", answer="accepted"))
        did(council.act(party, "meetings", at, "present_credentials", until=until))
        did(council.act("IMPACS", "meetings", at, "settle_credentials", party=party, credentials="accepted"))
    return council


def debated(council: Council) -> None:
    """The session is open, two delegations have spoken, the text is on the table as amended, the vote is open."""
    at = council.meeting
    assert council.act(CHAIR, "meetings", at, "start_session").status_code == 409, "nobody is there yet"
    did(council.act("IMPACS", "meetings", at, "call_roll", present=[*DELEGATIONS, ASSOCIATE]))
    early = council.act(CHAIR, "meetings", at, "start_session")
    assert early.status_code == 409
    assert "Move the meeting first" in early.text
    today = datetime.datetime.now(ZoneInfo("America/Jamaica"))
    times = {
        "starts_at": today.strftime("%Y-%m-%d 23:59"),
        "ends_at": (today + datetime.timedelta(days=1)).strftime("%Y-%m-%d 17:00"),
    }
    did(council.act(CHAIR, "meetings", at, "move", reason="Everybody is here already.", **times))
    did(council.act(CHAIR, "meetings", at, "start_session"))
    did(council.act(CHAIR, "items", council.item, "open"))
    for party in ("VCT", ASSOCIATE):
        did(council.act(party, "items", council.item, "ask_for_floor"))
        did(council.act(CHAIR, "items", council.item, "give_floor", party=party))
        did(council.act(party, "items", council.item, "yield_floor"))
    text = {"title": TITLE, "kind": "decision", "clauses": CLAUSES, "item": council.item}
    council.decision = did(council.programs["IMPACS"].post("/api/v1/council/decisions/", json=text))["id"]
    did(council.act("IMPACS", "decisions", council.decision, "propose"))
    did(council.act("HTI", "decisions", council.decision, "propose_amendment", clause="1", text=AMENDED))
    did(council.act(CHAIR, "decisions", council.decision, "accept_amendment", number=1))
    no_money = council.act(CHAIR, "decisions", council.decision, "open_vote")
    assert "Article 27(5)" in no_money.text
    did(council.act("IMPACS", "decisions", council.decision, "attach_financials", nil=True))
    did(council.act(CHAIR, "decisions", council.decision, "open_vote"))


@pytest.fixture(scope="module")
def council(portal: Portal) -> Council:
    """The Council in session, with the vote open on the amended text."""
    found = called(programs(portal))
    debated(found)
    return found


def in_room(people: People, council: Council, party: str, **options: Any) -> Visit:
    """A delegation's own browser in the room of the meeting."""
    visit = people.at(f"{party.lower()}.ministry.decider", **options)
    assert visit.go(f"/council/meetings/{council.meeting}/room/").status == 200
    return visit


def vote(visit: Visit, word: str) -> None:
    """Choose in the room, and record it on the page that says first what follows."""
    visit.page.get_by_role("main").get_by_role("link", name=f"{word} …", exact=True).click()
    visit.send_by(visit.page.get_by_role("button", name=re.compile("^Record the vote of ")))


def test_fifteen_delegations_vote_and_read_the_result_where_they_sit(people: People, council: Council):
    assert council.seen()["clauses"][0]["text"] == AMENDED
    rooms = {party: in_room(people, council, party) for party in BY_PAGE}
    for visit in rooms.values():
        visit.page.evaluate("window.unbroken = true")
    for party in BY_PROGRAM:
        value = "abstain" if party == "SUR" else "for"
        did(council.act(party, "decisions", council.decision, "cast_vote", vote=value))
    associate = refusal(council.act(ASSOCIATE, "decisions", council.decision, "cast_vote", vote="for"))
    assert "Article 27(1)" in associate
    arrears = refusal(council.act(IN_ARREARS, "decisions", council.decision, "cast_vote", vote="for"))
    assert "Article 27(2)" in arrears
    rooms |= {party: in_room(people, council, party, java_script_enabled=False) for party in BY_PAGE_WITHOUT_SCRIPTS}
    for party, visit in rooms.items():
        vote(visit, "Against" if party == "LCA" else "For")
        expect(visit.page.get_by_text("Your State has voted.")).to_be_visible()
    chair, barbados = rooms[CHAIR], rooms["BRB"]
    barbados.page.evaluate("window.unbroken = true")
    expect(barbados.page.get_by_text("14 of 15 have voted; 12 votes in favour needed")).to_be_visible()
    chair.page.get_by_role("main").get_by_role("link", name="Close the vote").click()
    expect(chair.page.get_by_role("heading", level=1)).to_contain_text("Close the vote on")
    chair.send("Close the vote")
    arithmetic = barbados.page.locator(".maj .eq")
    expect(arithmetic.get_by_text("For: 12", exact=True)).to_be_visible()
    expect(arithmetic.get_by_text("Against: 1", exact=True)).to_be_visible()
    expect(arithmetic).to_contain_text("DMA: contributions in arrears, Article 27(2)")
    expect(barbados.page.locator(".maj")).to_contain_text("12 needed")
    assert barbados.page.evaluate("window.unbroken === true")
    result = council.seen("BRB")["result"]
    assert (result["outcome"], result["votes_for"], result["against"], result["abstain"]) == ("adopted", 12, 1, 1)
    assert (result["required"], result["members_total"]) == (12, 15)
    late = council.act("TTO", "decisions", council.decision, "change_vote", vote="against")
    assert "closed vote is final" in late.text


def test_anybody_verifies_the_sealed_record_and_no_changed_copy_of_it(people: People, council: Council):
    did(council.act(CHAIR, "items", council.item, "decide"))
    did(council.act(CHAIR, "meetings", council.meeting, "close"))
    sealed = did(council.act("IMPACS", "decisions", council.decision, "seal"))
    council.number = sealed["number"]
    assert re.fullmatch(r"CONSLE/\d{4}/\d+/DEC/01", council.number)
    assert len(sealed["seal"]) == 64
    delegate = people.at("brb.ministry.decider")
    delegate.go(f"/council/decisions/{council.decision}/?tab=texts")
    issued = delegate.page.locator(".files a", has_text="PDF")
    eventually(lambda: delegate.page.reload() and issued.count())
    record = delegate.context.request.get(delegate.url + str(issued.first.get_attribute("href"))).body()
    assert record.startswith(b"%PDF-")
    passer_by = people.nobody()
    for file, answer in (
        (record, "Genuine:"),
        (bytes([*record[:-9], record[-9] ^ 1, *record[-8:]]), "Not recognised:"),
    ):
        passer_by.go("/verify/")
        document = {"name": "record.pdf", "mimeType": "application/pdf", "buffer": file}
        passer_by.page.locator("input[type=file]").set_input_files(files=[document])
        passer_by.page.get_by_role("button", name="Verify").click()
        expect(passer_by.page.locator("[role=status] .note")).to_contain_text(answer)


def test_it_comes_into_force_by_itself_and_asks_each_state_to_act(people: People, council: Council):
    eventually(lambda: council.seen()["state"] == "in_force")
    assert set(council.seen()["clauses"][0]["addressees"]) == set(DELEGATIONS)
    of_it = f"/api/v1/impacs/state-actions/?decision={council.decision}"
    asked = eventually(lambda: did(council.programs["IMPACS"].get(of_it))["results"])
    assert sorted(row["party"] for row in asked) == sorted(DELEGATIONS)
    office = people.at("impacs.secretariat.manager")
    office.go("/impacs/matrix/")
    line = office.page.locator("table.mx tbody tr", has_text=council.number).first
    expect(line.locator("td a")).to_have_count(15)
    expect(line).to_contain_text("0 of 15")
    saint_lucia = people.at("lca.ministry.decider")
    saint_lucia.go("/impacs/obligations/")
    row = saint_lucia.page.locator("tr", has_text=council.number)
    expect(row).to_contain_text("names its night moorings and who answers")
    row.get_by_role("button", name="Acknowledge").click()
    saint_lucia.page.wait_for_url("**/impacs/actions/**")
    saint_lucia.go("/impacs/obligations/")
    expect(row.get_by_role("link", name="Report progress")).to_be_visible()


def words_of(file: Any) -> str:
    """All that a mail says, head and decoded parts."""
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*map(str, letter.values()), *parts])


def test_desks_are_told_in_the_portal_and_no_mail_says_what_it_is_about(
    people: People, portal: Portal, council: Council
):
    def mails() -> list[str]:
        return [words_of(file) for file in (portal.home / "mail").iterdir()]

    jamaica = people.at("jam.ministry.decider")
    jamaica.go("/notices/")
    told = jamaica.page.get_by_role("main")
    expect(told.get_by_text(TITLE).first).to_be_visible()
    assert council.number in told.inner_text()
    of_it = eventually(lambda: [mail for mail in mails() if council.number in mail])
    assert any("jam.ministry.decider@" in mail for mail in of_it)
    for mail in mails():
        assert TITLE not in mail
        assert "night moorings" not in mail.lower()
