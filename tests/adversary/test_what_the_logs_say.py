"""A log holds ids and verbs; what PostgreSQL quotes of a row stays out of it."""

import json
import logging
import sys

import pytest
from django.db import DataError

from apps.access.logs import JsonLines
from apps.audit.models import AuditRecord
from tests import world


def test_the_trace_of_a_failed_statement_does_not_quote_the_row():
    said = "null value\nDETAIL:  Failing row contains (Vantongeren, Casimir).\nCONTEXT:  JSON data"
    try:
        raise DataError(said)
    except DataError:
        record = logging.LogRecord("portal", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    trace = json.loads(JsonLines().format(record))["trace"]
    assert "null value" in trace
    assert "Vantongeren" not in trace


def test_a_search_that_shows_an_entry_of_a_list_is_remembered(client_for, cast):
    world.an_entry(cast, world.a_watchlist(cast))
    assert "VANTONGEREN" in client_for("jrcc.watch.officer").get("/search/?q=J-1").content.decode().upper()
    assert AuditRecord.objects.get(verb="traveller.search").detail == {"rows": 1}


def lines(caplog):
    """What went to the log, as JSON: (event, message, the whole line)."""
    texts = [JsonLines().format(record) for record in caplog.records]
    return [(line["event"], line["message"], line) for line in map(json.loads, texts)]


@pytest.mark.django_db
def test_a_refused_host_leaves_a_line_with_its_name_and_one_for_the_request(client, caplog):
    client.get("/accounts/login/", headers={"host": "evil.example"})
    said = lines(caplog)
    (host,) = [message for event, message, _line in said if event == "django.security.DisallowedHost"]
    assert "evil.example" in host
    assert [line["status"] for event, _message, line in said if event == "portal.request"] == [400]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "CSRF cookie not set."),
        ({"origin": "https://evil.example"}, "Origin checking failed"),
    ],
)
@pytest.mark.parametrize("place", ["/people/seat/", "/api/v1/screening/entries/"])
def test_a_forged_form_leaves_a_line_without_the_address_it_came_from(client_for, caplog, place, headers, why):
    browser = client_for("jam.intelligence.officer")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(place, {}, headers=headers)
    assert answer.status_code == 403
    (line,) = [line for event, _message, line in lines(caplog) if event == "portal.security"]
    assert (line["level"], line["message"], line["error"]) == ("warning", "form refused", why)
    assert line["request_id"] == answer["X-Request-Id"]
    assert line["route"]
    assert "evil.example" not in json.dumps([each for _event, _message, each in lines(caplog)])


@pytest.mark.django_db
def test_a_key_that_nobody_has_leaves_a_line_without_the_key(client, caplog):
    client.get("/api/v1/people/me/", headers={"authorization": "Bearer ccp_made_up"})
    (line,) = [line for event, _message, line in lines(caplog) if event == "portal.request"]
    assert (line["status"], line["seat"]) == (401, None)
    assert "made_up" not in json.dumps(line)
