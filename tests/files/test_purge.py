"""What nobody used is forgotten after thirty days, names included; how much it was, and hashes, stay told."""

from datetime import timedelta

import psycopg.errors
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.files import actions, tasks
from apps.files.models import Purge, StoredBlob, Upload
from apps.files.queries.attachments import GIVEN_UP_KEPT
from apps.files.rules.intake import store_upload
from tests.files.room import PDF

pytestmark = pytest.mark.django_db
OWNER, FOREIGNER = "jam.intelligence.officer", "tto.intelligence.head"


def upload(actor, name, data=PDF, days=31):
    row = actions.add_upload(actor, None, stored=store_upload(SimpleUploadedFile(name, data)))
    Upload.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))
    return row


def test_unclaimed_uploads_are_forgotten_by_desk_with_counts_and_hashes_and_no_name(cast, stored_files):
    first, second = upload(cast[OWNER], "Secret plan.pdf"), upload(cast[OWNER], "Other.pdf", PDF + b"\n")
    foreign = upload(cast[FOREIGNER], "Theirs.pdf", PDF + b"\n\n")
    young = upload(cast[OWNER], "Young.pdf", days=29)
    used = upload(cast[OWNER], "Used.pdf")
    Upload.objects.filter(pk=used.pk).update(state="used")
    tasks.tidy()
    assert tasks.purge_files() == 3
    assert set(Upload.objects.values_list("pk", flat=True)) == {young.pk, used.pk}
    mine, theirs = Purge.objects.order_by("desk__code")
    assert (mine.count, theirs.count) == (2, 1)
    assert mine.hashes == sorted([first.sha256, second.sha256])
    told = AuditRecord.objects.get(verb="purge.note", object_id=str(mine.pk))
    assert (told.stream, told.detail["count"], told.detail["sha256"]) == ("JAM", 2, mine.hashes)
    assert "Secret" not in str(told.detail)
    assert AuditRecord.objects.get(verb="purge.note", object_id=str(theirs.pk)).stream == "TTO"
    assert theirs.hashes == [foreign.sha256]
    assert tasks.purge_files() == 0
    assert Purge.objects.count() == 2


def test_only_the_portals_own_service_forgets_and_nobody_forgets_that(cast):
    with pytest.raises(Refused):
        actions.delete_expired_uploads(cast[OWNER], None, desk_id=cast[OWNER].desk_id, before=timezone.now())
    assert not Purge.objects.visible_to(cast[OWNER]).exists()
    upload(cast[OWNER], "a.pdf")
    tasks.tidy()
    tasks.purge_files()
    with pytest.raises(ProgrammingError) as refused:
        Purge.objects.update(count=0)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_bytes_that_two_uploads_share_go_with_the_last_of_them(cast):
    old, young = upload(cast[OWNER], "a.pdf"), upload(cast[FOREIGNER], "b.pdf", days=0)
    tasks.tidy()
    assert Upload.objects.get(pk=old.pk).blob_id is None
    assert StoredBlob.objects.filter(sha256=young.sha256).exists()
    Upload.objects.filter(pk=young.pk).update(at=timezone.now() - GIVEN_UP_KEPT)
    tasks.tidy()
    assert not StoredBlob.objects.exists()
