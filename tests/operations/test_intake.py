"""During maintenance a flight does not wait: lists come in by every way that there is, and are screened."""

import os
import time
from io import BytesIO

import pytest
from django.urls import reverse

from apps.jrcc.models import Hit
from apps.manifests.actions import drop_folder
from apps.manifests.models import Draft, Submission
from tests.jrcc.people import AGENT, SHO, WID, renamed, send
from tests.jrcc.test_sheets_before_sending import ANSWERS, SHEET, handed_in
from tests.jrcc.test_trips import BEGIN, trip
from tests.world import a_message, a_watchlist, an_entry

pytestmark = pytest.mark.django_db


def test_from_a_program_and_it_is_screened(begun, api, cast, drain):
    an_entry(cast, a_watchlist(cast))
    carrier = api("7T.carrier")
    begun()
    answer = carrier.post("/api/v1/jrcc/submissions/", a_message().encode(), content_type="application/edifact")
    assert answer.status_code == 202
    drain()
    assert Hit.objects.get().state == "raised"


def test_as_a_file_on_the_page(begun, client_for):
    begun()
    file = BytesIO(a_message().encode())
    file.name = "list.edi"
    answer = client_for(AGENT).post(reverse("jrcc:upload"), {"file": file})
    assert answer["Location"] == reverse("jrcc:submission", args=[Submission.objects.get().pk])


def test_as_a_spreadsheet_whose_columns_are_asked_about(begun, client_for):
    begun()
    client = client_for(AGENT)
    receipt = client.post(handed_in(client, SHEET)["Location"], ANSWERS | {"send": "1"})["Location"]
    assert receipt == reverse("jrcc:submission", args=[Submission.objects.get().pk])


def test_as_a_draft_from_before_that_is_sent_as_it_is_and_read_anew(begun, client_for, drain):
    client = client_for(AGENT)
    handed_in(client, SHEET)
    begun()
    client.post(reverse("jrcc:draft_send", args=[Draft.objects.get().pk]))
    drain()
    first = Submission.objects.get()
    asked = client.post(reverse("jrcc:submission_columns", args=[first.pk]))["Location"]
    client.post(asked, ANSWERS | {"send": "1"})
    assert Submission.objects.exclude(pk=first.pk).get().corrects_id == first.pk


def test_as_a_correction_of_one_from_before(begun, cast, client_for, drain):
    first = send(cast[AGENT], renamed(SHO, nationality=""), WID)
    drain()
    begun()
    mended = {"fix-1-1-nationality-0": "BRB", "fix-1-1-document_issuer-0": "BRB"}
    client_for(AGENT).post(reverse("jrcc:submission_correct", args=[first.pk]), mended)
    second = Submission.objects.get(corrects=first)
    drain()
    second.refresh_from_db()
    assert second.grade == "accepted"


def test_by_the_form_of_a_private_craft_and_amended_there(begun, client_for, drain):
    begun()
    client = client_for(AGENT)
    client.post(reverse(BEGIN), trip(do="send"))
    drain()
    first = Submission.objects.order_by("pk").first()
    form = client.post(reverse("jrcc:submission_amend", args=[first.pk]))["Location"]
    assert client.post(form, trip(do="save")).status_code in {200, 302}
    assert client.post(reverse("jrcc:trip_look"), trip(row="1")).status_code == 200


def test_from_a_watched_folder(begun, api, tmp_path):
    api("7T.carrier")  # the desk has a program, whose seat sends
    begun()
    file = tmp_path / "7T.carrier" / "in" / "tele.txt"
    file.parent.mkdir(parents=True)
    file.write_text(f"QU BGIJRXH\n.POSOPBW 251430\n{a_message()}\nNNNN\n")
    os.utime(file, (time.time() - 10, time.time() - 10))
    assert drop_folder.collect(tmp_path) == {"done": 1, "failed": 0}
    assert Submission.objects.get().channel == "typeb"


def test_and_nothing_else_of_the_carrier_is_changed(begun, client_for):
    begun()
    assert client_for(AGENT).post(reverse("people:desk")).status_code == 503
