"""What the Secretariat of the demonstration has written: the report of January 2008, drafts, and reports of this year.

Facts come from the register alone. Every report says on every page that it is a demonstration: nobody of the real
institutions cleared or sent it.
"""

import datetime
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.reports import actions
from apps.reports.models import Clearance, Report
from demo.council import on
from demo.council.players import Council
from demo.people import seated

OFFICER, MANAGER = "impacs.secretariat.officer", "impacs.secretariat.manager"
JANUARY, FEBRUARY, APRIL = (
    datetime.datetime(2008, 1, 21, 18, tzinfo=datetime.UTC),
    datetime.datetime(2008, 2, 1, 15, tzinfo=datetime.UTC),
    datetime.datetime(2008, 4, 10, 15, tzinfo=datetime.UTC),
)
BY_HAND = "Ten of the fifteen Member States currently use it, for arrivals by air as well as by sea."


def load() -> int:
    """Play the reports unless they are there; how many."""
    if not Report.objects.filter(fictional=True).exists():
        people = Council()
        officer, manager = seated(OFFICER), seated(MANAGER)
        with on(JANUARY):
            _issued(people, officer, manager, kind="oas", as_of=JANUARY.date(), covers="2006 and 2007")
        _draft(officer)
        _tell_nobody()
        outbox.drain()
        _of_this_year(people, officer, manager)
        outbox.drain()
    return Report.objects.filter(fictional=True).count()


def _tell_nobody() -> None:
    """Nobody of today is told that a State was asked in 2008."""
    waiting = Dispatch.objects.filter(done_at=None, listener__startswith="apps.reports.")
    waiting.update(done_at=timezone.now())


def _begun(officer: Actor, **fields: Any) -> Report:
    """A report that says on every page that it is a demonstration, compiled."""
    report = actions.create_report(officer, None, **fields)
    Report.objects.filter(pk=report.pk).update(fictional=True)
    return actions.compile_report(officer, report)


def _issued(people: Council, officer: Actor, manager: Actor, **fields: Any) -> Report:
    report = actions.send_report_to_clearance(officer, _begun(officer, **fields))
    for clearance in Clearance.objects.filter(report=report, state=Clearance.State.ASKED).order_by("pk"):
        actions.agree_sentences(people.ministry(clearance.party_id), clearance)
    report = actions.approve_report(manager, report)
    return actions.issue_report(officer, report, channel="note", copies="The State in the chair of the Council")


def _draft(officer: Actor) -> None:
    """A draft of February compiled again in April: one hand's words, one figure that moved, two gaps."""
    with on(FEBRUARY):
        report = _begun(officer, kind="oas", as_of=FEBRUARY.date(), title="Security initiatives: second report")
        report = actions.edit_report_sentence(officer, report, key="A2", text=BY_HAND)
    with on(APRIL):
        report = actions.refresh_report(officer, report, as_of=APRIL.date())
        for key in ("F4", "P1", "D3"):
            report = actions.accept_moved_figures(officer, report, key=key)


def _of_this_year(people: Council, officer: Actor, manager: Actor) -> None:
    """An implementation report and a scorecard that are issued, and a report that States are asked about."""
    today = timezone.now().date()
    _issued(people, officer, manager, kind="council", as_of=today)
    said = {
        "indicator": "open_share",
        "cut_off": today,
        "text": "Two bills are before Parliament.",
    }
    actions.write_comment(people.ministry("JAM"), None, **said)
    _issued(people, officer, manager, kind="scorecard", as_of=today, party="JAM")
    exercise = _begun(officer, kind="oas", as_of=JANUARY.date(), title="Exercise: the report of January 2008 again")
    actions.send_report_to_clearance(officer, exercise)
