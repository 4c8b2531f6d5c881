"""The intake at work: failures are seen with their cause and tried again; folders are emptied into submissions."""

import os
import time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.jrcc.actions import operations as actions
from apps.jrcc.models import Retry
from apps.manifests.actions import drop_folder, intake
from apps.manifests.models import Submission
from tests import world

pytestmark = pytest.mark.django_db


def broken(cast, monkeypatch, tries: int = 1) -> Dispatch:
    """A list whose reading fails: the reader has a fault."""
    intake.receive(cast["7t.carrier.agent"], world.a_message().encode(), channel="api", content_type="text/plain")
    work = Dispatch.objects.get(topic="submission.received", done_at=None)

    def falls(*_args, **_more):
        raise ZeroDivisionError

    with monkeypatch.context() as fault:
        fault.setattr("apps.manifests.paxlst.read", falls)
        for _try in range(tries):
            with pytest.raises(ZeroDivisionError):
                outbox.run(work.pk)
    work.refresh_from_db()
    return work


def test_a_dead_piece_of_work_stands_there_with_its_cause_and_is_done_after_the_fix(
    cast, client_for, monkeypatch, drain
):
    work = broken(cast, monkeypatch, tries=outbox.MAX_ATTEMPTS)
    assert work.dead_at is not None
    client = client_for("jrcc.watch.officer")
    page = client.get("/jrcc/operations/").content.decode()
    assert "ZeroDivisionError" in page
    assert "Stopped" in page
    drain()
    assert Submission.objects.get().state == "received"  # the dead are not swept up
    assert client.post(f"/jrcc/operations/{work.pk}/retry/").status_code == 302
    drain()
    assert Submission.objects.get().state == "answered"
    assert (Retry.objects.get().error, Retry.objects.get().attempts) == (work.error, outbox.MAX_ATTEMPTS)
    assert AuditRecord.objects.filter(verb="work.retry", outcome="done").exists()
    assert "Nothing has failed" in client.get("/jrcc/operations/").content.decode()


def test_work_whose_listener_nobody_knows_waits_and_is_done_when_it_is_known_again(
    cast, client_for, monkeypatch, drain, caplog
):
    """It was closed as done: a list that another release had taken in was never read."""
    intake.receive(cast["7t.carrier.agent"], world.a_message().encode(), channel="api", content_type="text/plain")
    work = Dispatch.objects.get(topic="submission.received", done_at=None)
    with monkeypatch.context() as other_release:
        other_release.setattr(outbox, "_LISTENERS", {})
        for _try in range(outbox.MAX_ATTEMPTS + 2):
            with pytest.raises(outbox.UnknownListener):
                outbox.run(work.pk)
    work.refresh_from_db()
    assert (work.done_at, work.dead_at) == (None, None), "it waits, however long that takes"
    assert work.error == f"UnknownListener: {work.listener}"
    assert work.available_at > timezone.now()
    said = [line for line in caplog.records if line.levelname == "ERROR" and line.getMessage() == "unknown listener"]
    assert {line.dispatch for line in said} == {work.pk}
    assert all(name in said[0].error for name in (work.topic, work.listener))
    page = client_for("jrcc.watch.officer").get("/jrcc/operations/").content.decode()
    assert work.error in page
    assert client_for("jrcc.watch.officer").post(f"/jrcc/operations/{work.pk}/retry/").status_code == 302
    drain()
    assert Submission.objects.get().state == "answered"


def test_only_the_watch_tries_again_and_only_what_has_failed(cast, monkeypatch, drain, client_for):
    work = broken(cast, monkeypatch)
    with pytest.raises(Refused):
        actions.retry_work(cast["jam.border.head"], None, dispatch=work.pk)
    assert client_for("7t.carrier.agent").post(f"/jrcc/operations/{work.pk}/retry/").status_code == 404
    actions.retry_work(cast["jrcc.watch.officer"], None, dispatch=work.pk)
    drain()
    with pytest.raises(ValidationError):
        actions.retry_work(cast["jrcc.watch.officer"], None, dispatch=work.pk)


@pytest.fixture
def drop(api, tmp_path):
    """The folder of 7T, whose desk has a program."""
    api("7T.carrier")
    (tmp_path / "7T.carrier" / "in").mkdir(parents=True)
    return tmp_path


def put(drop, name: str, data: bytes, desk: str = "7T.carrier") -> None:
    folder = drop / desk / "in"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (time.time() - 10, time.time() - 10))


def names(drop, folder: str, desk: str = "7T.carrier") -> list[str]:
    place = drop / desk / folder
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


def test_a_telegram_in_the_folder_becomes_a_submission_and_lies_in_done(drop, drain):
    telegram = f"QU BGIJRXH\n.POSOPBW 251430\n{world.a_message()}\nNNNN\n".encode()
    put(drop, "tele.txt", telegram)
    assert drop_folder.collect(drop) == {"done": 1, "failed": 0}
    drain()
    row = Submission.objects.get()
    assert (row.channel, row.owner.code, row.passengers) == ("typeb", "7T.carrier", 4)
    assert (names(drop, "in"), names(drop, "done")) == ([], [f"{row.receipt}-tele.txt"])


def test_after_a_stop_between_receipt_and_move_nothing_is_taken_in_twice(drop, monkeypatch):
    put(drop, "tele.txt", world.a_message().encode())

    def stops(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("apps.manifests.actions.drop_folder.os.replace", stops)
        with pytest.raises(KeyboardInterrupt):
            drop_folder.collect(drop)
    assert drop_folder.collect(drop) == {"done": 1, "failed": 0}
    assert Submission.objects.count() == 1


def test_what_is_still_being_written_waits_and_links_are_not_followed(drop, tmp_path_factory):
    put(drop, "tele.txt.part", b"UNA")
    put(drop, "fresh.txt", b"UNA")
    os.utime(drop / "7T.carrier" / "in" / "fresh.txt")
    secret = tmp_path_factory.mktemp("else") / "secret"
    secret.write_bytes(b"UNA")
    (drop / "7T.carrier" / "in" / "link").symlink_to(secret)
    assert drop_folder.collect(drop) == {"done": 0, "failed": 0}
    assert Submission.objects.count() == 0


def test_what_cannot_be_taken_in_lies_in_failed_with_the_reason(drop):
    put(drop, "empty.txt", b"")
    put(drop, "list.txt", b"UNA", desk="XX.carrier")
    put(drop, "list.txt", b"UNA", desk="JAM.border")
    assert drop_folder.collect(drop) == {"done": 0, "failed": 3}
    assert names(drop, "failed") == ["empty.txt", "empty.txt.why.txt"]
    assert "empty" in (drop / "7T.carrier" / "failed" / "empty.txt.why.txt").read_text()
    assert "XX.carrier" in (drop / "XX.carrier" / "failed" / "list.txt.why.txt").read_text()
