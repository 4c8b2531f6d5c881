"""What each answer tells a browser: load nothing foreign, be framed by nobody, guess no type, keep nothing."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OFFICER = "jam.border.officer"
OUTSIDE = ("/accounts/login/", "/nothing/here/", "/register/", "/verify/", "/api/v1/jrcc/hits/", "/api/schema/")
INSIDE = ("/people/desk/", "/people/me/address/", "/accounts/sessions/", "/audit/", "/jrcc/hits/00000000/", "/nothing/")
PROGRAMS = ("/api/v1/people/me/", "/api/v1/jrcc/hits/", "/api/v1/nothing/", "/api/schema/?format=json")
TEXT = re.compile(r"text/|application/(xml|\S+\+xml)")
EACH = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answers(client, paths, **more):
    """Each answer of these addresses by its path."""
    return [(path, client.get(path, **more)) for path in paths]


@pytest.fixture
def everything(client_for):
    """Answers to nobody, to an officer's browser and as a program reads them, pages and errors."""
    officer = client_for(OFFICER)
    return [*answers(Client(), OUTSIDE), *answers(officer, INSIDE), *answers(officer, PROGRAMS)]


def test_each_answer_says_how_a_browser_is_to_take_it(everything):
    for path, answer in everything:
        assert {name: answer.headers.get(name) for name in EACH} == EACH, path
        features = answer["Permissions-Policy"].split(", ")
        assert {"camera=()", "geolocation=()", "microphone=()", "usb=()"} <= set(features), path


def test_each_answer_loads_nothing_foreign_and_is_framed_by_nobody(everything):
    for path, answer in everything:
        said = dict(each.strip().partition(" ")[::2] for each in answer["Content-Security-Policy"].split(";"))
        nothing = {name for name, value in said.items() if value == "'none'"}
        assert {"default-src", "object-src", "base-uri", "frame-ancestors"} <= nothing, path
        assert "unsafe" not in answer["Content-Security-Policy"], path


def test_each_answer_says_what_it_is_and_texts_in_which_letters(everything):
    for path, answer in everything:
        if answer.content:
            kind = answer["Content-Type"]
            assert not TEXT.match(kind) or "charset=utf-8" in kind.lower(), path


def test_what_somebody_reads_who_is_signed_in_is_kept_nowhere(client_for):
    officer = client_for(OFFICER)
    shown = [each for each in answers(officer, [*INSIDE, *PROGRAMS[:2]]) if each[1].status_code == 200]
    assert len(shown) >= 4
    for path, answer in shown:
        assert {"no-store", "private"} <= set(re.split(r",\s*", answer["Cache-Control"])), path


@pytest.mark.parametrize("path", [*OUTSIDE, *PROGRAMS])
def test_no_other_site_is_let_in_whatever_it_calls_itself(client_for, path):
    for browser in (Client(), client_for(OFFICER)):
        answer = browser.get(path, headers={"Origin": "https://elsewhere.example"})
        assert [name for name in answer.headers if name.startswith("Access-Control-")] == []


def test_over_tls_each_answer_asks_for_tls_for_a_year(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    for path, answer in answers(Client(), OUTSIDE, secure=True):
        assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains"), path


@pytest.mark.parametrize("path", ["/people/desk/", "/api/v1/jrcc/hits/", "/register/"])
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "CONNECT"])
def test_what_no_address_does_is_refused(client_for, path, method):
    answer = client_for(OFFICER).generic(method, path, headers={"X-Secret": "told back"})
    assert answer.status_code == 405
    assert b"told back" not in answer.content


def test_no_answer_names_what_serves_it(everything):
    for path, answer in everything:
        assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers), path


def test_the_description_of_the_interface_is_open_and_tells_of_nobody(client_for):
    nobody, officer = Client().get("/api/schema/"), client_for(OFFICER).get("/api/schema/")
    assert (nobody.status_code, Client().post("/api/schema/").status_code) == (200, 405)
    assert nobody.content == officer.content


def test_a_cookie_of_a_session_is_out_of_reach_of_scripts_and_of_other_sites(client):
    page = client.get("/accounts/login/")
    token = page.cookies["csrftoken"]
    assert token["samesite"] == "Lax"
    wanted = {"login": OFFICER, "password": f"demo {OFFICER} 2008"}
    kept = client.post("/accounts/login/", wanted).cookies
    assert kept["sessionid"]["httponly"] is True
    assert {each["samesite"] for each in kept.values()} == {"Lax"}
    assert all(len(each.key) + len(each.value) <= 4096 for each in kept.values())
    assert len(kept["sessionid"].value) >= 26, "32 letters and digits of 36 each: 165 bits"
