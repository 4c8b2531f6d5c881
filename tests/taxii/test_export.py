"""A report as a bundle, for who may take it along."""

import json
from typing import Any

import pytest
from django.urls import reverse

from apps.rifc.actions import recalls
from apps.rifc.models import ReadLog
from apps.taxii.refusals import Refusals
from tests.rifc.people import AUTHOR, HEAD, JAMAICA, SECRET_NAME, TRINIDAD, a_draft, fresh, paragraph, shared
from tests.taxii.programs import a_client

pytestmark = pytest.mark.django_db


def place(row: Any) -> str:
    return reverse("taxii:export", args=[row.thread])


def test_a_reader_takes_the_report_along_as_programs_fetch_it(cast: Any, client_for: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", paragraphs=[paragraph(source_ref=SECRET_NAME)])
    drain()
    answer = client_for(JAMAICA).get(place(row))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    bundle = json.loads(answer.content)
    assert bundle["type"] == "bundle"
    client = a_client("JAM.contact")
    assert bundle["objects"] == client.crawl(f"{client.root}collections/cisnet-jam-out/")
    assert SECRET_NAME not in answer.content.decode()
    assert ReadLog.objects.filter(report=row, channel="stix").count() == 1


def test_the_page_of_the_report_offers_it_where_the_marking_allows(cast: Any, client_for: Any) -> None:
    for more, status in (({}, 200), ({"handling": ["NOAUTO"]}, 403)):
        row = shared(cast, "JAM.contact", **more)
        page = client_for(JAMAICA).get(reverse("rifc:report", args=[row.thread])).content.decode()
        assert (place(row) in page) is (status == 200)
        answer = client_for(JAMAICA).get(place(row))
        assert answer.status_code == status
        assert status == 200 or Refusals.NOT_BY_PROGRAM.sentence.partition("'")[0] in answer.content.decode()


def test_red_drafts_and_what_is_gone_or_never_was_sent_are_not_exported(cast: Any, client_for: Any) -> None:
    red = shared(cast, tlp="RED", named_persons=["jam.contact.officer"])
    assert client_for(JAMAICA).get(place(red)).status_code == 403
    draft = a_draft(cast)
    assert client_for(AUTHOR).get(place(draft)).status_code == 409
    row = shared(cast, "JAM.contact")
    assert client_for(TRINIDAD).get(place(row)).status_code == 404
    recalls.recall_rifc_report(cast[HEAD], fresh(row), reason_code="other", text="Back.")
    assert client_for(JAMAICA).get(place(row)).status_code == 404
    assert not ReadLog.objects.filter(channel="stix").exists()
