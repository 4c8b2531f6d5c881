"""The report of a meeting and the book of decisions: what stands in them, and for whom."""

import datetime
import hashlib
import json

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.council.actions import declarations, exports
from apps.council.models import AgendaItem, Decision, Meeting, Sitting
from apps.council.queries import membership
from apps.council.views.exports import links
from apps.documents import storage
from apps.documents.models import IssuedDocument
from tests.council.exports.making import MANAGER, a_restricted_item, a_sealed, squeezed, words_of
from tests.council.people import a_session, arrives, leaves
from tests.worlds import world

pytestmark = pytest.mark.django_db
MINUTES = "# Minutes\n\n1. The chair opened the meeting in Paramaribo.\n\n2. Haïti remercie le Président.\n"


def a_sitting(meeting: Meeting) -> Sitting:
    """Opened with everybody but Haiti, which comes later; Suriname leaves."""
    present = [party.code for party in membership.roll(meeting.starts_at.date()) if party.code != "HTI"]
    opened = timezone.now() - datetime.timedelta(minutes=1)
    row = Sitting.objects.create(meeting=meeting, number=1, opened_at=opened, quorum_required=12, present=present)
    arrives(meeting, "HTI")
    leaves(meeting, "SUR")
    return row


def agreed(meeting: Meeting) -> Meeting:
    """The minutes agreed, as the chair's act leaves the row."""
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.MINUTES_AGREED, minutes=MINUTES, minutes_hash="ab" * 32
    )
    return Meeting.objects.get(pk=meeting.pk)


@world
def a_held_meeting(cast):
    """A meeting with an open and a restricted decision, a sitting and a reservation of Suriname."""
    row = a_session()
    a_sitting(row)
    a_sealed(cast, meeting=row, title="Contacts day and night")
    item = a_restricted_item(cast, row, title="Names of informants")
    decision = a_sealed(cast, meeting=row, item=item.pk, title="Who may know the informants")
    outbox.drain(but=outbox.MAIL)
    declarations.enter_reservation(
        cast["sur.ministry.decider"], Decision.objects.get(pk=decision.pk), text="Alleen na goedkeuring, geëigend."
    )
    return row


@pytest.fixture
def meeting(cast):
    """The meeting, for this test to change."""
    return a_held_meeting(cast)


def report(browser, meeting, fmt="pdf"):
    return browser.get(f"/council/meetings/{meeting.pk}/report.{fmt}")


def test_drafts_are_in_no_book(cast, client_for):
    from tests.council.people import a_proposal

    a_proposal(cast, meeting=a_session().pk)
    text = words_of(client_for("jam.ministry.decider").get("/council/decisions/book.pdf").content)
    assert "Nosealeddecisions." in text


def test_the_files_of_a_decision_are_offered_with_their_hashes(cast, drain):
    decision = a_sealed(cast)
    actor = cast["jam.ministry.decider"]
    before = render_to_string("council/_exports.html", {"exports": links(actor, decision)})
    assert "Not issued yet" in before
    drain()
    html = render_to_string("council/_exports.html", {"exports": links(actor, decision)})
    for row in IssuedDocument.objects.all():
        assert row.sha256 in html
        assert f"/documents/{row.pk}/" in html
    assert f"/council/decisions/{decision.pk}/record.docx" in html


def test_before_the_minutes_are_agreed_the_report_is_a_working_copy_of_what_the_seat_sees(cast, client_for, meeting):
    member = words_of(report(client_for("jam.ministry.decider"), meeting).content)
    for said in (
        "Workingcopy–minutesnotagreed",
        "CopyJAM-",
        "Namesofinformants",
        "Whomayknowtheinformants",
        "Alleennagoedkeuring,geëigend.",
        "Haiticame",
        "Surinameleft",
        "Theminutesarenotagreedyet.",
        squeezed(Decision.objects.order_by("number")[0].number),
        squeezed("Adopted by consensus: no objection"),
    ):
        assert said in member, said
    associate = words_of(report(client_for("cym.ministry.decider"), meeting).content)
    assert "Contactsdayandnight" in associate
    for hidden in ("informants", "Alleen"):
        assert hidden not in associate
    assert AuditRecord.objects.filter(verb="meeting.export", object_id=str(meeting.pk)).count() == 2
    with pytest.raises(Refused, match="minutes-not-agreed"):
        exports.issue_meeting_report(cast[MANAGER], meeting)


def test_with_agreed_minutes_it_is_issued_to_all_and_restricted_matters_to_the_members_alone(
    cast, client, client_for, meeting
):
    exports.issue_meeting_report(cast[MANAGER], agreed(meeting))
    assert IssuedDocument.objects.filter(object_id=str(meeting.pk)).count() == 6
    for who, told in (("jam.ministry.decider", True), ("cym.ministry.decider", False)):
        data = report(client_for(who), meeting).content
        text = words_of(data)
        assert "ThechairopenedthemeetinginParamaribo." in text
        assert "HaïtiremercielePrésident." in text
        assert ("Names of informants".replace(" ", "") in text) is told
        assert ("Alleennagoedkeuring" in text) is told
        assert hashlib.sha256(data).hexdigest() in IssuedDocument.objects.values_list("sha256", flat=True)
        assert "Working" not in text
    before = set(IssuedDocument.objects.values_list("sha256", flat=True))
    exports.issue_meeting_report(cast[MANAGER], Meeting.objects.get(pk=meeting.pk))
    assert set(IssuedDocument.objects.values_list("sha256", flat=True)) == before


def test_an_item_marked_higher_than_the_meeting_is_in_no_issued_report(cast, meeting):
    AgendaItem.objects.filter(title="Names of informants").update(level=2)
    exports.issue_meeting_report(cast[MANAGER], agreed(meeting))
    for row in IssuedDocument.objects.filter(object_id=str(meeting.pk), format="pdf"):
        assert "Namesofinformants" not in words_of(storage.kept(row.sha256))


def test_only_the_secretariat_issues_a_report(cast, meeting):
    with pytest.raises(Refused):
        exports.issue_meeting_report(cast["tto.ministry.decider"], agreed(meeting))


def test_the_report_as_word_and_as_data_and_for_no_stranger(client_for, meeting):
    browser = client_for("jam.ministry.decider")
    assert report(browser, meeting, "docx").content.startswith(b"PK")
    assert report(browser, meeting, "json").json()["record"]["title"].startswith("Report of the")
    assert report(browser, meeting, "zip").status_code == 404
    assert report(client_for("jam.border.officer"), meeting).status_code == 404


def test_the_book_holds_the_visible_decisions_alone_and_says_who_took_it(cast, client_for, meeting):
    year = timezone.now().year
    address = f"/council/decisions/book.pdf?year={year}&organ=CONSLE"
    member = words_of(client_for("jam.ministry.decider").get(address).content)
    associate = words_of(client_for("cym.ministry.decider").get(address).content)
    restricted = Decision.objects.get(title="Who may know the informants")
    opened = Decision.objects.get(title="Contacts day and night")
    for row, seen in ((opened, True), (restricted, False)):
        assert squeezed(row.number) in member
        assert squeezed(row.seal) in member
        assert (squeezed(row.number) in associate) is seen
        assert (squeezed(row.title) in associate) is seen
    assert "Contents" in associate
    assert "CopyCYM-" in associate
    (line,) = AuditRecord.objects.filter(verb="decision.export", party="CYM")
    assert line.detail["decisions"] == [str(opened.pk)]


@pytest.mark.parametrize(("query", "titles"), [("year=1999", 0), ("organ=SEPAC", 0), ("", 2), ("organ=CONSLE", 2)])
def test_the_book_is_of_a_year_and_an_organ(client_for, meeting, query, titles):
    data = client_for("jam.ministry.decider").get(f"/council/decisions/book.json?{query}").content
    headings = [block for block in json.loads(data)["record"]["blocks"] if block["type"] == "heading"]
    assert len(headings) == 1 + titles


@pytest.mark.parametrize("year", ["26", "20x6", "٢٠٢٦", "0001"])
def test_a_year_that_is_none_is_a_bad_request(client_for, year):
    assert client_for("jam.ministry.decider").get(f"/council/decisions/book.pdf?year={year}").status_code == 400
