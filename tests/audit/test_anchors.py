"""The hour's anchor: a copy outside the database finds a trail that was rewritten as a whole."""

import base64
import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from apps.audit import anchors, signatures
from apps.audit.anchors import Head
from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.notices.models import Notice
from apps.oversight import tasks
from apps.oversight.models import Anchor
from apps.people import actions

ADMIN = "jam.administration.administrator"
HEADS = [Head(name, number, f"{number:064x}") for number, name in enumerate(["ATG", "BRB", "GUY", "JAM", "TTO"], 1)]
REWRITE = """
DO $$
DECLARE r audit_record; p bytea := sha256('');
BEGIN
  FOR r IN SELECT * FROM audit_record WHERE stream = 'JAM' ORDER BY seq LOOP
    IF r.seq = 2 THEN r.person := 'somebody.else'; END IF;
    r.hash := sha256(p || convert_to(jsonb_build_array(1, r.stream, r.seq,
      to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), r.request_id, r.user_id, r.person, r.seat_id,
      r.role, r.desk_id, r.desk, r.party, r.via, r.address, r.verb, r.object_type, r.object_id, r.owner_party,
      r.owner_desk_id, r.level, r.outcome, r.reason, r.before, r.after, r.changed, r.detail)::text, 'UTF8'));
    UPDATE audit_record SET person = r.person, prev = p, hash = r.hash WHERE id = r.id;
    p := r.hash;
  END LOOP;
  UPDATE audit_head SET hash = p WHERE stream = 'JAM';
END $$
"""


@pytest.fixture
def three_acts(cast):
    for name in ("jam.border.officer", "jam.border.head", "jam.intelligence.officer"):
        actions.appoint_person(cast[ADMIN], None, user=name, desk="JAM.customs", role="reader")


def now():
    return datetime.datetime.now(datetime.UTC)


def today():
    return now().date()


def verified(capsys, *paths):
    """(exit status, what verify_audit prints) with these kept anchors."""
    try:
        call_command("verify_audit", *[word for path in paths for word in ("--anchor", str(path))])
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


def kept(client, tmp_path):
    """The newest anchor as this person keeps it."""
    anchor = Anchor.objects.order_by("-number")[0]
    path = tmp_path / f"anchor-{len(list(tmp_path.iterdir()))}.txt"
    path.write_bytes(client.get(f"/oversight/anchors/{anchor.pk}/file/").content)
    return path


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_was_rewritten_whole_is_found_by_a_kept_anchor(three_acts, client_for, as_owner, tmp_path, capsys):
    tasks.anchor(now())
    whole, own = kept(client_for("impacs.oversight.officer"), tmp_path), kept(client_for(ADMIN), tmp_path)
    status, said = verified(capsys, whole, own)
    assert (status, said.count("as witnessed")) == (0, 2)
    assert said.splitlines()[-1].endswith("chains, verified")
    as_owner("ALTER TABLE audit_record DISABLE TRIGGER no_change", REWRITE)
    assert walk_chains().broken is None, "the forger's work is whole in itself"
    for path in (whole, own):
        status, said = verified(capsys, path)
        assert status == 1
        assert f"broken: chain JAM, record 3: not what the anchor of {today().isoformat()} witnesses" in said


@pytest.mark.django_db(transaction=True)
def test_the_next_days_anchor_tells_everybody_that_the_past_was_rewritten(three_acts, as_owner, drain):
    tasks.anchor(now())
    as_owner("ALTER TABLE audit_record DISABLE TRIGGER no_change", REWRITE)
    tasks.anchor(now() + datetime.timedelta(days=1))
    drain()
    last = Anchor.objects.order_by("-number")[0]
    assert last.faults == [[today().isoformat(), "JAM", 3]]
    told = Notice.objects.filter(code="audit.anchor_broken", owner__code="BRB.oversight")
    assert [notice.number for notice in told] == [last.root]


@pytest.mark.django_db
def test_an_anchor_is_made_once_an_hour_chained_and_told_to_every_oversight_desk(three_acts, drain):
    assert [tasks.anchor(now()), tasks.anchor(now())] == [1, 0]
    tasks.anchor(now() + datetime.timedelta(days=1))
    drain()
    first, second = Anchor.objects.order_by("number")
    assert (first.before, second.before, first.faults, second.faults) == ("", first.root, [], [])
    told = Notice.objects.filter(code="audit.anchored", number=first.root)
    assert {"JAM.oversight", "JRCC.oversight", "IMPACS.oversight"} <= set(told.values_list("owner__code", flat=True))
    letters = {address for letter in mail.outbox if first.root in letter.subject for address in letter.to}
    assert {"jrcc.oversight.officer", "impacs.oversight.officer"} <= {address.partition("@")[0] for address in letters}
    assert all(first.root in letter.body for letter in mail.outbox if letter.subject.endswith(f"({first.root})"))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE oversight_anchor SET root = 'x'", "DELETE FROM oversight_anchor"])
def test_an_anchor_is_never_changed(three_acts, statement):
    tasks.anchor(now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_state_holds_its_own_chain_and_not_the_length_of_others(three_acts, client_for):
    tasks.anchor(now())
    anchor = Anchor.objects.get()
    page = client_for(ADMIN).get(f"/oversight/anchors/{anchor.pk}/").content.decode()
    file = anchors.read(client_for(ADMIN).get(f"/oversight/anchors/{anchor.pk}/file/").content.decode())
    assert [head.stream for head in file.heads] == ["JAM"]
    assert anchor.root_in_groups in page
    assert ">PORTAL</th>" not in page
    assert client_for("jam.border.head").get(f"/oversight/anchors/{anchor.pk}/").status_code == 404
    regional = client_for("impacs.oversight.officer").get(f"/oversight/anchors/{anchor.pk}/").content.decode()
    assert ">JAM</th>" in regional


@pytest.mark.parametrize("count", range(1, 6))
def test_every_chain_is_proven_to_stand_under_the_root_and_no_other_is(count):
    heads = HEADS[:count]
    root = anchors.root_of(heads)
    for head in heads:
        proof = anchors.proof_of(heads, head.stream)
        assert anchors.root_by(head, proof) == root
        assert anchors.root_by(Head(head.stream, head.seq + 1, head.hash), proof) != root


def test_the_root_is_that_of_rfc_6962():
    """Two leaves by hand: SHA-256(01 ‖ SHA-256(00 ‖ leaf) ‖ SHA-256(00 ‖ leaf))."""
    from hashlib import sha256

    leaves = [sha256(b"\x00" + head.line.encode()).digest() for head in HEADS[:2]]
    want = base64.b32encode(sha256(b"\x01" + leaves[0] + leaves[1]).digest()).decode().rstrip("=")
    assert anchors.root_of(HEADS[:2]) == want


def a_file(**changed):
    root = anchors.root_of(HEADS)
    day, made = datetime.date(2009, 11, 26), "2009-11-26T00:05:00Z"
    signature = signatures.sign(anchors.statement(day, made, "", root))
    said = {
        "day": day, "made": made, "before": "", "root": root, "key": base64.b64encode(signatures.public_key()).decode(),
        "signature": base64.b64encode(signature).decode(), "heads": tuple(HEADS), "proofs": {},
    }  # fmt: skip
    return anchors.AnchorFile(**said | changed)


def test_a_file_is_read_as_it_was_written():
    assert anchors.read(a_file().text()) == a_file()
    assert a_file().fault() == ""


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"heads": (*HEADS[:4], Head("TTO", 9, HEADS[4].hash))}, "its chains do not stand under its root"),
        ({"heads": ()}, "it names no chain"),
        ({"proofs": {"JAM": ("X00",)}, "heads": (HEADS[3],)}, "its chains do not stand under its root"),
        ({"made": "2009-11-26T00:06:00Z"}, "its signature does not fit"),
        ({"key": "AAAA"}, "its signature does not fit"),
        ({"signature": "no base64!"}, "its signature does not fit"),
    ],
)
def test_a_changed_file_is_found(changed, fault):
    assert a_file(**changed).fault() == fault


@pytest.mark.parametrize(
    "text", ["", "anything", anchors.TITLE, f"{anchors.TITLE}\nday: x", f"{anchors.TITLE}\nchain: jam 1 zz"]
)
def test_what_is_no_anchor_is_said_so(text, tmp_path, db, capsys):
    path = tmp_path / "anchor.txt"
    path.write_text(text)
    status, said = verified(capsys, path)
    assert status == 1
    assert said.startswith(f"broken: anchor {path}")


def test_without_anchors_the_command_prints_the_line_of_its_contract(three_acts, capsys):
    status, said = verified(capsys)
    assert status == 0
    assert said == f"{AuditRecord.objects.count()} records, {walk_chains().chains} chains, verified\n"
