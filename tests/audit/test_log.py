"""The log of anchors: one an hour, each follows the one before; what was tampered with is found, alone and by files."""

import datetime
import json
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from apps.access.database_context import seat_context
from apps.audit import actions as audit
from apps.audit import anchors, receipts
from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.audit.row_places import public_id
from apps.notices.models import Notice
from apps.oversight import tasks
from apps.oversight.models import Anchor
from tests.audit.witnessing import hour, program

ADMIN, REGION = "jam.administration.administrator", "impacs.oversight.officer"
NO_TRIGGERS = "ALTER TABLE audit_record DISABLE TRIGGER no_change"
CUT = (
    NO_TRIGGERS,
    "DELETE FROM audit_record r USING audit_head h WHERE r.stream = 'JAM' AND h.stream = 'JAM' AND r.seq > h.seq - 2",
    "UPDATE audit_head h SET seq = r.seq, hash = r.hash FROM (SELECT seq, hash FROM audit_record WHERE stream = 'JAM'"
    " ORDER BY seq DESC LIMIT 1) r WHERE h.stream = 'JAM'",
)
witness = program()


def act(cast, count=3):
    """Some acts in the chain of Jamaica."""
    actor = cast[ADMIN]
    for _time in range(count):
        with seat_context(actor):
            audit.append([audit.entry(actor, "anchor.make", AuditRecord, outcome="read")])


@pytest.fixture
def log(cast):
    """Three anchors with acts between them."""
    for number in range(3):
        act(cast)
        tasks.anchor(hour(number))
    return list(Anchor.objects.order_by("number"))


def verified(capsys, *words):
    """(exit status, what verify_audit prints)."""
    try:
        call_command("verify_audit", *words)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


@pytest.mark.django_db
def test_an_anchor_follows_the_one_before_in_each_chain_and_in_the_log(log):
    assert [row.number for row in log] == [1, 2, 3]
    for before, after in pairwise(log):
        ends = {end.stream: end for end in before.ends}
        assert after.before == before.root
        assert [(end.since, end.before) for end in after.ends if end.stream in ends] == [
            (ends[end.stream].seq, ends[end.stream].hash) for end in after.ends if end.stream in ends
        ]
    entries = [row.entry for row in log]
    assert [row.log for row in log] == [anchors.log_of(entries[: row.number]) for row in log]
    assert all(row.file(row.ends, {}).fault() == "" for row in log)
    assert [anchors.read(row.file(row.ends, {}).text()) for row in log] == [row.file(row.ends, {}) for row in log]


@pytest.mark.django_db
def test_an_hour_has_one_anchor_and_a_late_clock_leaves_none_out(cast):
    minutes = datetime.timedelta(minutes=1)
    made = [tasks.anchor(hour(0) + number * 10 * minutes) for number in range(13)]
    assert sum(made) == Anchor.objects.count() == 3


@pytest.mark.django_db
def test_the_first_of_a_day_is_mailed_and_the_others_are_not(cast, drain):
    for number in range(0, 30, 3):
        tasks.anchor(hour(number))
    drain()
    told = Notice.objects.filter(code="audit.anchored", owner__code="JAM.oversight").values_list("number", flat=True)
    firsts = Anchor.objects.order_by("day", "number").distinct("day").values_list("root", flat=True)
    assert sorted(told) == sorted(firsts)
    assert len(firsts) == 2


@pytest.mark.django_db(transaction=True)
def test_a_tail_that_was_cut_with_its_head_set_back_is_found_within_the_hour(log, as_owner, capsys, drain):
    as_owner(*CUT)
    assert walk_chains().broken is None, "what is left is whole in itself"
    end = next(end for end in log[2].ends if end.stream == "JAM")
    status, said = verified(capsys)
    assert (status, f"broken: chain JAM, record {end.seq}: not what an anchor" in said) == (1, True)
    tasks.anchor(hour(3))
    drain()
    assert ["JAM", end.seq] in [fault[1:] for fault in Anchor.objects.get(number=4).faults]
    assert Notice.objects.filter(code="audit.anchor_broken", owner__code="BRB.oversight").count() == 1
    tasks.anchor(hour(4))
    drain()
    assert Notice.objects.filter(code="audit.anchor_broken", owner__code="BRB.oversight").count() == 1, "once a day"


REWRITE = """
DO $$
DECLARE r audit_record; p bytea := sha256('');
BEGIN
  FOR r IN SELECT * FROM audit_record WHERE stream = 'JAM' ORDER BY seq LOOP
    IF r.seq = 2 THEN r.person := 'somebody.else'; END IF;
    r.prev := p;
    p := sha256(p || convert_to(audit_text(r), 'UTF8'));
    UPDATE audit_record SET person = r.person, prev = r.prev, hash = p WHERE id = r.id;
  END LOOP;
  UPDATE audit_head SET hash = p WHERE stream = 'JAM';
END $$
"""
TAMPERINGS = {
    "a row changed": ((NO_TRIGGERS, "UPDATE audit_record SET role = 'x' WHERE stream = 'JAM' AND seq = 2"), "changed"),
    "a row removed": ((NO_TRIGGERS, "DELETE FROM audit_record WHERE stream = 'JAM' AND seq = 2"), "missing"),
    "the end removed": (
        (NO_TRIGGERS, "DELETE FROM audit_record r USING audit_head h WHERE r.stream = 'JAM'"
                      " AND h.stream = 'JAM' AND r.seq = h.seq"),
        "records at the end of the chain are missing",
    ),
    "the end removed, the head set back": (CUT, "not what an anchor"),
    "a chain rewritten whole": ((NO_TRIGGERS, REWRITE), "not what an anchor"),
    "a chain gone": (
        (NO_TRIGGERS, "DELETE FROM audit_record WHERE stream = 'JAM'", "DELETE FROM audit_head WHERE stream = 'JAM'"),
        "not what an anchor",
    ),
}  # fmt: skip
KEPT = "ALTER TABLE oversight_anchor DISABLE TRIGGER USER"
FORGED = {
    "an anchor removed": ((KEPT, "DELETE FROM oversight_anchor WHERE number = 2"), "anchor 2 is missing"),
    "its root": ((KEPT, "UPDATE oversight_anchor SET root = before WHERE number = 3"), "not stand under its root"),
    "its time": (
        (KEPT, "UPDATE oversight_anchor SET made_at = now() + interval '1 h' WHERE number = 2"),
        "signature",
    ),
    "the log": ((KEPT, "UPDATE oversight_anchor SET log = root WHERE number = 3"), "the log before it is another one"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*TAMPERINGS, *FORGED])
def test_verify_audit_finds_each_kind_of_tampering_without_a_kept_file(log, as_owner, capsys, name):
    assert verified(capsys)[0] == 0
    statements, found = (TAMPERINGS | FORGED)[name]
    as_owner(*statements)
    status, said = verified(capsys)
    assert (status, found in said) == (1, True), said


@pytest.mark.django_db
def test_verify_audit_says_how_many_anchors_it_looked_at(log, capsys):
    status, said = verified(capsys)
    assert (status, said.splitlines()[0]) == (0, "3 anchors, as signed and in the trail")


# --- receipts ---


def taken(client, row):
    """The receipt of a row over the API."""
    return client.get(f"/api/v1/oversight/anchors/receipt/?entry={public_id(row.pk)}")


@pytest.mark.django_db
def test_every_entry_that_is_anchored_has_a_receipt_which_proves_it_alone(log, api, tmp_path, capsys):
    region = api("IMPACS.oversight", "read")
    rows = list(AuditRecord.objects.filter(stream="JAM").order_by("seq"))
    ends = [end.seq for row in log for end in row.ends if end.stream == "JAM"]
    assert len(rows) > 8
    for row in rows[: ends[-1]]:
        answer = taken(region, row)
        kept = receipts.read(answer.content.decode())
        assert (kept.fault(), kept.number, kept.seal) == ("", row.seq, bytes(row.hash))
        path = tmp_path / f"{row.seq}.txt"
        path.write_bytes(answer.content)
        assert witness.main(["check", str(path)]) == 0
        assert f"entry JAM {row.seq}, as sealed" in capsys.readouterr().out
    status, said = verified(capsys, "--receipt", str(tmp_path / "1.txt"))
    assert (status, "receipt 1.txt: JAM 1, as sealed" in said) == (0, True)


@pytest.mark.django_db
def test_a_receipt_is_for_the_oversight_of_its_chain_and_taking_it_is_an_entry(log, cast, api, client_for):
    row = AuditRecord.objects.filter(stream="JAM").order_by("seq")[1]
    assert taken(api("JAM.oversight", "read"), row).status_code == 200
    assert taken(api("BRB.oversight", "read"), row).status_code == 404
    assert taken(api("JAM.administration", "read"), row).status_code == 404
    assert AuditRecord.objects.filter(verb="audit.export", desk="JAM.oversight").count() == 1
    page = client_for(REGION).get(reverse("oversight:receipt", args=[public_id(row.pk)]))
    assert page["Content-Disposition"] == f'attachment; filename="receipt-JAM-{row.seq}-OFFICIAL.txt"'
    listed = client_for(REGION).get("/audit/?verb=anchor.make&outcome=read").content.decode()
    newest = AuditRecord.objects.filter(verb="anchor.make", outcome="read").order_by("-pk")[0]
    assert reverse("oversight:receipt", args=[public_id(newest.pk)]) in listed
    assert "/oversight/receipts/" not in client_for(ADMIN).get("/audit/").content.decode()
    act(cast, 1)
    young = AuditRecord.objects.filter(stream="JAM").order_by("-seq")[0]
    assert taken(api("IMPACS.oversight", "read"), young).json()["code"] == "not-anchored-yet"


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["text", "prev", "number", "way", "chain", "anchor"])
def test_a_receipt_of_which_anything_was_changed_proves_nothing(log, api, part, tmp_path, capsys):
    row = AuditRecord.objects.filter(stream="JAM").order_by("seq")[4]
    text = taken(api("IMPACS.oversight", "read"), row).content.decode()
    kept = receipts.read(text)
    forged = {
        "text": text.replace(json.dumps(row.person), '"somebody.else"'),
        "prev": text.replace(kept.prev, "0" * 64),
        "number": text.replace(f"number: {row.seq}\n", f"number: {row.seq + 1}\n", 1),
        "way": text.replace(" ".join(kept.way), ""),
        "chain": text.replace("chain: JAM\n", "chain: BRB\n", 1),
        "anchor": text.replace(f"made: {kept.anchor.made}", "made: 2009-11-26T00:05:00Z"),
    }[part]
    assert forged != text
    assert receipts.read(forged).fault()
    path = tmp_path / "receipt.txt"
    path.write_text(forged)
    assert witness.main(["check", str(path)]) == 1
    assert verified(capsys, "--receipt", str(path))[0] == 1


@pytest.mark.parametrize("text", ["", "anything", receipts.TITLE, f"{receipts.TITLE}\nnumber: 1\nprev: x"])
def test_what_is_no_receipt_is_said_so(text):
    with pytest.raises(ValueError, match=r"[a-z]"):
        receipts.read(text)


@pytest.mark.django_db
def test_the_growth_of_the_log_is_proven_over_the_api(log, api):
    client = api("JAM.oversight", "read")
    for since in (1, 2, 3):
        answer = client.get(f"/api/v1/oversight/anchors/{log[2].pk}/growth/?since={since}").json()
        old, new = (witness.from_letters(log[number].log) for number in (since - 1, 2))
        witness.must_have_grown(since, old, answer["number"], new, answer["proof"])
    for wrong in ("", "0", "4", "x"):
        assert client.get(f"/api/v1/oversight/anchors/{log[2].pk}/growth/?since={wrong}").status_code == 400


@pytest.mark.django_db
def test_anchors_from_before_the_log_still_verify_and_begin_no_number(cast, capsys):
    """As an installation has them that was upgraded: format 1, one a day, no number."""
    import base64

    from apps.audit import signatures
    from apps.audit.queries import heads

    act(cast)
    ends, day, made = heads(), hour(0).date(), hour(0).replace(microsecond=0)
    root = anchors.root_of(ends)
    said = anchors.statement(day, made.strftime("%Y-%m-%dT%H:%M:%SZ"), "", root)
    Anchor.objects.create(
        day=day, made_at=made, root=root, heads=[[end.stream, end.seq, end.hash] for end in ends],
        key=base64.b64encode(signatures.public_key()).decode(),
        signature=base64.b64encode(signatures.sign(said)).decode(),
    )  # fmt: skip
    act(cast)
    tasks.anchor(hour(1))
    old, new = Anchor.objects.get(number=None), Anchor.objects.get(number=1)
    assert (new.before, {end.since for end in new.ends if end.stream == "JAM"}) == (old.root, {
        end.seq for end in ends if end.stream == "JAM"
    })  # fmt: skip
    assert old.file(old.ends, {}).text().startswith(anchors.TITLE)
    assert verified(capsys)[0] == 0


@pytest.mark.django_db
def test_the_rights_of_the_application_leave_anchors_and_heads_alone(log):
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"append-only|permission denied"):
        cursor.execute("UPDATE oversight_anchor SET log = root")
