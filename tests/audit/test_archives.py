"""The signed archive: all of the list, each entry with its seal, to be checked with and without the portal."""

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile

import pytest
from django.core.management import call_command

from apps.audit import exports, signatures, views
from apps.audit.models import AuditRecord
from tests.audit.test_pages import ADMIN, Kept, reads

pytestmark = pytest.mark.django_db
WATCH, OVERSIGHT, HEAD = "jrcc.watch.officer", "jam.oversight.officer", "jam.border.head"
QUERY = "/audit/?verb=hit.read&format=zip"


def taken(client, query=QUERY):
    """{ending: content} of the archive that this person is handed."""
    answer = client.get(query)
    assert answer.status_code == 200, answer.status_code
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    return {name.partition(".")[2]: archive.read(name) for name in archive.namelist()}


def rows_of(files):
    return list(csv.DictReader(io.StringIO(files["csv"].decode())))


def verified(capsys, path):
    try:
        call_command("verify_audit", "--export", str(path))
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


def kept(client, tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(client.get(QUERY).getvalue())
    return path


def test_it_holds_all_of_a_long_list_and_its_signature_covers_all(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border"), times=2_100)
    files = taken(client_for(OVERSIGHT))
    assert len(rows_of(files)) == 2_100
    for name in ("csv", "seals.jsonl"):
        assert signatures.is_signed(files[name], files[f"{name}.sig"], signatures.public_key())
    export = AuditRecord.objects.get(verb="audit.export")
    assert export.detail == {"rows": 2_100}
    sheet = client_for(OVERSIGHT).get("/audit/?verb=hit.read&format=csv").content.decode()
    assert len(list(csv.DictReader(io.StringIO(sheet)))) == 1_000


def test_each_seal_can_be_computed_anew_outside_the_portal(client_for, cast):
    reads(cast[WATCH], Kept("JAM.border", "0199Äß\"'\\-1"), times=3)
    files = taken(client_for(OVERSIGHT))
    seals = [json.loads(line) for line in files["seals.jsonl"].decode().splitlines()]
    for seal in seals:
        text = bytes.fromhex(seal["prev"]) + seal["text"].encode()
        assert hashlib.sha256(text).hexdigest() == seal["hash"]
    assert [seal["prev"] for seal in seals[:-1]] == [seal["hash"] for seal in seals[1:]]
    table = [(row["entry"], row["hash"]) for row in rows_of(files)]
    assert table == [(f"{seal['chain']} {seal['number']}", seal["hash"]) for seal in seals]


def test_the_columns_of_before_stand_where_they_stood():
    assert exports.COLUMNS[:12] == (
        "at", "user_name", "role", "desk", "party", "verb", "object_type", "object_id", "outcome", "reason", "entry",
        "seconded_from",
    )  # fmt: skip


def test_places_and_seals_of_anothers_chain_are_left_out_and_the_whole_text_is_for_oversight(client_for, cast):
    reads(cast[HEAD], Kept("BRB.border"))
    reads(cast[WATCH], Kept("JAM.border"))
    files = taken(client_for(HEAD))
    ours, theirs = rows_of(files)
    assert ours["entry"].startswith("JAM ")
    assert len(ours["hash"]) == 64
    assert (theirs["entry"], theirs["hash"]) == ("BRB", "")
    assert "seals.jsonl" not in files
    assert "seals.jsonl" not in taken(client_for(ADMIN))
    assert b"BRB" not in taken(client_for(OVERSIGHT))["seals.jsonl"]


def test_a_list_that_is_too_long_is_said_so_and_not_cut(client_for, cast, monkeypatch):
    reads(cast[WATCH], Kept("JAM.border"), times=3)
    monkeypatch.setattr(views, "IN_AN_ARCHIVE", 2)
    answer = client_for(OVERSIGHT).get(QUERY)
    assert answer.status_code == 422
    assert "more than 2 entries" in answer.content.decode()
    assert not AuditRecord.objects.filter(verb="audit.export").exists()
    assert "up to 2 entries" in client_for(OVERSIGHT).get("/audit/").content.decode()


def test_memory_stays_flat_however_long_the_list_is(cast):
    reads(cast[WATCH], Kept("JAM.border"), times=8_000)
    rows = AuditRecord.objects.visible_to(cast[OVERSIGHT]).filter(verb="hit.read")

    def peak(some):
        tracemalloc.start()
        whole, _count = exports.archive(some, cast[OVERSIGHT], "audit")
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        whole.close()
        return highest

    first = rows.order_by("-pk").values_list("pk", flat=True)[4_000]
    assert peak(rows) < 1.3 * peak(rows.filter(pk__gt=first))


@pytest.mark.django_db(transaction=True)
def test_the_operators_compare_an_archive_with_the_chains(client_for, cast, as_owner, tmp_path, capsys):
    reads(cast[WATCH], Kept("JAM.border"), times=3)
    path = kept(client_for(OVERSIGHT), tmp_path)
    status, said = verified(capsys, path)
    assert (status, said.splitlines()[0]) == (0, "export archive.zip: 3 entries, as sealed")
    as_owner(
        "ALTER TABLE audit_record DISABLE TRIGGER no_change",
        "UPDATE audit_record SET hash = sha256('x') WHERE stream = 'JAM' AND seq = 2",
    )
    status, said = verified(capsys, path)
    assert status == 1
    assert "chain JAM, record 2: not what the archive holds" in said


@pytest.mark.parametrize("ending", ["csv", "seals.jsonl"])
def test_an_archive_that_was_changed_is_found(ending, client_for, cast, tmp_path, capsys):
    reads(cast[WATCH], Kept("JAM.border"))
    path = kept(client_for(OVERSIGHT), tmp_path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content.replace(b"JRCC", b"JXCC") if name.endswith(ending) else content)
    status, said = verified(capsys, path)
    assert status == 1
    assert "not signed by this portal" in said


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_no_archive_is_said_so(content, tmp_path, db, capsys):
    path = tmp_path / "archive.zip"
    path.write_bytes(content)
    assert verified(capsys, path)[0] == 1
