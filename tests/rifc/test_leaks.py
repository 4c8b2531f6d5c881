"""The leak hunt: for each kind of seat, every way to a report compared with the rule."""

import copy
import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access import outbox
from apps.access.models import StreamEvent
from apps.audit.models import AuditRecord
from apps.files.models import Attachment
from apps.notices.models import Notice
from apps.rifc.actions import drafts, recalls, shares
from apps.rifc.models import Report
from apps.rifc.queries import rule
from apps.rifc.rules.release import FULL, TOMBSTONE, view
from tests.files import room
from tests.rifc.people import AUTHOR, HEAD, REPORTS, SECRET_NAME, a_draft, approved, fresh, paragraph, shared
from tests.shared import made_once

pytestmark = pytest.mark.django_db
SEATS = [
    *("brb.intelligence.officer", "brb.contact.officer", "brb.border.officer", "jam.contact.officer"),
    *("jam.customs.officer", "jam.intelligence.officer", "tto.contact.reader", "guy.contact.officer"),
    *("cym.contact.officer", "rifc.watch.officer", "rifc.analysis.head", "jrcc.watch.officer"),
    *("jam.ministry.decider", "brb.administration.administrator", "portal.platform.head", "7t.carrier.agent"),
]
WORD = "Quartermaster"
PARTS = ("recipients/", "readlog/", "recall-acks/", "actions/")
"""What hangs on a report; of each report one is asked for."""


def a_region(cast: Any) -> dict[str, Report]:
    """Reports of every marking and state, each with a word of its own in title and text."""
    say = lambda name: {"title": f"{WORD} {name}", "paragraphs": [paragraph(f"{name} text", source_ref=SECRET_NAME)]}  # noqa: E731
    made = {
        "draft": a_draft(cast, **say("draft")),
        "approved": approved(cast, **say("approved")),
        "amber": shared(cast, "JAM.contact", **say("amber")),
        "strict": shared(cast, "JAM.contact", "TTO.contact", tlp="AMBER+STRICT", orcon=True, **say("strict")),
        "green": shared(cast, "JAM.contact", tlp="GREEN", **say("green")),
        "police": shared(cast, "GUY.contact", tlp="GREEN", handling=["LEONLY"], **say("police")),
        "full": shared(cast, "TTO.contact", handling=["NOASSOC"], **say("full")),
        "eyes": shared(cast, "JAM.contact", eyes=["BRB", "JAM"], **say("eyes")),
        "red": shared(cast, tlp="RED", named_persons=["jam.intelligence.officer"], **say("red")),
        "noauto": shared(cast, "JAM.contact", handling=["NOAUTO"], **say("noauto")),
        "recalled": shared(cast, "JAM.contact", "TTO.contact", **say("recalled")),
        "dropped": shared(cast, "JAM.contact", "GUY.contact", **say("dropped")),
        "filed": _filed(cast, say("filed")),
    }
    recalls.recall_rifc_report(cast[HEAD], made["recalled"], reason_code="other", text="Back, please.")
    shares.withdraw_report_entry(cast[HEAD], made["dropped"], recipient="JAM.contact", reason="By mistake.")
    outbox.drain()
    return {name: fresh(row) for name, row in made.items()}


def _filed(cast: Any, given: dict[str, Any]) -> Report:
    from apps.files.rules.intake import store_upload
    from apps.rifc.actions import approvals
    from tests.rifc.people import GIVEN

    stored = store_upload(room.sent("Boats.pdf", room.PDF))
    row = drafts.draft_rifc_report(cast[AUTHOR], None, **(GIVEN | given), file=stored)
    row = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], row))
    return shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.contact"])


region = made_once(a_region)


def test_every_way_gives_what_the_rule_gives(region: Any, cast: Any, client_for: Any) -> None:
    reports = copy.deepcopy(region)
    known = {name: rule.facts(row) for name, row in reports.items()}
    file = Attachment.objects.get(object_id=reports["filed"].pk)
    for seat in SEATS:
        viewer, browser, actor = rule.viewer_of(cast[seat]), client_for(seat), cast[seat]
        answers = {name: view(facts, viewer).result for name, facts in known.items()}
        full = {name for name, answer in answers.items() if answer == FULL}
        for turn, (name, row) in enumerate(reports.items()):
            wanted = {FULL: 200, TOMBSTONE: 410}.get(answers[name], 404)
            for place in (f"{REPORTS}{row.thread}/", f"{REPORTS}{row.pk}/"):
                assert browser.get(place).status_code == wanted, (seat, name)
            on_page = browser.get(reverse("rifc:report", args=[row.thread]))
            assert on_page.status_code in {wanted, 404}, (seat, name)
            if name not in full:
                assert WORD not in on_page.content.decode(), (seat, name)
                part = PARTS[turn % len(PARTS)]
                assert browser.get(f"{REPORTS}{row.thread}/{part}").status_code == 404, (seat, name, part)
        listed = browser.get(REPORTS, {"page_size": 200}).json()["results"]
        assert {one["id"] for one in listed} == {str(reports[name].thread) for name in full}, seat
        by_word = browser.get(REPORTS, {"q": WORD}).json()["results"]
        assert {one["id"] for one in by_word} == {str(reports[name].thread) for name in full}, seat
        for text in (
            browser.get(reverse("search"), {"q": WORD}),
            *_boxes(browser),
            browser.get(reverse("people:desk")),
        ):
            shown = set(re.findall(rf"{WORD} (\w+)", text.content.decode()))
            assert shown <= full, (seat, shown - full)
        wanted = 200 if "filed" in full else 404
        assert browser.get(reverse("files:attachment", args=[file.pk])).status_code == wanted, seat
        told = StreamEvent.objects.filter(object_type="rifc.report", groups__overlap=list(actor.groups))
        had = full | {name for name, answer in answers.items() if answer == TOMBSTONE}
        assert set(told.values_list("object_id", flat=True)) <= {str(reports[name].thread) for name in had}, seat
        notices = Notice.objects.visible_to(actor).filter(code__startswith="rifc.")
        numbers = {reports[name].number for name in had} | {"draft"}
        assert set(notices.values_list("number", flat=True)) <= numbers, seat
        assert set(notices.values_list("title", flat=True)) <= {""}


def _boxes(browser: Any) -> list[Any]:
    return [browser.get(reverse("rifc:reports"), {"box": box}) for box in ("inbox", "sent", "drafts", "community")]


def test_a_program_gets_nothing_that_is_not_for_programs(region: Any, cast: Any, api: Any) -> None:
    reports = copy.deepcopy(region)
    program, person = api("JAM.contact", "read"), cast["jam.contact.officer"]
    seen = {one["id"] for one in program.get(REPORTS).json()["results"]}
    rows = Report.objects.visible_to(person)
    wanted = {str(row.thread) for row in rows if "NOAUTO" not in row.handling and row.tlp != "RED" and row.level < 3}
    assert seen == wanted
    assert program.get(f"{REPORTS}{reports['noauto'].thread}/").status_code == 404
    assert rows.filter(pk=reports["noauto"].pk).exists()


def test_the_source_is_in_no_answer_log_or_row(region: Any, client_for: Any) -> None:
    reports = copy.deepcopy(region)
    for seat in ("brb.intelligence.officer", "brb.contact.head", "jam.contact.officer", "rifc.watch.officer"):
        browser = client_for(seat)
        for row in reports.values():
            for place in (f"{REPORTS}{row.thread}/", reverse("rifc:report", args=[row.thread])):
                assert SECRET_NAME not in browser.get(place).content.decode(), seat
    assert SECRET_NAME not in str(list(AuditRecord.objects.values()))
    assert SECRET_NAME not in str(list(Report.objects.values()))
    assert not AuditRecord.objects.filter(detail__icontains=WORD).exists()


def test_recipients_cannot_count_the_originators_acts(cast: Any, client_for: Any) -> None:
    row = shared(cast, "JAM.contact")
    place = f"{REPORTS}{row.thread}/"
    jamaica = client_for("jam.contact.officer")
    before = jamaica.get(place)["ETag"]
    events = StreamEvent.objects.filter(
        groups__contains=[cast["jam.contact.officer"].desk_id], object_type="rifc.report"
    )
    heard = events.count()
    row = shares.add_report_recipient(cast[HEAD], fresh(row), to=["TTO.contact"])
    shares.withdraw_report_entry(cast[HEAD], row, recipient="TTO.contact", reason="No.")
    assert jamaica.get(place)["ETag"] == before
    assert events.count() == heard
    assert {event.version for event in events} == {1}
