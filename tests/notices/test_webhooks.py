"""Desks' own addresses: signed, ids alone, never into a private network, tried again, disabled in the end."""

import hashlib
import hmac
import http.server
import json
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access import outbox
from apps.access.encryption import sealed
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.actions import webhooks as actions
from apps.notices.models import Notice, Webhook, WebhookCall
from apps.notices.rules import outside_calls
from tests.notices.telling import NUMBER, SECRET_TITLE, told

DECIDER, READER, OTHER = "brb.ministry.decider", "brb.ministry.reader", "jam.ministry.decider"
PUBLIC = "https://hooks.example.org/portal"


class Listener(http.server.BaseHTTPRequestHandler):
    """A desk's program: keeps what it was sent and answers with the server's status."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Silent."""


@pytest.fixture
def program(settings: Any) -> Iterator[Any]:
    """A listening program in the closed network that the operator allows."""
    settings.WEBHOOKS_LOCAL = True
    server: Any = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    server.calls, server.status = [], 204
    server.url = f"http://127.0.0.1:{server.server_port}/in?from=portal"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def to_the_end(cast: Any) -> None:
    """Work off all, failures too, as the sweeper does in the course of hours."""
    for _round in range(40):
        open_ = outbox.due()
        if not open_:
            return
        for dispatch in open_:
            try:
                outbox.run(dispatch)
            except outside_calls.NotCalled:
                continue


# --- given ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/", "ftp://hooks.example.org/", "https://", "hooks.example.org",
        "https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.9/x", "https://169.254.169.254/", "https://[::1]/",
        "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/", "https://[2002:0a00:0001::]/", "https://0.0.0.0/",
        "https://224.0.0.1/", "https://user:pass@hooks.example.org/", "https://hooks.example.org/#x",
        "https://hooks.example.org:22/", "https://hooks.example.org:99999/",
    ],
)  # fmt: skip
def test_only_https_on_hosts_of_the_public_network_is_taken(cast, url):
    with pytest.raises(ValidationError) as wrong:
        actions.add_webhook(cast[DECIDER], None, url=url)
    assert "url" in wrong.value.message_dict


def test_the_secret_is_shown_once_and_stored_under_the_portals_key(cast, client_for):
    client = client_for(DECIDER)
    page = client.post(reverse("notices:webhook_new"), {"url": PUBLIC}).content.decode()
    secret = re.search(r"ccw_[\w-]{40,}", page)
    row = Webhook.objects.get()
    assert secret is not None
    assert secret[0] not in row.sealed
    assert secret[0] not in client.get(reverse("notices:webhook", args=[row.pk])).content.decode()
    assert secret[0] not in str(list(AuditRecord.objects.values()))
    renewed = client.post(reverse("notices:webhook_do", args=[row.pk, "renew"]), {"version": row.version})
    assert re.search(r"ccw_[\w-]{40,}", renewed.content.decode())[0] != secret[0]


def test_who_decides_keeps_the_addresses_of_his_desk_and_nobody_else_sees_them(cast, client_for):
    row = actions.add_webhook(cast[DECIDER], None, url=PUBLIC)
    with pytest.raises(Refused) as refused:
        actions.add_webhook(cast[READER], None, url=PUBLIC)
    assert refused.value.reason in {"may-not", "read-only"}
    with pytest.raises(Refused) as refused:
        actions.end_webhook(cast[OTHER], row)
    assert refused.value.reason == "not-visible"
    place = reverse("notices:webhook", args=[row.pk])
    assert [client_for(who).get(place).status_code for who in (DECIDER, READER, OTHER)] == [200, 404, 404]


def test_the_same_address_twice_and_a_sixth_one_are_refused(cast):
    actions.add_webhook(cast[DECIDER], None, url=PUBLIC)
    with pytest.raises(ValidationError, match="already"):
        actions.add_webhook(cast[DECIDER], None, url=PUBLIC)
    for n in range(4):
        actions.add_webhook(cast[DECIDER], None, url=f"{PUBLIC}/{n}")
    with pytest.raises(ValidationError, match="at most"):
        actions.add_webhook(cast[DECIDER], None, url=f"{PUBLIC}/x")


# --- called -----------------------------------------------------------------------------------------------------------


def test_a_notice_is_sent_with_ids_alone_and_a_signature_that_fits(cast, drain, program):
    made = actions.add_webhook(cast[DECIDER], None, url=program.url)
    row = told("BRB.ministry", "JAM.ministry")
    drain()
    [(path, headers, body)] = program.calls
    assert path == "/in?from=portal"
    assert SECRET_TITLE.encode() not in body
    assert NUMBER.encode() not in body
    notice = Notice.objects.get(owner__code="BRB.ministry")
    call = WebhookCall.objects.get()
    assert json.loads(body) == {
        "id": str(call.pk), "event": row.code, "type": row.object_type, "object": row.object_id,
        "notice": str(notice.pk),
    }  # fmt: skip
    stamp, signature = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Portal-Signature"]).groups()
    assert hmac.new(made.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest() == signature
    assert (call.state, call.status, call.attempts) == ("sent", 204, 1)


def test_a_redirect_is_no_success_and_is_not_followed(cast, program):
    program.status = 302
    actions.add_webhook(cast[DECIDER], None, url=program.url)
    told()
    to_the_end(cast)
    assert len(program.calls) == outbox.MAX_ATTEMPTS
    assert (WebhookCall.objects.get().state, WebhookCall.objects.get().status) == ("failed", 302)


def test_a_call_that_fails_is_tried_again_and_one_success_is_enough(cast, program):
    program.status = 503
    row = actions.add_webhook(cast[DECIDER], None, url=program.url)
    told()
    for _n in range(3):
        for dispatch in outbox.due():
            try:
                outbox.run(dispatch)
            except outside_calls.NotCalled:
                continue
    waiting = Dispatch.objects.get(topic="webhook.due")
    assert (WebhookCall.objects.get().state, waiting.done_at) == ("queued", None)
    assert waiting.attempts >= 2
    program.status = 200
    to_the_end(cast)
    assert WebhookCall.objects.get().state == "sent"
    assert Webhook.objects.get(pk=row.pk).failed == 0


def test_after_three_failures_for_good_it_is_disabled_and_the_desk_told(cast, program):
    program.status = 500
    row = actions.add_webhook(cast[DECIDER], None, url=program.url)
    for _n in range(3):
        told()
        to_the_end(cast)
    assert Webhook.objects.get(pk=row.pk).state == "disabled"
    notice = Notice.objects.get(code="webhook.disabled")
    assert (notice.owner.code, notice.number) == ("BRB.ministry", "127.0.0.1")
    calls = len(program.calls)
    told()
    to_the_end(cast)
    assert len(program.calls) == calls
    program.status = 204
    actions.resume_webhook(cast[DECIDER], Webhook.objects.get(pk=row.pk))
    told()
    to_the_end(cast)
    assert len(program.calls) == calls + 1


def test_a_trial_and_a_call_that_is_sent_again(cast, drain, program, client_for):
    row = actions.add_webhook(cast[DECIDER], None, url=program.url)
    actions.try_webhook(cast[DECIDER], row)
    drain()
    assert json.loads(program.calls[0][2])["event"] == "trial"
    told()
    drain()
    call = WebhookCall.objects.exclude(notice=None).get()
    client = client_for(DECIDER)
    again = client.post(reverse("notices:webhook_do", args=[row.pk, "resend"]), {"call": call.pk})
    assert again.status_code == 302
    drain()
    assert [json.loads(body)["event"] for _path, _headers, body in program.calls[1:]] == ["written.dispatched"] * 2
    page = client.get(reverse("notices:webhook", args=[row.pk])).content.decode()
    assert page.count("/do/resend/") == 3


def test_an_address_of_another_desk_cannot_be_sent_again(cast, drain, program):
    row = actions.add_webhook(cast[DECIDER], None, url=program.url)
    theirs = actions.add_webhook(cast[OTHER], None, url=program.url)
    actions.try_webhook(cast[OTHER], theirs)
    drain()
    with pytest.raises(ValidationError):
        actions.resend_webhook(cast[DECIDER], row, call=WebhookCall.objects.get(webhook=theirs).pk)


def test_an_ended_address_is_called_no_more_and_its_secret_is_gone(cast, drain, program):
    row = actions.add_webhook(cast[DECIDER], None, url=program.url)
    actions.end_webhook(cast[DECIDER], actions.try_webhook(cast[DECIDER], row))
    told()
    drain()
    assert program.calls == []
    assert Webhook.objects.get().sealed == ""
    assert WebhookCall.objects.filter(error="not-in-use", state="failed").count() == 1


# --- where a call goes ------------------------------------------------------------------------------------------------


def answers(*addresses: str) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize(
    "addresses",
    [("10.0.0.1",), ("127.0.0.1",), ("93.184.215.14", "192.168.1.1"), ("100.64.0.1",), ("169.254.169.254",)],
)
def test_a_public_name_that_leads_into_a_private_network_is_not_called(monkeypatch, addresses):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers(*addresses))
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was called"))
    with pytest.raises(outside_calls.NotCalled) as failed:
        outside_calls.call(PUBLIC, sealed("x"), {"id": 1}, stamp=1)
    assert failed.value.why == "not-a-public-host"


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    asked, went = [], []

    def lookup(*_args: Any, **_more: Any) -> list[Any]:
        asked.append(1)
        return answers("93.184.215.14" if len(asked) == 1 else "127.0.0.1")

    def connect(address: Any, **_more: Any) -> Any:
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outside_calls.NotCalled):
        outside_calls.call(PUBLIC, sealed("x"), {"id": 1}, stamp=1)
    assert (len(asked), went) == (1, [("93.184.215.14", 443)])


def test_a_host_without_an_address_is_a_failure_like_any_other(monkeypatch):
    def unknown(*_args: Any, **_more: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(outside_calls.NotCalled) as failed:
        outside_calls.call(PUBLIC, sealed("x"), {"id": 1}, stamp=1)
    assert failed.value.why == "no-such-host"
