"""Reports are looked at again when their date comes; drafts that were thrown away are forgotten after thirty days."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.files.models import Attachment, Purge, StoredBlob
from apps.files.rules.intake import store_upload
from apps.rifc.actions import approvals, retention
from apps.rifc.models import NamedPerson, Paragraph, Report, ReportText, SourceReference
from apps.rifc.queries import texts
from apps.rifc.tasks import delete_expired_reports
from tests.files.room import PDF
from tests.rifc.people import (
    AUTHOR,
    HEAD,
    JAMAICA,
    POINT,
    REPORTS,
    SECRET_NAME,
    Person,
    a_draft,
    fresh,
    paragraph,
    shared,
)  # fmt: skip

pytestmark = pytest.mark.django_db
PLACE = reverse("rifc:reviews")


def today():
    return timezone.now().date()


def aged(row, **columns):
    Report.objects.filter(pk=row.pk).update(**columns)
    return row


def numbers(client_for, who):
    page = client_for(who).get(PLACE)
    assert page.status_code == 200
    return {row.title for row in page.context["list"].records}


def test_a_report_stands_in_the_list_from_its_review_day_or_when_it_holds_no_more(cast, client_for, api):
    due = aged(shared(cast, "JAM.contact", title="Due"), retention_review=today())
    aged(shared(cast, "JAM.contact", title="Ended"), valid_to=today() - timedelta(days=1))
    aged(shared(cast, "JAM.contact", title="Young"), valid_to=today())
    aged(
        shared(cast, "JAM.contact", author=POINT, head="brb.contact.head", title="Other desk"), retention_review=today()
    )
    assert numbers(client_for, AUTHOR) == {"Due", "Ended"}
    assert numbers(client_for, JAMAICA) == set()
    found = api("BRB.intelligence").get(REPORTS, {"review": "due"}).json()["results"]
    assert {one["title"] for one in found} == {"Due", "Ended"}
    assert api("BRB.intelligence").get(REPORTS, {"review": "all"}).status_code == 400
    desk = client_for(AUTHOR).get(reverse("people:desk")).content.decode()
    assert f"Review how long to keep: {fresh(due).title}" in desk
    assert fresh(due).register_number in desk


def test_the_desk_keeps_it_on_with_a_reason_until_a_day_and_recipients_hear_nothing(cast, client_for, drain):
    row = aged(shared(cast, "JAM.contact"), retention_review=today(), valid_to=today() - timedelta(days=3))
    drain()
    before = Person(client_for(JAMAICA)).report(row.thread).json()["etag"]
    author, place = client_for(AUTHOR), reverse("rifc:do", args=[row.thread, "retain"])
    for until in (today(), today() + timedelta(days=1096)):
        wrong = author.post(place, {"until": until.isoformat(), "reason": "A trial goes on."})
        assert wrong.status_code == 422
        assert "A trial goes on." in wrong.content.decode()
    until = today() + timedelta(days=90)
    assert author.post(place, {"until": until.isoformat(), "reason": "A trial goes on."}).status_code == 302
    kept = fresh(row)
    assert (kept.retention_review, kept.retained_for, kept.reviewed_on) == (until, "A trial goes on.", today())
    assert numbers(client_for, AUTHOR) == set()
    assert Person(client_for(JAMAICA)).report(row.thread).json()["etag"] == before
    assert "A trial goes on." not in Person(client_for(JAMAICA)).report(row.thread).content.decode()
    aged(row, retention_review=today())
    assert "A trial goes on." in author.get(PLACE).content.decode()


def test_or_it_is_archived_or_taken_back_from_the_same_list(cast, client_for):
    row = aged(shared(cast, "JAM.contact"), retention_review=today())
    place = reverse("rifc:do", args=[row.thread, "x"]).removesuffix("x/")
    links = lambda who: re.findall(f'href="{place}([a-z]+)/"', client_for(who).get(PLACE).content.decode())  # noqa: E731
    assert (links(AUTHOR), links(HEAD)) == (["retain", "archive"], ["retain", "archive", "recall"])
    with pytest.raises(Refused):
        retention.keep_rifc_report(cast[JAMAICA], row, until=today() + timedelta(days=9), reason="Ours.")
    client_for(AUTHOR).post(reverse("rifc:do", args=[row.thread, "archive"]), {"review_done": "1"})
    assert (fresh(row).state, numbers(client_for, AUTHOR)) == ("archived", set())


@pytest.fixture
def thrown_away(cast, settings, tmp_path):
    """A draft with a source, a file and a person by name, given up 31 days ago; its fingerprint."""
    settings.FILE_ROOT = tmp_path / "files"
    row = a_draft(
        cast, title="Boats of Mr. Hidden", tlp="RED", named_persons=[JAMAICA], summary="Hidden words.",
        paragraphs=[paragraph(source_ref=SECRET_NAME)], file=store_upload(ContentFile(PDF, name="Hidden.pdf")),
    )  # fmt: skip
    told = texts.digest(row)
    approvals.discard_rifc_report(cast[AUTHOR], row)
    return aged(row, changed_at=timezone.now() - timedelta(days=31)), told


def source_rows(desk_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.desk', %s, true)", [str(desk_id)])
    return SourceReference.objects.count()


def test_a_draft_that_was_thrown_away_is_emptied_after_thirty_days(cast, client_for, thrown_away):
    row, told = thrown_away
    assert source_rows(row.owner_id) == 1
    young = approvals.discard_rifc_report(cast[AUTHOR], a_draft(cast, title="Young"))
    kept, read = a_draft(cast, title="In writing"), shared(cast, "JAM.contact", title="Shared")
    aged(kept, changed_at=timezone.now() - timedelta(days=400))
    assert client_for(AUTHOR).get(reverse("rifc:report", args=[row.thread])).status_code == 200
    assert delete_expired_reports(timezone.now()) == 1
    left = fresh(row)
    everything = str([getattr(left, field.attname) for field in Report._meta.concrete_fields])
    assert "Hidden" not in everything
    assert ReportText.objects.get(report=row).text in {"", None}
    assert not Paragraph.objects.filter(report=row).exists()
    assert not NamedPerson.objects.filter(report=row).exists()
    assert source_rows(row.owner_id) == 0
    assert not Attachment.objects.exists()
    assert not StoredBlob.objects.exists()
    assert client_for(AUTHOR).get(reverse("rifc:report", args=[row.thread])).status_code == 404
    assert {fresh(one).title for one in (young, kept, read)} == {"Young", "In writing", "Shared"}
    purge = Purge.objects.get()
    assert (purge.kind, purge.count, purge.desk_id) == ("rifc.report", 1, row.owner_id)
    assert told in purge.hashes
    assert len(purge.hashes) == 2
    audit = AuditRecord.objects.get(verb="purge.note")
    assert (audit.stream, audit.detail["count"], audit.detail["sha256"]) == ("BRB", 1, purge.hashes)
    assert "Hidden" not in str(list(AuditRecord.objects.values_list("detail", flat=True)))
    assert delete_expired_reports(timezone.now()) == 0


def test_the_database_itself_keeps_sources_of_what_is_not_thrown_away(cast, thrown_away):
    row, _told = thrown_away
    for columns in ({"state": "draft"}, {"state": "withdrawn", "changed_at": timezone.now()}):
        aged(row, **columns)
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.rifc_forget_sources(%s)", [row.pk])
        assert source_rows(row.owner_id) == 1
    with pytest.raises(Refused):
        retention.delete_discarded_reports(cast[HEAD], None, desk_id=row.owner_id, before=timezone.now())
