"""The explorer: what a person saw, who saw an object, what other parties did, and files that prove themselves."""

import io
import subprocess
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.audit import signatures
from apps.audit.models import AuditRecord
from tests.audit.test_pages import ADMIN, BUDGET, Kept, entries, page_of, reads

pytestmark = pytest.mark.django_db
WATCH = "jrcc.watch.officer"


def person_page(client, name, query=""):
    return client.get(reverse("audit:person", args=[name]) + query)


def test_what_did_this_person_see_is_answered_for_those_who_may_know_him(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"), times=3)
    answer = person_page(client_for(ADMIN), WATCH, "?outcome=read")
    assert answer.status_code == 200
    assert entries(answer.content.decode()) == ["JRCC.watch"] * 3
    assert person_page(client_for("jam.border.head"), WATCH).status_code == 404, "a head reads the desk, not the name"
    assert person_page(client_for("brb.administration.administrator"), WATCH).status_code == 404


def test_looking_somebody_up_is_an_entry_and_looking_oneself_up_is_none(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"))
    person_page(client_for(ADMIN), WATCH)
    person_page(client_for(WATCH), WATCH)
    assert list(AuditRecord.objects.filter(verb="audit.person").values_list("person", flat=True)) == [ADMIN]


def test_who_saw_this_object_names_readers_with_first_and_last(client_for, cast):
    record = Kept("JAM.border")
    reads(cast[WATCH], record, times=2)
    reads(cast["jam.border.officer"], record)
    url = reverse("audit:object", args=["jrcc.hit", record.pk])
    seen = client_for(ADMIN).get(url).content.decode().split("wh-h")[2].split("</section>")[0]
    assert "jrcc.watch.officer" in seen
    assert 'class="num" data-l="Times">2</td>' in seen
    head = client_for("jam.border.head").get(url).content.decode()
    assert "jrcc.watch.officer" not in head
    assert "JRCC.watch" in head


def test_the_hours_of_reading_are_drawn_and_told_in_numbers(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"), times=4)
    page = person_page(client_for(ADMIN), WATCH).content.decode()
    assert page.count('class="b1"') == 2, "one bar by day, one by hour"
    assert page.count('class="num" data-l="Read">4</td>') >= 2


def test_the_regions_oversight_reads_every_row_and_no_record(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"))
    reads(cast["tto.intelligence.head"], Kept("BRB.border", "0199aaaa-3333"))
    regional = client_for("impacs.oversight.officer")
    assert entries(page_of(regional, "?verb=hit.read")) == ["TTO.intelligence", "JRCC.watch"]
    assert entries(page_of(regional, "?verb=hit.read&owner_party=JAM")) == ["JRCC.watch"]
    assert entries(page_of(regional, "?verb=hit.read&party=TTO")) == ["TTO.intelligence"]
    assert entries(page_of(client_for("jrcc.oversight.officer"), "?verb=hit.read")) == ["JRCC.watch"]
    assert regional.get("/jrcc/hits/").status_code == 404


def test_a_state_lists_what_other_parties_did_with_its_records(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"))
    reads(cast["jam.border.officer"], Kept("JAM.border"))
    assert entries(page_of(client_for(ADMIN), "?others=1")) == ["JRCC.watch"]


def test_a_signed_export_proves_itself_outside_the_portal(client_for, cast, tmp_path):
    reads(cast[WATCH], Kept("JAM.border"))
    answer = client_for(ADMIN).get("/audit/?verb=hit.read&format=zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    (name,) = [name for name in archive.namelist() if name.endswith(".csv")]
    data, signature = archive.read(name), archive.read(f"{name}.sig")
    assert b"jrcc.watch.officer" in data
    assert signatures.is_signed(data, signature, signatures.public_key())
    assert not signatures.is_signed(data.replace(b"JRCC", b"JXCC"), signature, signatures.public_key())
    assert signatures.fingerprint(signatures.public_key()) in archive.read("HOW-TO-VERIFY.txt").decode()
    archive.extractall(tmp_path)
    check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public-key.pem", "-rawin"]
    try:
        told = subprocess.run(
            [*check, "-in", name, "-sigfile", f"{name}.sig"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return  # without OpenSSL on this machine the check above has to do
    assert "Signature Verified Successfully" in told.stdout


def test_pages_of_the_explorer_ask_as_often_for_many_rows_as_for_one(client_for, cast):
    browser, record = client_for(ADMIN), Kept("JAM.border")
    urls = [reverse("audit:person", args=[WATCH]), reverse("audit:object", args=["jrcc.hit", record.pk])]

    def counted(url):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url).status_code == 200
        return len(seen)

    reads(cast[WATCH], record)
    browser.get("/audit/")
    few = [counted(url) for url in urls]
    reads(cast[WATCH], record, times=20)
    assert [counted(url) for url in urls] == few
    assert max(few) <= BUDGET
