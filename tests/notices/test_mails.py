"""A mail carries a number and a time, goes out once, and its fate stands where the sender can see it."""

import os
import smtplib

import psycopg
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refused import Refused
from apps.notices import actions, letters, queries
from apps.notices.models import Delivery, Notice
from apps.people import actions as people
from apps.people.models import Seat, User
from apps.screening.models import WatchList
from tests import world
from tests.notices.telling import DECIDER, NUMBER, READER, SECRET_TITLE, clock, notice_at, told

D = Delivery.State


def whole(message):
    return message.message().as_string() + message.subject + message.body + message.alternatives[0].content


def states():
    return dict(Delivery.objects.values_list("user__username", "state"))


def test_everybody_at_the_desk_gets_the_mail_of_what_needs_the_desk(cast, drain):
    told()
    drain()
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"{DECIDER}@example.invalid",
        f"{READER}@example.invalid",
    ]
    assert states() == {DECIDER: D.SENT, READER: D.SENT}


def test_the_mail_says_what_by_when_and_leads_to_the_notice(cast, drain):
    told()
    drain()
    message = mail.outbox[0]
    assert message.subject == f"A decision needs Barbados by 12 Feb 2008, 18:00 AST ({NUMBER})"
    lines = message.body.strip().split("\n")
    assert lines[0] == "For Barbados, Ministry, reader." or lines[0] == "For Barbados, Ministry, decider."
    assert lines[1:3] == [
        f"Written procedure dispatched: {NUMBER}.",
        "Due 12 Feb 2008, 18:00 AST (12 Feb 2008, 22:00 UTC).",
    ]
    assert len(lines) <= 5
    assert f"/notices/{notice_at('BRB.ministry').pk}/" in lines[3]


@pytest.mark.parametrize("event", ["written.dispatched", "paper.issued", "decision.numbered", "role.vacant"])
def test_no_title_and_no_name_is_in_any_mail(cast, drain, event):
    """Forbidden in every part and header: the record's title, its words, the person's name."""
    told(event=event)
    drain()
    for delivery in Delivery.objects.filter(channel="digest"):
        actions.gather(clock(), delivery, until=delivery.at)
        break
    drain()
    assert mail.outbox
    for message in mail.outbox:
        text = whole(message).lower()
        for word in (SECRET_TITLE, "Interdiction", "Meridian", User.objects.get(username=READER).full_name):
            assert word.lower() not in text
    assert "title" not in " ".join(queries.sending.LINES)


def test_a_mail_that_was_handed_over_but_not_marked_is_not_sent_again(cast, drain, monkeypatch):
    told()
    marked = actions.mark_sent
    monkeypatch.setattr(actions, "mark_sent", lambda *_: (_ for _ in ()).throw(RuntimeError("the worker dies")))
    with pytest.raises(RuntimeError):
        drain()
    monkeypatch.setattr(actions, "mark_sent", marked)
    drain()
    assert len(mail.outbox) == 2
    assert set(states().values()) == {D.SENT}


def test_a_repeated_try_has_the_same_message_id(cast, drain):
    told()
    drain()
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert ids == {row.message_id for row in Delivery.objects.all()}
    assert len(ids) == 2


def test_a_mail_is_left_to_the_worker_that_sends_it(cast, drain):
    """The other worker is another connection that holds the lock of the mail."""
    told()
    [first] = outbox.due()
    outbox.run(first)
    where = {"dbname": connection.settings_dict["NAME"], "autocommit": True}
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], **where) as other:
        for dispatch in Dispatch.objects.filter(topic="mail.due"):
            number = queries.lock_number(dispatch.object_id)
            other.execute("SELECT pg_advisory_lock(%s, %s)", [queries.sending.LOCKS, number])
        assert [outbox.run(pk) for pk in outbox.due()] == [False, False]
        assert mail.outbox == []
    drain()
    assert len(mail.outbox) == 2


def test_without_an_address_the_delivery_says_so(cast, drain):
    User.objects.filter(username=READER).update(email="")
    told()
    drain()
    assert states() == {DECIDER: D.SENT, READER: D.SKIPPED}
    assert Delivery.objects.get(user__username=READER).error == "no address"


def test_whoever_has_left_the_desk_gets_no_mail(cast, drain):
    told()
    outbox.run(outbox.due()[0])
    seat = Seat.objects.get(user__username=READER, state="current")
    seat_admin = Seat.objects.get(desk__code="BRB.administration", kind="standing").user.username
    people.end_seat(cast[seat_admin], seat, reason="left the service")
    drain()
    assert states() == {DECIDER: D.SENT, READER: D.SKIPPED}


def test_what_is_only_for_the_portal_is_not_mailed(cast, drain):
    told(event="translation.stale")
    drain()
    assert mail.outbox == []
    assert set(Delivery.objects.values_list("channel", "state")) == {("portal", "sent")}


def test_a_person_chooses_a_way_but_not_for_what_needs_him(cast, drain):
    actions.choose(cast[READER], None, ways={"decisions": "portal", "written": "portal"})
    told(event="vote.closed")
    told(event="written.dispatched")
    drain()
    ways = Delivery.objects.filter(user__username=READER).values_list("notice__code", "channel")
    assert dict(ways) == {"vote.closed": "portal", "written.dispatched": "mail"}


def test_a_refusal_for_good_is_a_failure_with_its_code(cast, drain, monkeypatch):
    refusal = smtplib.SMTPRecipientsRefused({"x@example.invalid": (550, b"unknown")})
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(refusal))
    told()
    drain()
    assert set(Delivery.objects.values_list("state", "error")) == {(D.FAILED, "SMTP 550")}


def test_a_server_that_is_away_is_asked_again_and_given_up_at_last(cast, drain, monkeypatch):
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(ConnectionRefusedError()))
    User.objects.filter(username=READER).update(email="")
    told()
    outbox.run(outbox.due()[0])
    [work] = outbox.due()
    with pytest.raises(ConnectionRefusedError):
        outbox.run(work)
    assert states()[DECIDER] == D.QUEUED
    Dispatch.objects.filter(pk=work).update(attempts=outbox.MAX_ATTEMPTS - 1)
    outbox.run(work)
    assert Delivery.objects.get(user__username=DECIDER).error == "ConnectionRefusedError"


def bounce_of(message_id: str, action: str = "failed") -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.invalid
To: portal@localhost
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

The mail could not be delivered.
--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.invalid

Final-Recipient: rfc822; somebody@example.invalid
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 unknown

--edge
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: A decision needs Barbados

--edge--
""".encode()


@pytest.fixture
def sent(cast, drain):
    """A mail about a watchlist, that stands here for any record of a room."""
    listed = world.a_watchlist(cast)
    told(object_type=WatchList._meta.label_lower, object_id=listed.pk)
    drain()
    return listed


def test_a_bounce_is_noted_and_the_senders_side_sees_it(sent, tmp_path, capsys):
    row = Delivery.objects.get(user__username=DECIDER)
    file = tmp_path / "bounce.eml"
    file.write_bytes(bounce_of(row.message_id))
    call_command("record_bounces", str(file))
    assert capsys.readouterr().out.startswith("1 bounces noted")
    seen = {(one.desk, one.state, one.error) for one in queries.deliveries_of(sent)}
    assert seen == {("BRB.ministry", D.BOUNCED, "5.1.1"), ("BRB.ministry", D.SENT, "")}


def test_a_box_of_bounces_is_read_whole_and_a_second_time_changes_nothing(sent, tmp_path, capsys):
    file = tmp_path / "bounces.mbox"
    rows = list(Delivery.objects.all())
    file.write_bytes(b"\n".join(b"From MAILER-DAEMON Tue Feb 12 2008\n" + bounce_of(row.message_id) for row in rows))
    call_command("record_bounces", str(file))
    call_command("record_bounces", str(file))
    assert capsys.readouterr().out.splitlines()[1].startswith("0 bounces noted, 2 of mails")
    assert set(states().values()) == {D.BOUNCED}


@pytest.mark.parametrize("change", ["delayed", "foreign", "nonsense"])
def test_a_delay_and_a_mail_of_somebody_else_change_nothing(sent, tmp_path, change):
    row = Delivery.objects.get(user__username=DECIDER)
    data = {
        "delayed": bounce_of(row.message_id, "delayed"),
        "foreign": bounce_of("<abc@elsewhere.invalid>"),
        "nonsense": b"\xff\x00 no mail at all",
    }[change]
    file = tmp_path / "bounce.eml"
    file.write_bytes(data)
    call_command("record_bounces", str(file))
    assert set(states().values()) == {D.SENT}


def test_no_person_marks_a_mail(cast, sent):
    row = Delivery.objects.get(user__username=DECIDER)
    with pytest.raises(Refused, match="not-the-portal"):
        actions.bounce(cast[DECIDER], row, why="5.1.1")


def test_the_log_keeps_no_address(cast, drain):
    told()
    drain()
    kept = str(list(Delivery.objects.values())) + str(list(Notice.objects.values()))
    assert "example.invalid" not in kept
    assert Delivery.objects.first().address_hash


def test_the_html_part_fetches_nothing(cast, drain):
    told()
    drain()
    html = mail.outbox[0].alternatives[0].content
    assert "<img" not in html
    assert "url(" not in html
    assert letters.PERMANENT == 500
