"""The operators' page says of each part whether it works, and of what nobody knows that it is not known."""

import datetime
import socket
import threading

import pytest
from django.utils import timezone

from apps.access.models import Dispatch, Heartbeat
from apps.files.rules import scanner
from apps.gateway.models import Health, Source
from apps.operations import queries
from caricom_portal import operations_parts
from caricom_portal.services.programs import intake_command, worker_command

pytestmark = pytest.mark.django_db
HOUR, TWO_DAYS = datetime.timedelta(hours=1), datetime.timedelta(days=2)
R = queries.Results


def told(*names):
    """{name: state} of the parts whose name begins so."""
    found = operations_parts.parts(timezone.now(), queries.database())
    return {part.name: part.state for part in found if part.name.startswith(names)}


@pytest.mark.parametrize(
    ("beats", "answer", "works", "scheduler"),
    [
        ({"worker", "intake"}, set(), {"worker", "intake"}, "works"),
        ({"worker"}, set(), {"worker"}, "works"),
        ({"intake"}, {"intake"}, {"intake"}, "works"),
        ({"worker"}, {"intake"}, {"worker", "intake"}, "works"),
        (set(), {"worker", "intake"}, {"worker", "intake"}, "fails"),
        (set(), {"intake"}, {"intake"}, "fails"),
        (set(), set(), set(), "unknown"),
    ],
)
def test_both_kinds_of_workers_and_the_scheduler_are_told_apart(beats, answer, works, scheduler, monkeypatch):
    for name in ("worker", "intake"):
        Heartbeat.objects.create(name=name, at=timezone.now() - datetime.timedelta(seconds=0 if name in beats else 60))
    monkeypatch.setattr(operations_parts, "workers_that_answer", lambda: answer)
    says = {True: "works", False: "fails"}
    assert told("Worker", "Scheduler") == {
        "Worker": says["worker" in works],
        "Worker for lists": says["intake" in works],
        "Scheduler": scheduler,
    }


def test_workers_are_known_by_the_names_under_which_they_are_started(monkeypatch):
    names = {command[command.index("-n") + 1] for command in (worker_command(), intake_command())}
    said = [{name.replace("%h", "machine"): {"ok": "pong"}} for name in names]
    monkeypatch.setattr(operations_parts.current_app.control, "broadcast", lambda *_args, **_more: said)
    assert operations_parts.workers_that_answer() == {"worker", "intake"}


@pytest.mark.parametrize(
    ("worked", "failed", "tried_again", "state"),
    [
        (None, None, False, "unknown"),
        (HOUR, None, False, "works"),
        (TWO_DAYS, None, False, "unknown"),
        (HOUR, 2 * HOUR, False, "works"),
        (2 * HOUR, HOUR, False, "fails"),
        (None, TWO_DAYS, False, "fails"),
        (HOUR, None, True, "fails"),
    ],
)
def test_a_part_is_known_by_its_newest_result_of_the_last_day(
    worked, failed, tried_again, state, monkeypatch, settings
):
    now = timezone.now()
    last = R(worked and now - worked, failed and now - failed, tried_again=tried_again)
    settings.FILE_SCANNER = "clamdscan --no-summary"
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}
    monkeypatch.setattr(queries, "webhook_states", lambda: {"live": 1})
    for ask in ("mails", "scans", "calls"):
        monkeypatch.setattr(queries, ask, lambda: last)
    assert set(told("File scanner", "Outgoing mail", "Webhooks").values()) == {state}


def test_what_is_not_set_up_is_said_so(settings):
    settings.FILE_SCANNER, settings.INTERPOL_URL = "", ""
    assert told("File scanner", "Outgoing mail", "Webhooks") == dict.fromkeys(
        ("File scanner", "Outgoing mail", "Webhooks"), "absent"
    )
    assert set(told("INTERPOL").values()) == {"absent"}


def test_the_results_are_those_of_the_tables():
    assert (queries.mails(), queries.scans(), queries.calls()) == (R(None, None),) * 3
    Dispatch.objects.create(topic="mail.due", attempts=1, available_at=timezone.now())
    assert queries.mails().tried_again


def test_a_source_of_interpol_that_was_never_asked_is_not_known_to_work(settings):
    settings.INTERPOL_URL = "https://bureau.invalid"
    Source.objects.update(state="on")
    assert set(told("INTERPOL").values()) == {"unknown"}
    for source in Source.objects.all():
        Health.objects.update_or_create(source=source, defaults={"answered_at": timezone.now()})
    assert set(told("INTERPOL").values()) == {"works"}
    Health.objects.update(failing_since=timezone.now())
    assert set(told("INTERPOL").values()) == {"fails"}


def test_a_webhook_that_was_disabled_is_a_fault(monkeypatch):
    monkeypatch.setattr(queries, "webhook_states", lambda: {"live": 2, "disabled": 1})
    assert told("Webhooks") == {"Webhooks": "fails"}


def an_answer(daemon, says):
    link, _address = daemon.accept()
    with link:
        assert link.recv(16) == b"zPING\0"
        link.sendall(says)


@pytest.mark.parametrize(("says", "answers"), [(b"PONG\0", True), (b"UNKNOWN COMMAND\0", False), (None, False)])
def test_the_scanners_daemon_is_asked(says, answers, settings, tmp_path):
    place = tmp_path / "clamd"
    settings.FILE_SCANNER = f"clamd://{place}"
    with socket.socket(socket.AF_UNIX) as daemon:
        if says is not None:
            daemon.bind(str(place))
            daemon.listen()
            threading.Thread(target=an_answer, args=(daemon, says), daemon=True).start()
        assert scanner.daemon_answers() == answers


def test_nobody_answers_where_no_worker_runs():
    assert not operations_parts.workers_that_answer()
