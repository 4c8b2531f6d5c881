"""Whether each part of the portal works: by what it did last, or by asking it. What nobody knows is said to be so."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.workers import INTAKE_WORKER, WORKER
from apps.files.rules import scanner
from apps.gateway.queries.questions import overview as sources
from apps.operations import queries
from apps.operations.policy import OPERATORS
from apps.people.queries import service_actor
from caricom_portal.health import WORKER_SILENT_S, broker_answers

SPEAKS_FOR = datetime.timedelta(days=1)
"""How long a good result speaks for a part: the day's anchor goes by mail each day."""
WORKER_SILENT = datetime.timedelta(seconds=WORKER_SILENT_S)
PING_S = 0.5
NODES = {"portal": WORKER, "intake": INTAKE_WORKER}
"""Workers by what they are called among themselves (caricom_portal.services.programs)."""
SMTP = "smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Part:
    """A part and its state: works, fails, unknown, or absent where it is not set up."""

    name: str
    state: str
    says: str = ""
    at: datetime.datetime | None = None


def parts(now: datetime.datetime, database: dict[str, Any]) -> list[Part]:
    """Each part with its state: the page itself is the proof of web server and database."""
    return [
        Part(pgettext("words, portal", "Web server"), "works", pgettext("words, portal", "responding")),
        Part(pgettext("words, portal", "Database"), "works", f"PostgreSQL {database['version']}"),
        *_work(now),
        _scanner(now),
        _mail(now),
        *_interpol(),
        _webhooks(now),
    ]


def _work(now: datetime.datetime) -> list[Part]:
    """The broker, and both workers and the scheduler: by their signs of life, without one by asking the workers."""
    beats, broker = {beat.name: beat.at for beat in queries.heartbeats()}, broker_answers()
    fresh = {name for name in (WORKER, INTAKE_WORKER) if name in beats and now - beats[name] < WORKER_SILENT}
    alive = fresh if len(fresh) == len(NODES) or not broker else fresh | workers_that_answer()
    # the scheduler orders the signs of life and the workers give them: without a worker nothing tells of the scheduler
    scheduler = "works" if fresh else "fails" if alive else "unknown"
    return [
        Part(_("Broker and cache"), _word(broker)),
        Part(pgettext("words, portal", "Worker"), _word(WORKER in alive), at=beats.get(WORKER)),
        Part(_("Worker for lists"), _word(INTAKE_WORKER in alive), at=beats.get(INTAKE_WORKER)),
        Part(
            pgettext("words, portal", "Scheduler"),
            scheduler,
            at=max((beats[name] for name in fresh), default=beats.get(WORKER)),
        )
        if alive
        else Part(pgettext("words, portal", "Scheduler"), scheduler, _("not known while no worker responds")),
    ]


def _word(works: bool) -> str:
    return "works" if works else "fails"


def workers_that_answer() -> set[str]:
    """Which of the two kinds of workers answer when they are asked directly; takes half a second."""
    try:
        said = current_app.control.broadcast("ping", reply=True, timeout=PING_S) or []
    except Exception:  # whatever it is, nobody answers
        return set()
    return {NODES[name] for answer in said for name in (node.partition("@")[0] for node in answer) if name in NODES}


def _scanner(now: datetime.datetime) -> Part:
    name = pgettext("words, portal", "File scanner")
    if not scanner.configured():
        return Part(name, "absent", _("files are not checked for malware"))
    if scanner.is_daemon() and not scanner.daemon_answers():
        return Part(name, "fails", scanner.name())
    return _by_results(name, now, queries.scans(), scanner.name())


def _mail(now: datetime.datetime) -> Part:
    name, way = pgettext("words, portal", "Outgoing mail"), dict[str, Any](settings.MAILERS["default"])
    if not way["BACKEND"].endswith(SMTP):
        return Part(name, "absent", _("mail is not set up: no mails are sent"))
    return _by_results(name, now, queries.mails(), str(way.get("OPTIONS", {}).get("host", "")))


def _webhooks(now: datetime.datetime) -> Part:
    name, counts = pgettext("words, portal", "Webhooks"), queries.webhook_states()
    disabled, whole = counts.get("disabled", 0), sum(counts.values())
    if not whole:
        return Part(name, "absent", _("no desk has a webhook"))
    said = _("%(disabled)s of %(whole)s disabled because they did not answer") % {"disabled": disabled, "whole": whole}
    return Part(name, "fails", said) if disabled else _by_results(name, now, queries.calls(), "")


def _by_results(name: str, now: datetime.datetime, last: queries.Results, says: str) -> Part:
    """By the newest result; one that is more than a day old says nothing of today."""
    if last.tried_again or (last.bad and not (last.good and last.good > last.bad)):
        return Part(name, "fails", says, last.good)
    if last.good and now - last.good < SPEAKS_FOR:
        return Part(name, "works", says, last.good)
    return Part(name, "unknown", says, last.good)


def _interpol() -> list[Part]:
    """Each source that is connected; one that was never asked is not known to work."""
    told: dict[str, Callable[[], tuple[str, str]]] = {
        "unconnected": lambda: ("absent", pgettext("words, portal", "not connected")),
        "off": lambda: ("absent", pgettext("words, portal", "switched off")),
        "no_address": lambda: ("fails", _("no address set")),
        "down": lambda: ("fails", pgettext("status, portal", "not responding")),
        "slow": lambda: ("works", pgettext("words, portal", "slow")),
        "up": lambda: ("works", ""),
    }
    found = []
    for row in sources(service_actor(OPERATORS, request_id="status")):
        state, says = told[row.condition[0]]()
        answered = row.health.answered_at if row.health else None
        state = "unknown" if state == "works" and answered is None else state
        found.append(Part(pgettext("words, portal", "INTERPOL: %(name)s") % {"name": row.name}, state, says, answered))
    return found or [Part(pgettext("words, portal", "INTERPOL"), "absent", pgettext("words, portal", "not connected"))]
