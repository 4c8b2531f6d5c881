"""A log holds ids and verbs; what PostgreSQL quotes of a row stays out of it."""

import json
import logging
import sys

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
