"""A party's directory as a record: proposed by one, put into force by another, asked before."""

import dataclasses
import socket
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.entrance import actions
from apps.entrance.actions import openid_provider
from apps.entrance.models import Directory
from apps.entrance.rules import directory_requests
from apps.entrance.rules.directory_requests import Fault
from tests.entrance.directories import ADMIN, OFFICER, PLATFORM, in_force, linked, proposed
from tests.entrance.provider import SECRET, jwk
from tests.entrance.signing import acts

pytestmark = pytest.mark.django_db
ISSUER = "https://login.gov.example/realm"
GIVEN = {"issuer": ISSUER, "client_id": "portal", "secret": SECRET, "why": "Order 7"}
OTHER_ADMIN = "brb.administration.administrator"


def said(answer):
    return " ".join(answer.content.decode().split())


# --- by two people ---


def test_one_proposes_and_another_puts_into_force(cast):
    row = proposed(cast, ISSUER)
    with pytest.raises(Refused, match="own-proposal"):
        actions.confirm_directory(cast[ADMIN], row)
    with pytest.raises(Refused, match="not-visible"):
        actions.confirm_directory(cast[OTHER_ADMIN], row)
    done = actions.confirm_directory(cast[PLATFORM], row)
    assert (done.state, done.confirmed_by.username, done.valid_to) == ("in_force", PLATFORM, None)
    assert done.valid_from is not None


def test_where_a_party_has_two_administrators_the_platform_is_no_second_person(cast, monkeypatch):
    monkeypatch.setattr("apps.entrance.managers.ENOUGH", 1)  # as if the one administrator of the cast were enough
    monkeypatch.setattr("apps.people.policy.ENOUGH", 1)
    with pytest.raises(Refused, match="not-visible"):
        actions.confirm_directory(cast[PLATFORM], proposed(cast, ISSUER))


@pytest.mark.parametrize("who", [OFFICER, "jam.border.head", "jam.oversight.officer"])
def test_nobody_but_an_administrator_proposes(cast, who):
    with pytest.raises(Refused):
        proposed(cast, ISSUER, who)


def test_proposing_and_confirming_want_a_fresh_second_factor_and_ending_does_not(cast):
    stale = {name: dataclasses.replace(cast[name], proven=False) for name in (ADMIN, PLATFORM)}
    with pytest.raises(Refused, match="step-up"):
        proposed(stale, ISSUER)
    row = proposed(cast, ISSUER)
    with pytest.raises(Refused, match="step-up"):
        actions.confirm_directory(stale[PLATFORM], row)
    assert actions.end_directory(stale[ADMIN], actions.confirm_directory(cast[PLATFORM], row)).valid_to is not None


def test_a_new_one_ends_the_one_before_and_both_stay(cast):
    old = in_force(cast, ISSUER)
    new = in_force(cast, ISSUER + "/new")
    old.refresh_from_db()
    assert (old.state, old.valid_to is not None, new.state) == ("ended", True, "in_force")
    assert acts("directory.end") == [(PLATFORM, "done", "")]


def test_another_partys_administrator_ends_and_withdraws_nothing(cast):
    waiting = proposed(cast, ISSUER)
    for act in (actions.withdraw_directory, actions.end_directory):
        with pytest.raises(Refused, match="not-visible"):
            act(cast[OTHER_ADMIN], waiting)
    assert actions.withdraw_directory(cast[ADMIN], waiting).state == "withdrawn"
    with pytest.raises(Refused, match="not-visible"):
        actions.confirm_directory(cast[PLATFORM], waiting)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "http://login.gov.example"),
        ("issuer", "https://127.0.0.1/"),
        ("issuer", "https://[::1]/"),
        ("issuer", "https://169.254.169.254/"),
        ("issuer", "https://name:word@login.gov.example/"),
        ("issuer", "https://login.gov.example/?realm=1"),
        ("issuer", "https://login.gov.example/#realm"),
        ("issuer", "login.gov.example"),
        ("second_factors", " ".join(f"a{n}" for n in range(21))),
        ("second_factors", "a" * 101),
    ],
)
def test_what_cannot_be_a_directory_comes_back_with_words_at_its_field(cast, client_for, name, value):
    with pytest.raises(ValidationError) as wrong:
        actions.propose_directory(cast[ADMIN], None, **GIVEN | {name: value})
    assert list(wrong.value.message_dict) == [name]
    answer = client_for(ADMIN).post(reverse("entrance:directories"), GIVEN | {name: value})
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
    assert not Directory.objects.exists()


# --- the secret ---


def test_the_secret_is_kept_under_the_portals_key_and_shown_to_nobody(cast, client_for):
    browser = client_for(ADMIN)
    place = browser.post(reverse("entrance:directories"), GIVEN).url
    row = Directory.objects.get()
    assert place == reverse("entrance:directory", args=[row.pk])
    assert SECRET not in row.sealed
    shown = [browser.get(url) for url in (place, reverse("entrance:directories"), "/api/v1/entrance/directories/")]
    assert all(answer.status_code == 200 for answer in shown)
    assert not any(SECRET in answer.content.decode() or row.sealed in answer.content.decode() for answer in shown)
    assert SECRET not in str(list(AuditRecord.objects.values()))


def test_a_form_that_waits_for_the_code_does_not_keep_the_secret(cast, client_for):
    browser = client_for(ADMIN)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 901}]
    session.save()
    seat = str(cast[ADMIN].seat_id)
    answer = browser.post(reverse("entrance:directories"), {**GIVEN, "_seat": seat})
    assert "reauthenticate" in answer.url
    kept = browser.get(reverse("people:kept")).content.decode()
    assert ISSUER in kept
    assert SECRET not in kept


# --- pages and programs ---


def test_the_pages_are_the_partys_own_and_the_second_persons(cast, client_for):
    row = proposed(cast, ISSUER)
    place = reverse("entrance:directory", args=[row.pk])
    found = {name: client_for(name).get(place).status_code for name in (ADMIN, PLATFORM, OTHER_ADMIN, OFFICER)}
    assert found == {ADMIN: 200, PLATFORM: 200, OTHER_ADMIN: 404, OFFICER: 404}
    assert client_for("jam.oversight.officer").get(place).status_code == 200
    second = client_for(PLATFORM)
    assert reverse("entrance:directory_do", args=[row.pk, "confirm"]) in said(second.get(place))
    second.get(reverse("entrance:directory_do", args=[row.pk, "confirm"]))
    assert second.post(reverse("entrance:directory_do", args=[row.pk, "confirm"])).url == place
    row.refresh_from_db()
    assert row.state == "in_force"


def test_a_program_reads_and_a_person_proposes_confirms_and_ends_by_the_api(cast, api, client_for):
    place = "/api/v1/entrance/directories/"
    made = client_for(ADMIN).post(place, GIVEN, content_type="application/json")
    assert made.status_code == 201
    assert set(made.json()) & {"secret", "sealed"} == set()
    url = f"{place}{made.json()['id']}/"
    assert client_for(PLATFORM).post(f"{url}actions/confirm/").json()["state"] == "in_force"
    assert client_for(ADMIN).post(f"{url}actions/end/").json()["state"] == "ended"
    program = api("JAM.administration", "read")
    assert [row["issuer"] for row in program.get(place).json()["results"]] == [ISSUER]
    assert api("BRB.administration", "read").get(url).status_code == 404
    refused = api("JAM.administration").post(place, GIVEN, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-administrator")


def test_the_pages_ask_the_database_at_most_twelve_times(cast, client_for, provider, django_assert_max_num_queries):
    directory = in_force(cast, provider.issuer)
    linked(cast, directory)
    browser = client_for(ADMIN)
    for place in (reverse("entrance:directories"), reverse("entrance:directory", args=[directory.pk])):
        browser.get(place)
        with django_assert_max_num_queries(12):
            browser.get(place)


# --- asking it ---


def test_asking_shows_what_the_directory_says_of_itself(cast, client_for, provider):
    row = proposed(cast, provider.issuer)
    page = said(client_for(ADMIN).post(reverse("entrance:directory_ask", args=[row.pk])))
    assert "The directory answers and names this issuer." in page
    assert f"{provider.issuer}/token" in page
    assert "<code>one</code> RSA RS256" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"issuer": "https://login.other.example"}, "Enter it exactly as the directory gives it"),
        ({"token_endpoint": "gopher://login.gov.example/"}, "s description has no sign-in, token or key address"),
        ({"jwks_uri": None}, "s description has no sign-in, token or key address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "s description has no sign-in, token or key address"),
    ],
)
def test_what_is_wrong_with_it_is_said_in_plain_words(cast, client_for, provider, change, sentence):
    provider.document |= change
    row = proposed(cast, provider.issuer)
    answer = client_for(ADMIN).post(reverse("entrance:directory_ask", args=[row.pk]))
    assert (answer.status_code, sentence in said(answer)) == (200, True)


def test_keys_that_sign_nothing_are_none(provider):
    for keys in ([], [{**jwk(), "use": "enc"}], "none", [{"kty": "oct", "k": "AAAA"}]):
        provider.keys = keys
        with pytest.raises(Fault, match="keys"):
            openid_provider.keys_of(openid_provider.described(provider.issuer))


# --- where the portal does not go ---


def answering(body: bytes, slowly: float = 0) -> tuple[str, socket.socket]:
    """(address, its socket) of a listener that sends these bytes, a byte at a time where `slowly` says so."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _who = listener.accept()
        with line:
            line.recv(65_536)
            try:
                for part in [body] if not slowly else [bytes([one]) for one in body]:
                    line.sendall(part)
                    time.sleep(slowly)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/realm", listener


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_a_private_address_is_not_asked(host):
    with pytest.raises(Fault) as fault:
        openid_provider.described(f"https://{host}/realm")
    assert fault.value.code in {"address", "not-a-public-host"}


def test_plain_http_is_not_asked():
    with pytest.raises(Fault, match="address"):
        openid_provider.described("http://login.gov.example/realm")


def test_a_private_address_among_the_endpoints_is_not_asked_either(cast, provider, settings):
    document = provider.document | {"jwks_uri": "https://169.254.169.254/keys"}
    settings.WEBHOOKS_LOCAL = False
    with pytest.raises(Fault, match="address"):
        openid_provider.keys_of(document)


def test_a_redirect_is_not_followed(settings):
    settings.WEBHOOKS_LOCAL = True
    url, listener = answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n")
    with listener, pytest.raises(Fault, match="moved"):
        openid_provider.described(url)


def test_a_large_answer_is_not_read(settings):
    settings.WEBHOOKS_LOCAL = True
    body = b'{"issuer": "' + b"x" * directory_requests.LARGEST + b'"}'
    url, listener = answering(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + body)
    with listener, pytest.raises(Fault, match="large"):
        openid_provider.described(url)


def test_an_answer_that_drips_is_broken_off(settings, monkeypatch):
    settings.WEBHOOKS_LOCAL = True
    monkeypatch.setattr(directory_requests, "LONGEST_S", 0.5)
    url, listener = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b" " * 900, slowly=0.05)
    begun = time.monotonic()
    with listener, pytest.raises(Fault):
        openid_provider.described(url)
    assert time.monotonic() - begun < 40, "the whole of it takes 45 seconds"


def test_a_proxy_of_the_environment_is_not_used(provider, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert openid_provider.described(provider.issuer)["issuer"] == provider.issuer


def test_nobody_signs_in_by_a_directory_that_only_waits(cast, provider):
    proposed(cast, provider.issuer)
    assert Client().post(reverse("account_directory", args=["JAM"])).status_code == 404


def test_people_linked_are_paged_the_newest_first_each_once(cast, client_for, monkeypatch):
    monkeypatch.setattr("apps.entrance.views.directories.SHOWN", 2)
    directory = in_force(cast, ISSUER)
    names = ["jam.border.officer", "jam.border.head", "jam.customs.officer", "jam.oversight.officer", ADMIN]
    for name in names:
        linked(cast, directory, name, f"subject of {name}")
    browser, place, seen = client_for(ADMIN), reverse("entrance:directories"), []
    page = browser.get(place)
    assert page.context["newer"] is None
    while True:
        seen += [link.user.username for link in page.context["links"]]
        if not page.context["older"]:
            break
        page = browser.get(place + page.context["older"].removesuffix("#li-h"))
    assert seen == names[::-1]
    newer = browser.get(place + page.context["newer"].removesuffix("#li-h"))
    assert [link.user.username for link in newer.context["links"]] == names[1:3][::-1]
    assert browser.get(place, {"before": "nonsense"}).status_code == 400
