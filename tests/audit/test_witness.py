"""The witness that a State runs: it co-signs what only grew, screams at all else, and anchors count with a quorum."""

import base64
import datetime
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit import anchors, signatures
from apps.notices.models import Notice
from apps.oversight import actions, tasks
from apps.oversight.models import Anchor, AnchorCosignature, MissedQuorum, QuorumRule, Witness
from apps.oversight.queries.witnesses import standings, watches
from apps.people.queries import service_actor
from tests.audit.test_log import CUT, KEPT, act
from tests.audit.witnessing import Machine, hour, live_witness, portal_key, program

ADMIN, SECOND, OTHER = "jam.administration.administrator", "jam.oversight.officer", "brb.administration.administrator"
PLACE = "/api/v1/oversight/"
witness = program()


@pytest.fixture
def machine(cast, api, tmp_path, monkeypatch):
    """Jamaica's, with a live witness and a key of its oversight desk."""
    made = Machine(tmp_path, "JAM/kingston-1", api("JAM.oversight"), monkeypatch)
    assert made.run("key") == 0
    live_witness("JAM", "kingston-1", made.public)
    act(cast)
    tasks.anchor(hour(0))
    return made


@pytest.fixture
def soon(monkeypatch):
    """Anchors of these tests are of other hours than when they are made; the newest is always new enough."""
    monkeypatch.setattr(witness, "STALE", datetime.timedelta(days=9))


def newest():
    return Anchor.objects.order_by("-number")[0]


def signed(name, number=None):
    """A further State's co-signature, made by hand."""
    key = witness.Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    row = Anchor.objects.get(number=number) if number else newest()
    party, _, short = name.partition("/")
    seen = "2009-11-26T10:05:00Z"
    said = anchors.Cosignature(name, public, seen, "").signed(row.number, row.root, row.log)
    return live_witness(party, short, public), {
        "anchor": row.number, "key": public, "seen": seen, "signature": base64.b64encode(key.sign(said)).decode(),
    }  # fmt: skip


# --- asked for, approved, ended ---


@pytest.mark.django_db
def test_a_witness_counts_once_a_second_person_of_its_party_has_approved_it(cast, drain):
    key = base64.b64encode(bytes(range(32))).decode()
    row = actions.propose_witness(cast[ADMIN], None, name="kingston-1", key=key, contact="Tel. 876")
    with pytest.raises(Refused, match="witness-needs-second"):
        actions.approve_witness(cast[ADMIN], row)
    with pytest.raises(Refused, match="not-visible"):
        actions.approve_witness(cast[OTHER], row)
    row = actions.approve_witness(cast[SECOND], row)
    assert (row.state, row.proposer, row.approver) == ("live", ADMIN, SECOND)
    with pytest.raises(Refused, match="other-partys-witness"):
        actions.end_witness(cast[OTHER], row, answer="x")
    row = actions.end_witness(cast[SECOND], row, answer="The machine is gone.")
    assert (row.state, row.ended_at is not None) == ("ended", True)
    drain()
    told = Notice.objects.filter(code="audit.witness_changed").values_list("owner__code", flat=True)
    assert sorted(told) == ["IMPACS.oversight", "IMPACS.oversight", "JAM.oversight", "JAM.oversight"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 44, base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_not_registered(client_for, key):
    page = client_for(ADMIN).post(reverse("oversight:witness_new"), {"name": "a", "key": key, "contact": "c"})
    assert (page.status_code, Witness.objects.count()) == (422, 0)


@pytest.mark.django_db
def test_a_key_and_a_name_are_used_once(cast):
    from django.core.exceptions import ValidationError

    key, other = (base64.b64encode(bytes([number] * 32)).decode() for number in (1, 2))
    row = actions.propose_witness(cast[ADMIN], None, name="a", key=key, contact="c")
    actions.refuse_witness(cast[SECOND], row, answer="Not ours.")
    for name, again in (("b", key), ("a", other)):
        with pytest.raises(ValidationError):
            actions.propose_witness(cast[ADMIN], None, name=name, key=again, contact="c")


@pytest.mark.django_db
def test_asking_for_one_and_approving_it_by_page(client_for):
    key = base64.b64encode(bytes(range(32))).decode()
    asked = {"name": "kingston-1", "key": key, "contact": "Tel. 876"}
    assert client_for(ADMIN).post(reverse("oversight:witness_new"), asked).status_code == 302
    row = Witness.objects.get()
    assert key in client_for(SECOND).get(reverse("oversight:witness", args=[row.pk])).content.decode()
    assert client_for(OTHER).get(reverse("oversight:witness", args=[row.pk])).status_code == 404
    place = reverse("oversight:witness_do", args=[row.pk, "approve"])
    assert client_for(SECOND).post(place).status_code == 302
    listed = client_for(OTHER).get(reverse("oversight:anchors")).content.decode()
    assert "JAM/kingston-1" in listed


# --- the round ---


@pytest.mark.django_db
def test_a_round_checks_co_signs_and_hands_in_each_anchor_since_the_last(machine, cast, soon, capsys):
    assert machine.run("watch") == 0
    for number in (1, 2, 3):
        act(cast)
        tasks.anchor(hour(number))
    assert machine.run("watch") == 0
    assert [row.anchor.number for row in AnchorCosignature.objects.order_by("anchor__number")] == [1, 2, 3, 4]
    assert "anchor 4: fits, co-signed" in capsys.readouterr().out
    assert machine.run("watch") == 0, "nothing new is well"
    assert AnchorCosignature.objects.count() == 4
    kept = sorted(machine.folder.glob("anchor-*.txt"))
    assert [path.name for path in kept] == [f"anchor-{number}.txt" for number in (1, 2, 3, 4)]
    assert machine.run("check", *map(str, kept)) == 0
    text = machine.client.get(f"{PLACE}anchors/{newest().pk}/file/").content.decode()
    assert [one.witness for one in anchors.read(text).witnesses] == ["JAM/kingston-1"]
    assert anchors.read(text).fault() == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cut", ["tail", "log"])
def test_what_the_owner_of_the_database_sets_back_makes_the_witness_scream(machine, cast, as_owner, soon, capsys, cut):
    act(cast)
    tasks.anchor(hour(1))
    assert machine.run("watch") == 0
    if cut == "tail":
        as_owner(*CUT)
    else:
        kept = "ALTER TABLE oversight_anchorcosignature DISABLE TRIGGER USER"
        as_owner(KEPT, kept, "DELETE FROM oversight_anchorcosignature", "DELETE FROM oversight_anchor WHERE number = 2")
        act(cast)
    tasks.anchor(hour(2))
    assert machine.run("watch") == 1
    said = capsys.readouterr().err
    assert ("was cut or rewritten" if cut == "tail" else "not that of 2 anchors") in said
    assert not AnchorCosignature.objects.filter(anchor=newest()).exists()
    assert machine.run("watch") == 1, "until somebody has dealt with it"
    assert "nobody has dealt with it" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_an_anchor_that_was_signed_anew_is_found_by_its_witness_in_verify_audit(machine, cast, as_owner, soon, capsys):
    """By somebody who has the portal's key as well: the anchor is whole in itself, the log begins with it."""
    assert machine.run("watch") == 0
    row = newest()
    row.made_at += datetime.timedelta(minutes=1)
    row.log = anchors.log_of([row.entry])
    row.signature = base64.b64encode(signatures.sign(anchors.logged(row.entry, row.log))).decode()
    as_owner(
        KEPT,
        f"UPDATE oversight_anchor SET made_at = made_at + interval '1 minute', log = '{row.log}',"
        f" signature = '{row.signature}'",
    )
    assert newest().file(newest().ends, {}).fault() == ""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "broken: anchor 1: JAM/kingston-1 co-signed another one" in capsys.readouterr().out
    assert machine.run("watch") == 1, "and by the witness itself"


LIES = {
    "another root": lambda text: text.replace("root: ", "root: A", 1),
    "another key": lambda text: text.replace(portal_key(), base64.b64encode(bytes(32)).decode()),
    "another chain": lambda text: text.replace("chain: JAM ", "chain: BRB ", 1),
    "another length": lambda text: text.replace("chain: JAM ", "chain: JAM 9", 1),
    "another log": lambda text: text.replace("log: ", "log: B", 1),
    "no signature": lambda text: text.replace("signature: ", "signature: AAAA", 1),
    "no anchor": lambda text: "<html>Sign in</html>",
}


@pytest.mark.django_db
@pytest.mark.parametrize("lie", LIES)
def test_whoever_sits_between_makes_the_witness_scream(machine, soon, capsys, lie):
    machine.between = lambda path, body: LIES[lie](body.decode()).encode() if path.endswith("/file/") else body
    assert machine.run("watch") == 1
    assert "THE AUDIT DOES NOT FIT" in capsys.readouterr().err
    assert (AnchorCosignature.objects.count(), (machine.folder / "FAULT").exists()) == (0, True)


@pytest.mark.django_db
def test_two_logs_of_one_portal_are_told_apart_by_a_witness_that_saw_the_other(machine, cast, soon, capsys):
    """A log shown to this witness alone: signed by the portal's own key, and whole in itself."""
    assert machine.run("watch") == 0
    state = json.loads((machine.folder / "last.json").read_text())
    state["log"] = "ab" * 32
    (machine.folder / "last.json").write_text(json.dumps(state))
    tasks.anchor(hour(1))
    assert machine.run("watch") == 1
    assert "which this witness has seen" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_portal_that_makes_no_anchors_or_does_not_answer_is_no_success(machine, monkeypatch, capsys):
    monkeypatch.setattr(witness, "STALE", datetime.timedelta(0))
    assert machine.run("watch") == 2
    assert "has made no anchor since" in capsys.readouterr().err

    def away(request, timeout):
        raise OSError("no route")

    monkeypatch.setattr(witness.urllib.request, "urlopen", away)
    assert machine.run("watch") == 2
    assert not (machine.folder / "FAULT").exists()


@pytest.mark.django_db
def test_a_witness_without_the_portals_known_key_checks_nothing(machine):
    own = ["--state", str(machine.folder), "--api-key-file", str(machine.folder / "api-key")]
    assert witness.main(["watch", "--portal", "http://localhost:1", *own]) == 2
    assert witness.main(["watch", "--portal", "http://portal.example", "--portal-key", portal_key(), *own]) == 2


@pytest.mark.django_db
def test_a_key_is_made_once_and_read_by_its_owner_alone(machine):
    before = (machine.folder / "witness.key").read_text()
    assert machine.run("key") == 2
    assert (machine.folder / "witness.key").read_text() == before
    assert (machine.folder / "witness.key").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_an_anchor_that_came_by_mail_is_co_signed_off_line(machine, client_for, capsys):
    path = machine.folder / "mailed.txt"
    path.write_bytes(client_for(ADMIN).get(reverse("oversight:anchor_file", args=[newest().pk])).content)
    assert machine.run("sign", str(path)) == 0
    seen, signature, key = capsys.readouterr().out.split()
    body = {"anchor": 1, "key": key, "seen": seen, "signature": signature}
    answer = machine.client.post(f"{PLACE}cosignatures/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["witness"]) == (201, "JAM/kingston-1")


# --- what the portal takes in ---


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["anchor", "key", "seen", "signature"])
def test_a_co_signature_that_does_not_fit_is_not_taken_in(machine, api, wrong):
    _row, body = signed("JAM/second")
    forged = {"anchor": 99, "key": portal_key(), "seen": "yesterday", "signature": "A" * 88}
    answer = machine.client.post(
        f"{PLACE}cosignatures/", {**body, wrong: forged[wrong]}, content_type="application/json"
    )
    assert (answer.status_code, AnchorCosignature.objects.count()) == (400, 0)
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{wrong}"]


@pytest.mark.django_db
def test_a_witness_of_another_party_or_one_that_has_ended_hands_nothing_in(machine, api, cast):
    row, body = signed("BRB/bridgetown")
    assert machine.client.post(f"{PLACE}cosignatures/", body, content_type="application/json").status_code == 400
    Witness.objects.filter(pk=row.pk).update(state="ended")
    own = api("BRB.oversight")
    assert own.post(f"{PLACE}cosignatures/", body, format="json").status_code == 400
    Witness.objects.filter(pk=row.pk).update(state="live")
    assert own.post(f"{PLACE}cosignatures/", body, format="json").status_code == 201
    again = own.post(f"{PLACE}cosignatures/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "cosigned-already")
    assert api("BRB.border").post(f"{PLACE}cosignatures/", body, format="json").json()["code"] == "no-witness"


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE oversight_anchorcosignature SET seen = 'x'",
                                       "DELETE FROM oversight_anchorcosignature"])  # fmt: skip
def test_a_co_signature_is_never_changed(machine, soon, statement):
    assert machine.run("watch") == 0
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- the quorum ---


def given(api, name, number=None):
    row, body = signed(name, number)
    assert api(f"{row.party_id}.oversight").post(f"{PLACE}cosignatures/", body, format="json").status_code == 201


@pytest.mark.django_db
def test_an_anchor_counts_with_the_witnesses_of_three_parties(machine, api, client_for):
    for name, counted, counts in (
        ("JAM/a", 1, False), ("JAM/b", 1, False), ("BRB/a", 2, False), ("TTO/a", 3, True),
    ):  # fmt: skip
        given(api, name)
        standing = standings([newest()])[newest().pk]
        assert (standing.counted, standing.needed, standing.counts) == (counted, 3, counts)
    row = machine.client.get(f"{PLACE}anchors/{newest().pk}/").json()
    assert (row["number"], row["witnessed"], row["counts"]) == (1, 3, True)
    page = client_for(ADMIN).get(reverse("oversight:anchors")).content.decode()
    assert "3 of 3 needed" in page
    assert "The newest anchor that counts is number 1" in page
    one = client_for(ADMIN).get(reverse("oversight:anchor", args=[newest().pk])).content.decode()
    assert all(name in one for name in ("JAM/a", "JAM/b", "BRB/a", "TTO/a"))


@pytest.mark.django_db
def test_the_rule_of_the_day_says_how_many(machine, api):
    given(api, "JAM/a")
    QuorumRule.objects.update(valid_to=newest().day)
    QuorumRule.objects.create(valid_from=newest().day, least=1, within_min=60, source="test")
    assert standings([newest()])[newest().pk].counts


@pytest.mark.django_db
def test_an_hour_without_a_quorum_is_told_once_while_it_lasts_and_each_day(machine, api, drain):
    soon, later = (timezone.now() + datetime.timedelta(minutes=minutes) for minutes in (50, 70))
    assert tasks.note_missed(soon) == 0
    for number in (1, 2):
        tasks.anchor(hour(number))
    for name in ("JAM/a", "BRB/a", "TTO/a"):
        given(api, name, 2)
    assert (tasks.note_missed(later), tasks.note_missed(later)) == (2, 0)
    drain()
    assert [row.anchor.number for row in MissedQuorum.objects.order_by("anchor__number")] == [1, 3]
    told = Notice.objects.filter(code="audit.unwitnessed")
    desks = set(told.values_list("owner__code", flat=True))
    assert {"JAM.oversight", "BRB.oversight", "IMPACS.oversight", "IMPACS.platform"} <= desks
    assert told.filter(owner__code="JAM.oversight").count() == 2, "between the two it had been well"
    for number in (3, 4):
        tasks.anchor(hour(number))
    assert tasks.note_missed(later) == 2
    drain()
    assert told.filter(owner__code="JAM.oversight").count() == 2, "it goes on"
    tasks.anchor(hour(20))
    assert tasks.note_missed(later) == 1
    drain()
    assert told.filter(owner__code="JAM.oversight").count() == 3, "a new day"


@pytest.mark.django_db
def test_that_an_anchor_has_too_few_witnesses_is_noted_once(machine):
    clock = service_actor("IMPACS.automation", request_id="test")
    actions.miss_quorum(clock, None, anchor=newest(), counted=1, needed=3)
    with pytest.raises(Refused, match="quorum-noted"):
        actions.miss_quorum(clock, None, anchor=newest(), counted=1, needed=3)


@pytest.mark.django_db
def test_while_nobody_has_a_witness_nothing_counts_nobody_is_told_and_the_page_says_it(cast, client_for, drain):
    act(cast)
    tasks.anchor(hour(0))
    assert tasks.note_missed(timezone.now() + datetime.timedelta(hours=2)) == 0
    assert not standings([newest()])[newest().pk].counts
    page = client_for(ADMIN).get(reverse("oversight:anchors")).content.decode()
    assert "No party has a witness" in page
    assert "0 of 3 needed" in page


@pytest.mark.django_db
def test_a_witness_that_does_not_come_is_shown_as_late(machine, soon, client_for):
    later = timezone.now() + datetime.timedelta(minutes=70)
    assert [watch.late for watch in watches(timezone.now())] == [False]
    assert [watch.late for watch in watches(later)] == [True]
    assert machine.run("watch") == 0
    assert [(watch.number, watch.late) for watch in watches(later)] == [(1, False)]


@pytest.mark.django_db
def test_the_witness_mails_what_it_found(machine, soon, monkeypatch):
    sent = []

    class Server:
        def __init__(self, host, port, timeout):
            self.at = (host, port)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def send_message(self, message):
            sent.append((self.at, message["To"], message["Subject"]))

    monkeypatch.setattr(witness.smtplib, "SMTP", Server)
    machine.between = lambda path, body: b"x" if path.endswith("/file/") else body
    assert machine.run("watch", "--mail-to", "duty@example.invalid", "--smtp", "mail.example:2525") == 1
    assert sent == [(("mail.example", 2525), "duty@example.invalid", "The portal's audit does not fit")]
