"""Whether each part of the portal works: by what it did last, or by asking it. What nobody knows is said to be so."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.utils.translation import gettext as _

from apps.files import scanner
from apps.gateway.queries import overview as sources
from apps.operations import queries
from apps.operations.policy import OPERATORS
from apps.people.queries import service_actor
from caricom_portal.views import WORKER_SILENT, broker_answers

SPEAKS_FOR = datetime.timedelta(days=1)
"""How long a good result speaks for a part: the day's anchor goes by mail each day."""
PING_S = 0.5
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
        Part(_("Web server"), "works", _("answers")),
        Part(_("Database"), "works", f"PostgreSQL {database['version']}"),
        *_work(now),
        _scanner(now),
        _mail(now),
        *_interpol(),
        _webhooks(now),
    ]


def _work(now: datetime.datetime) -> list[Part]:
    """The broker, and worker and scheduler: by the sign of life of both, without one by asking the worker."""
    beat = next((beat.at for beat in queries.heartbeats() if beat.name == "worker"), None)
    broker, both = broker_answers(), beat is not None and now - beat < WORKER_SILENT
    worker = both or (broker and worker_answers())
    # the scheduler orders the sign of life and a worker gives it: without a worker nothing tells of the scheduler
    scheduler = "works" if both else "fails" if worker else "unknown"
    return [
        Part(_("Broker and cache"), _word(broker)),
        Part(_("Worker"), _word(worker), at=beat),
        Part(_("Scheduler"), scheduler, at=beat)
        if worker
        else Part(_("Scheduler"), scheduler, _("cannot be told while no worker answers")),
    ]


def _word(works: bool) -> str:
    return "works" if works else "fails"


def worker_answers() -> bool:
    """Whether a worker answers when it is asked directly; half a second where none does."""
    try:
        return bool(current_app.control.broadcast("ping", reply=True, timeout=PING_S, limit=1))
    except Exception:  # whatever it is, nobody answers
        return False


def _scanner(now: datetime.datetime) -> Part:
    name = _("File scanner")
    if not scanner.configured():
        return Part(name, "absent", _("files are not checked for malware"))
    if scanner.is_daemon() and not scanner.daemon_answers():
        return Part(name, "fails", scanner.name())
    return _by_results(name, now, queries.scans(), scanner.name())


def _mail(now: datetime.datetime) -> Part:
    name, way = _("Outgoing mail"), dict[str, Any](settings.MAILERS["default"])
    if not way["BACKEND"].endswith(SMTP):
        return Part(name, "absent", _("mails are sent to nobody"))
    return _by_results(name, now, queries.mails(), str(way.get("OPTIONS", {}).get("host", "")))


def _webhooks(now: datetime.datetime) -> Part:
    name, counts = _("Webhooks"), queries.webhook_states()
    disabled, whole = counts.get("disabled", 0), sum(counts.values())
    if not whole:
        return Part(name, "absent", _("no desk has one"))
    said = _("%(disabled)s of %(whole)s disabled, since they did not answer") % {"disabled": disabled, "whole": whole}
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
        "unconnected": lambda: ("absent", _("not connected")),
        "off": lambda: ("absent", _("switched off")),
        "no_address": lambda: ("fails", _("no address to ask at")),
        "down": lambda: ("fails", _("no answer since its last sign of life")),
        "slow": lambda: ("works", _("slow")),
        "up": lambda: ("works", ""),
    }
    found = []
    for row in sources(service_actor(OPERATORS, request_id="status")):
        state, says = told[row.condition[0]]()
        answered = row.health.answered_at if row.health else None
        state = "unknown" if state == "works" and answered is None else state
        found.append(Part(_("INTERPOL: %(name)s") % {"name": row.name}, state, says, answered))
    return found or [Part(_("INTERPOL"), "absent", _("not connected"))]
