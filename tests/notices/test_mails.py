"""A mail carries a number and a time, goes out once, and its fate stands where the sender can see it."""

import importlib
import inspect
import os
import runpy
import smtplib
import socket

import psycopg
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices import actions, queries
from apps.notices.models import Delivery, Notice
from apps.notices.queries import mails
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
    assert len(lines) <= 6
    assert lines[-1] == "Marking: OFFICIAL"
    assert message.extra_headers["Portal-Marking"] == "OFFICIAL"
    assert "Marking: OFFICIAL" in message.alternatives[0].content
    assert f"/notices/{notice_at('BRB.ministry').pk}/" in lines[3]


@pytest.mark.parametrize("event", ["written.dispatched", "paper.issued", "decision.numbered", "role.vacant"])
def test_no_title_and_no_name_is_in_any_mail(cast, drain, event):
    """Forbidden in every part and header: the record's title, its words, the person's name."""
    told(event=event)
    drain()
    for delivery in Delivery.objects.filter(channel="digest"):
        actions.gather_mail(clock(), delivery, until=delivery.at)
        break
    drain()
    assert mail.outbox
    for message in mail.outbox:
        text = whole(message).lower()
        for word in (SECRET_TITLE, "Interdiction", "Meridian", User.objects.get(username=READER).full_name):
            assert word.lower() not in text
    assert "title" not in " ".join(queries.recipients.LINES)


def test_a_mail_that_was_handed_over_but_not_marked_is_not_sent_again(cast, drain, monkeypatch):
    told()
    marked = actions.mark_mail_sent
    monkeypatch.setattr(
        actions, "mark_mail_sent", lambda *_, **_more: (_ for _ in ()).throw(RuntimeError("the worker dies"))
    )
    with pytest.raises(RuntimeError):
        drain()
    monkeypatch.setattr(actions, "mark_mail_sent", marked)
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
            other.execute("SELECT pg_advisory_lock(%s, %s)", [queries.recipients.LOCKS, number])
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
    people.end_appointment(cast[seat_admin], seat, reason="left the service")
    drain()
    assert states() == {DECIDER: D.SENT, READER: D.SKIPPED}


def test_what_is_only_for_the_portal_is_not_mailed(cast, drain):
    told(event="translation.stale")
    drain()
    assert mail.outbox == []
    assert set(Delivery.objects.values_list("channel", "state")) == {("portal", "sent")}


def test_a_person_chooses_a_way_but_not_for_what_needs_him(cast, drain):
    actions.choose_subscription(cast[READER], None, ways={"decisions": "portal", "written": "portal"})
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


class FakeServer:
    """An SMTP server that counts greetings, and refuses some addresses for good."""

    greeted, taken, refuses, breaks_after = 0, [], frozenset(), 1000

    def __init__(self, *_where, **_options):
        FakeServer.greeted += 1

    def sendmail(self, _sender, to, text, *_options):
        if len(self.taken) >= self.breaks_after:
            raise smtplib.SMTPServerDisconnected
        if to[0] in self.refuses:
            raise smtplib.SMTPRecipientsRefused({to[0]: (550, b"unknown")})
        self.taken.append(to[0])

    def quit(self): ...


@pytest.fixture
def server(monkeypatch, settings):
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "x.invalid", "port": 25}}
    settings.MAILERS = {"default": backend}
    for name, value in {"greeted": 0, "taken": [], "refuses": frozenset(), "breaks_after": 1000}.items():
        monkeypatch.setattr(FakeServer, name, value)
    return FakeServer


def told_of(count):
    """So many events of the same desk, whose mails wait."""
    for number in range(count):
        told(step=str(number))
    for pk in outbox.due():
        outbox.run(pk)
    return list(Dispatch.objects.filter(topic="mail.due", done_at=None).order_by("pk"))


def test_what_waits_goes_over_one_connection_each_mail_with_an_entry_of_its_own(cast, server):
    waiting = told_of(5)
    assert len(waiting) == 10
    assert outbox.run(waiting[0].pk)
    assert (server.greeted, len(server.taken)) == (1, 10)
    assert set(states().values()) == {D.SENT}
    assert not Dispatch.objects.filter(topic="mail.due", done_at=None).exists()
    assert AuditRecord.objects.filter(verb="delivery.mark_sent", outcome="done").count() == 10
    assert [outbox.run(row.pk) for row in waiting[1:]] == [False] * 9
    assert len(server.taken) == 10


def test_kept_as_files_each_mail_is_a_file(cast, settings, tmp_path):
    backend = {"BACKEND": "caricom_portal.mail_files.MailFiles", "OPTIONS": {"file_path": str(tmp_path)}}
    settings.MAILERS = {"default": backend}
    assert outbox.run(told_of(3)[0].pk)
    assert [file.read_text().count("Message-ID:") for file in tmp_path.iterdir()] == [1] * 6


def test_a_mail_that_is_refused_fails_alone_and_in_its_own_turn(cast, server, drain):
    waiting = told_of(3)
    server.refuses = frozenset({f"{READER}@example.invalid"})
    first = next(row for row in waiting if Delivery.objects.get(pk=row.object_id).user.username == DECIDER)
    outbox.run(first.pk)
    by_state = dict(Delivery.objects.values_list("user__username", "state"))
    assert by_state == {DECIDER: D.SENT, READER: D.QUEUED}
    drain()
    found = set(Delivery.objects.values_list("user__username", "state", "error"))
    assert found == {(DECIDER, D.SENT, ""), (READER, D.FAILED, "SMTP 550")}
    assert len(server.taken) == 3


def test_a_connection_that_breaks_leaves_what_it_had_not_taken_and_marks_what_it_had(cast, server, drain):
    waiting = told_of(3)
    server.breaks_after = 4
    outbox.run(waiting[0].pk)
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [D.QUEUED] * 2 + [D.SENT] * 4
    server.breaks_after = 1000
    drain()
    assert set(states().values()) == {D.SENT}
    assert len(server.taken) == 6


def test_a_worker_that_dies_before_the_marks_sends_none_of_them_again(cast, server, drain, monkeypatch):
    waiting, marked = told_of(3), actions.mark_mail_sent
    monkeypatch.setattr(actions, "mark_mail_sent", lambda *_, **_more: (_ for _ in ()).throw(RuntimeError("dies")))
    with pytest.raises(RuntimeError):
        outbox.run(waiting[0].pk)
    monkeypatch.setattr(actions, "mark_mail_sent", marked)
    drain()
    assert len(server.taken) == len(set(Delivery.objects.values_list("pk"))) == 6
    assert set(states().values()) == {D.SENT}


def test_further_mails_cost_few_statements(cast, server, django_assert_max_num_queries):
    waiting = told_of(10)
    with django_assert_max_num_queries(60):
        outbox.run(waiting[0].pk)
    assert len(server.taken) == 20


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
    """A mail about a watchlist, that stands here for any record of an app."""
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
        actions.bounce_mail(cast[DECIDER], row, why="5.1.1")


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
    assert mails.PERMANENT == 500


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("EMAIL_URL", f"smtp://user:word@127.0.0.1:{port}")
        mailers = runpy.run_path(inspect.getfile(importlib.import_module("caricom_portal.settings")))["MAILERS"]
        assert 0 < mailers["default"]["OPTIONS"]["timeout"] <= 30
        mailers["default"]["OPTIONS"]["timeout"] = 0.2
        settings.MAILERS = mailers
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            mail.send_mail("about", "text", "a@example.invalid", ["b@example.invalid"])
