"""TAXII and the STIX intake in the portal as it runs: the independent client with all its checks, those that need a
real socket, and people who bring a bundle as a file."""

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from demo.taxii import BUNDLE, LOOKS, WROTE
from tests.running.browser import People
from tests.running.conftest import Portal, eventually
from tests.running.test_pages import look_at
from tests.taxii import checks_answers, checks_objects, checks_sending  # noqa: F401  (importing declares the checks)
from tests.taxii.conformance import CHECKS, MT, Client, an_object, basic, is_error

pytestmark = pytest.mark.browser  # a whole portal, as the browser tests have


def a_key(portal: Portal, desk: str) -> tuple[str, str]:
    made = portal.manage("create_token", "--desk", desk, "--scope", "write", "--days", "2", "--label", "feed")
    return f"{desk}.feed", made.splitlines()[-1]


@pytest.fixture(scope="module")
def client(portal: Portal) -> Iterator[Client]:
    with httpx.Client(base_url=portal.url, timeout=60) as http_client:
        yield Client(http_client, *a_key(portal, "BRB.intelligence"), stranger=a_key(portal, "JAM.customs"))


def test_all_checks_of_the_independent_client(client: Client) -> None:
    wrong = {}
    for check in CHECKS:
        try:
            check(client)
        except AssertionError as failure:
            wrong[check.__name__] = str(failure)[:300]
    assert wrong == {}


def connected(portal: Portal) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)


def test_a_body_is_not_read_to_its_end_to_know_that_it_is_too_long(portal: Portal, client: Client) -> None:
    line = connected(portal)
    line.putrequest("POST", "/taxii2/cisnet/collections/cisnet-brb-submit/objects/")
    for name, value in {"Accept": MT, "Content-Type": MT, **basic(client.user, client.password)}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", str(10**9))
    line.endheaders()
    answer = line.getresponse()  # not a byte of the body was sent
    assert (answer.status, answer.getheader("content-type")) == (413, MT)
    line.close()


def test_a_chunked_body_has_the_same_limit(portal: Portal, client: Client) -> None:
    def endless() -> Iterator[bytes]:
        for _n in range(5):
            yield b" " * 2**20

    url = f"{client.working}objects/"
    with httpx.Client(timeout=60) as http_client:
        headers = {"Accept": MT, "Content-Type": MT}
        login = (client.user, client.password)
        # the line may be closed while the rest is still on its way
        with contextlib.suppress(httpx.WriteError, httpx.ReadError):
            is_error(http_client.post(url, content=endless(), headers=headers, auth=login), 413)
        one = json.dumps({"objects": [an_object()]}).encode()
        answer = http_client.post(url, content=iter([one[:50], one[50:]]), headers=headers, auth=login)
        assert answer.status_code == 202


def test_a_length_that_is_a_lie_ends_in_no_server_error(portal: Portal, client: Client) -> None:
    for length in ("5", "999999999999999999999", "-1", "abc", "1e3"):
        with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as line:
            sent = {"Host": "127.0.0.1", "Accept": MT, "Content-Type": MT, **basic(client.user, client.password)}
            head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
            place = "/taxii2/cisnet/collections/cisnet-brb-submit/objects/"
            line.sendall(
                f"POST {place} HTTP/1.1\r\n{head}Content-Length: {length}\r\n\r\n".encode() + b'{"objects":[]}'
            )
            first = line.recv(200)
            assert first.startswith(b"HTTP/1.1 4"), (length, first)


def test_writers_at_the_same_time_lose_a_follower_nothing(portal: Portal, client: Client) -> None:
    sent: list[str] = []

    def write() -> None:
        with httpx.Client(base_url=portal.url, timeout=60) as mine:
            own = Client(mine, client.user, client.password, client.stranger)
            for _round in range(8):
                objects = [an_object() for _n in range(7)]
                assert own.post(objects).json()["success_count"] == 7
                sent.extend(one["id"] for one in objects)

    found: list[str] = []
    after = client.get(f"{client.working}manifest/", {"limit": 1}).headers["x-taxii-date-added-last"]
    writers = [threading.Thread(target=write) for _n in range(4)]
    for one in writers:
        one.start()
    for _round in range(10_000):
        finished = not any(one.is_alive() for one in writers)
        answer = client.get(f"{client.working}objects/", {"added_after": after, "limit": 20})
        if answer.json():
            found += [one["id"] for one in answer.json()["objects"]]
            after = answer.headers["x-taxii-date-added-last"]
        elif finished:
            break
    assert len(sent) == 4 * 8 * 7
    assert not set(sent) - set(found)
    assert len(found) == len(set(found))


def test_a_long_request_is_read_within_half_a_minute(client: Client) -> None:
    body = client.post([an_object() for _n in range(1200)]).json()
    assert body["status"] == "pending"
    assert body["pending_count"] == body["total_count"] == 1200
    place = f"{client.root}status/{body['id']}/"
    eventually(lambda: client.get(place).json()["status"] == "complete", 30)
    found = client.get(place).json()
    assert (found["success_count"], found["pending_count"]) == (1200, 0)


def test_a_hundred_thousand_empty_objects_are_counted(client: Client) -> None:
    body = client.post(b'{"objects":[' + b",".join([b"{}"] * 100_000) + b"]}").json()
    assert body["total_count"] == 100_000
    found: Any = eventually(lambda: _complete(client, body["id"]), 60)
    assert found["failure_count"] == 100_000


def _complete(client: Client, key: str) -> Any:
    found = client.get(f"{client.root}status/{key}/").json()
    return found if found["status"] == "complete" else None


INTAKE, FIRST = "/rifc/intake/", "main a[data-item]"
PAGES = {
    LOOKS: [INTAKE, f"{INTAKE} > {FIRST}", f"{INTAKE}upload/", f"{INTAKE}?box=discarded"],
    WROTE: [f"{INTAKE}?box=drafted", f"{INTAKE}?box=drafted > {FIRST} > main a[href$='/take_up/']"],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_the_intake_have_no_fault_in_any_theme_or_width(people: People, username: str) -> None:
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_a_bundle_goes_from_the_file_to_a_draft_with_its_persons_and_things(people: People) -> None:
    visit = people.at("guy.intelligence.officer")
    page = visit.page
    visit.go(INTAKE)
    visit.follow("Upload a bundle")
    page.locator("input[type=file]").set_input_files(BUNDLE)
    visit.press("Preview")
    page.get_by_role("heading", name="Fuel run of the Grey Gull").wait_for()
    text = visit.text()
    for words in (
        "entity, proposed",
        "IMO number: 9321483",
        "length_m",
        "ORCON is assumed",
        "modified is missing",
    ):
        assert words in text
    visit.follow("Create a draft report")
    page.get_by_label("Fuel run of the Grey Gull").check()
    visit.press("Create a draft report")
    page.get_by_role("heading", name="Entities").first.wait_for()
    person = page.get_by_role("group", name="Person: Owen Sampleton")
    for box in person.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("group", name="Telephone").get_by_role("checkbox").check()
    page.get_by_role("checkbox", name="Owen Sampleton uses +14735550117").check()
    visit.press("Record ticked items")
    page.get_by_text("3 are recorded.").first.wait_for()
    visit.follow("Owen Sampleton")
    assert "+14735550117" in visit.text()
    visit.page.go_back()
    visit.follow("Go to the draft")
    assert "lay without lights" in visit.source()
