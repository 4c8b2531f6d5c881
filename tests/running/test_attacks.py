"""Attacks from outside, over HTTP, against the portal as it runs: each is refused, and what is right still works.

Each attacker has an address of their own (127.0.0.x), so that their tries are not counted for the other tests.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.adversary.test_harmful_files import PDF, SECRET, a_workbook
from tests.days import today
from tests.running.attacker import CODE, SIGN_IN, Browser, as_with_real_data, raw
from tests.running.conftest import Portal, eventually

pytestmark = pytest.mark.browser  # a whole portal, as the browser tests have
OFFICER, DECIDER, ADMIN = "tto.border.officer", "sur.ministry.decider", "tto.administration.administrator"
UPLOADS, SUBMISSIONS, IMPORTS = "/api/v1/files/uploads/", "/api/v1/jrcc/submissions/", "/api/v1/screening/imports/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = "=cmd|'/c calc'!A1"
PLANTED = "a" * 32


@pytest.fixture(scope="module")
def cast(portal: Portal) -> dict:
    return portal.cast()


@pytest.fixture(scope="module")
def keeper(portal: Portal) -> Iterator[httpx.Client]:
    """A program of Trinidad and Tobago's intelligence desk with a list of its own."""
    with portal.program("TTO.intelligence") as program:
        made = program.post(
            "/api/v1/screening/lists/", json={"code": "TTO-ATTACKED", "name": "Attacked", "kind": "national"}
        )
        assert made.status_code == 201, made.text
        yield program


def test_a_planted_session_is_not_the_one_that_is_signed_in(portal: Portal, cast: dict):
    victim = Browser(portal.url, "127.0.0.11", cookies={"sessionid": PLANTED})
    answer = victim.sign_in(cast[OFFICER])
    assert victim.is_in()
    assert f"sessionid={PLANTED}" not in answer.headers["set-cookie"]
    flags = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("sessionid="))
    assert {"HttpOnly", "SameSite=Lax"} <= set(flags.split("; "))
    assert not Browser(portal.url, cookies={"sessionid": PLANTED}).is_in()


def test_a_form_without_the_token_with_anothers_or_from_another_site_is_refused(portal: Portal, cast: dict):
    officer, attacker = Browser(portal.url, "127.0.0.12"), Browser(portal.url, "127.0.0.13")
    officer.sign_in(cast[OFFICER])
    attacker.get(SIGN_IN)
    foreign = {"csrfmiddlewaretoken": attacker.cookies["csrftoken"]}
    own = {"csrfmiddlewaretoken": officer.cookies["csrftoken"]}
    for data, headers in ((), {}), (foreign, {}), (own, {"origin": "https://evil.example"}):
        assert officer.post("/accounts/logout/", data=dict(data), headers=headers).status_code == 403
        assert officer.post("/api/v1/people/seats/", json={}, headers=headers).status_code == 403
    assert officer.is_in()
    assert officer.post("/accounts/logout/", data=own).status_code == 302, "the right one is taken"
    assert not officer.is_in()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", ""])
def test_a_forged_host_is_refused_and_a_forwarded_one_believed_by_nobody(portal: Portal, host: str):
    status, body, _headers = raw(portal, "GET", SIGN_IN, Host=host)
    assert status == 400
    assert "evil.example" not in body
    there = f"127.0.0.1:{portal.port}"
    status, body, headers = raw(portal, "GET", "/people/desk/", Host=there, X_Forwarded_Host="evil.example")
    assert (status, headers["location"]) == (302, f"{SIGN_IN}?next=/people/desk/")


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_outside(portal: Portal, cast: dict, place: str):
    browser, person = Browser(portal.url, "127.0.0.14"), cast[OFFICER]
    given = {"login": OFFICER, "password": person["password"], "next": place}
    assert browser.send_form(SIGN_IN, given, params={"next": place}).headers["location"] == "/"


def test_guessed_passwords_end_after_five_and_the_person_comes_in_elsewhere(portal: Portal, cast: dict):
    attacker, person = Browser(portal.url, "127.0.0.15"), cast["lca.border.officer"]
    tries = [attacker.give_password(person["username"], f"guess {n}") for n in range(8)]
    assert ["Too many failed" in answer.text for answer in tries] == [False] * 5 + [True] * 3
    assert "Too many failed" in attacker.give_password(person["username"], person["password"]).text
    assert not attacker.is_in()
    owner = Browser(portal.url, "127.0.0.16")
    owner.sign_in(person)
    assert owner.is_in()


def test_guessed_codes_end_after_five_and_the_person_comes_in_with_his_own_device(portal: Portal, cast: dict):
    person = cast["guy.border.head"]
    owner, attacker = Browser(portal.url, "127.0.0.17"), Browser(portal.url, "127.0.0.18")
    owner.sign_in(person)
    assert owner.is_in()
    owner.send_form("/accounts/logout/", {})
    attacker.give_password(person["username"], person["password"])
    tries = [attacker.send_form(CODE, {"code": f"{n:06}"}) for n in range(8)]
    assert ["Too many failed" in answer.text for answer in tries] == [False] * 5 + [True] * 3
    assert "If that fails too, set your phone to automatic date and time" in tries[0].text
    assert not attacker.is_in()
    owner.sign_in(person)
    assert owner.is_in()


def test_a_stolen_key_opens_nothing_from_another_network_and_its_party_reads_of_it(portal: Portal, cast: dict):
    key = portal.program("TTO.border", "read").headers["authorization"]
    admin = Browser(portal.url, "127.0.0.19")
    admin.sign_in(cast[ADMIN])
    keys = admin.get("/api/v1/people/keys/?desk=TTO.border&state=live").json()["results"]
    (row,) = [one for one in keys if one["prefix"] == key.split()[1][:12]]
    limited = admin.do(f"/api/v1/people/keys/{row['id']}/actions/set/", {"networks": "127.0.0.20/32"})
    assert limited.status_code == 200, limited.text
    at = {
        address: Browser(portal.url, address, headers={"Authorization": key}).get("/api/v1/people/me/").status_code
        for address in ("127.0.0.20", "127.0.0.21")
    }
    assert at == {"127.0.0.20": 200, "127.0.0.21": 401}
    lied = {"Authorization": key, "X-Forwarded-For": "127.0.0.20"}
    assert Browser(portal.url, "127.0.0.21", headers=lied).get("/api/v1/people/me/").status_code == 401
    assert "This API key works only from its party" in admin.get("/audit/?verb=token.use").text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../manage.py",
        "/static/../../../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/static//etc/passwd",
        "/static/",
        "/static/css/",
        "/files/../../../../etc/passwd",
        "/files/..%2f..%2f..%2fetc%2fpasswd/",
    ],
)
def test_no_path_leads_to_a_file_of_the_server(portal: Portal, path: str):
    status, body, _headers = raw(portal, "GET", path)
    assert status in {302, 404}
    assert "root:" not in body
    assert "execute_from_command_line" not in body


@pytest.mark.parametrize("name", ["../../../../tmp/attack.pdf", "..\\..\\attack.pdf", "/etc/cron.d/attack.pdf"])
def test_a_path_in_a_files_name_is_a_name(portal: Portal, keeper: httpx.Client, name: str):
    answer = keeper.post(UPLOADS, files={"file": (name, PDF, "application/pdf")})
    assert answer.status_code == 201
    assert answer.json()["name"] == "attack.pdf"
    assert [path for path in portal.home.rglob("*attack*")] == []
    assert not Path("/tmp/attack.pdf").exists()


def test_no_address_within_the_own_network_is_called(portal: Portal, cast: dict):
    with as_with_real_data(portal) as url:
        decider, admin = Browser(url, "127.0.0.22"), Browser(url, "127.0.0.23")
        decider.sign_in(cast[DECIDER])
        admin.sign_in(cast["cym.administration.administrator"])
        for host in ("127.0.0.1", "10.0.0.5", "[::1]", "169.254.169.254", "[::ffff:192.168.0.1]"):
            hook = decider.send_form("/notices/webhooks/new/", {"url": f"https://{host}/"})
            assert (hook.status_code, "Enter a host on the public internet" in hook.text) == (422, True), host
            given = {"issuer": f"https://{host}/", "client_id": "x", "secret": "x", "why": "x"}
            directory = admin.send_form("/entrance/directories/", given)
            assert (directory.status_code, "Enter a host on the public internet" in directory.text) == (422, True), host
        # a name is judged by what it leads to, when it is called
        given = {"issuer": "https://localhost/realm", "client_id": "x", "secret": "x", "why": "x"}
        made = admin.send_form("/entrance/directories/", given)
        assert made.status_code == 302, made.text
        asked = admin.send_form(f"{made.headers['location']}ask/", {}, at=made.headers["location"])
        assert "The address is not on the public internet" in asked.text


def test_a_list_as_a_workbook_or_xml_reads_no_file_of_the_server(portal: Portal, keeper: httpx.Client, tmp_path: Path):
    (tmp_path / "secret.txt").write_text(SECRET)
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    said = []
    with portal.program("7T.carrier") as carrier:
        for book in (a_workbook("", "plain"), a_workbook(doctype, "&e;")):
            sent = carrier.post(SUBMISSIONS, content=book, headers={"Content-Type": XLSX})
            assert sent.status_code == 202
            place = sent.json()["url"]
            eventually(lambda place=place: carrier.get(place).json()["state"] != "received")
            said.append(carrier.get(place).text)
    assert "Vantongeren" in said[0] or "VANTONGEREN" in said[0], "the workbook itself is read"
    assert SECRET not in said[1]
    listed = (
        f'<?xml version="1.0"?>{doctype}<sdnList><sdnEntry><uid>1</uid><lastName>&e;</lastName></sdnEntry></sdnList>'
    )
    sent = keeper.post(
        IMPORTS, params={"list": "TTO-ATTACKED"}, content=listed, headers={"Content-Type": "application/xml"}
    )
    assert sent.status_code == 202
    place = sent.json()["url"]
    eventually(lambda: keeper.get(place).json()["state"] == "refused")
    assert SECRET not in keeper.get(place).text


def test_a_formula_in_a_letters_reference_leaves_as_text(portal: Portal, cast: dict):
    decider = Browser(portal.url, "127.0.0.24")
    decider.sign_in(cast[DECIDER])
    rows = decider.get("/api/v1/region/participations/?party=SUR&system=E_MANIFEST").json()["results"]
    (row,) = rows
    told = decider.do(f"{row['url']}actions/express_interest/", {"on": today().isoformat(), "letter": FORMULA})
    assert told.status_code == 200, told.text
    answer = decider.get("/region/participations.csv")
    cells = [cell for line in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in line]
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells


def test_ids_of_another_state_in_a_form_are_not_there(portal: Portal, cast: dict, keeper: httpx.Client):
    made = keeper.post(
        "/api/v1/screening/entries/",
        json={
            "list": "TTO-ATTACKED",
            "reference": "A-1",
            "subject": {"surname": "Attackwell", "birth_date": "1970-01-01"},
            "instruction": "question",
        },
    )
    assert made.status_code == 201, made.text
    foreigner = Browser(portal.url, "127.0.0.25")
    foreigner.sign_in(cast["lca.intelligence.officer"])
    place = f"/screening/entries/{made.json()['id']}/withdraw/"
    token = {"csrfmiddlewaretoken": foreigner.cookies["csrftoken"]}
    assert foreigner.post(place, data={**token, "reason": "x"}).status_code == 404
    typed = {"list": "TTO-ATTACKED", "reference": "A-2", "surname": "Attackwell", "instruction": "question"}
    answer = foreigner.send_form("/screening/entries/new/", typed)
    assert answer.status_code in {403, 404, 422}
    entries = keeper.get("/api/v1/screening/entries/?list=TTO-ATTACKED").json()["results"]
    assert [(one["reference"], one["state"]) for one in entries] == [("A-1", "active")]
