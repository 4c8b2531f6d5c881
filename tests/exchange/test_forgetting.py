"""A request that was thrown away before it was sent is forgotten after thirty days; one that was sent never is."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.exchange.actions import requests
from apps.exchange.models import Request, Subject, Variant
from apps.exchange.tasks import delete_expired_requests
from apps.files.models import Purge
from tests.exchange.people import HEAD, OFFICER, a_draft, fresh, sent

pytestmark = pytest.mark.django_db
SECRET = "Marisol Quillon of Demo Bay"
DAYS = datetime.timedelta(days=1)


def thrown_away(cast: Any, row: Request, days: int) -> Request:
    done: Request = requests.cancel_rfi(cast[HEAD], row, reason="Not needed.")
    Request.objects.filter(pk=done.pk).update(changed_at=timezone.now() - days * DAYS)
    return done


def test_what_was_never_sent_goes_with_its_words_and_what_was_asked_stays(cast: Any) -> None:
    old = thrown_away(cast, a_draft(cast, subject=SECRET, purpose=f"About {SECRET}"), 31)
    young = thrown_away(cast, a_draft(cast, subject="Young"), 29)
    asked = thrown_away(cast, sent(cast, subject="Asked"), 31)
    kept = a_draft(cast, subject="Still written")
    assert (delete_expired_requests(timezone.now()), delete_expired_requests(timezone.now())) == (1, 0)
    assert set(Request.objects.values_list("pk", flat=True)) == {young.pk, asked.pk, kept.pk}
    assert not Variant.objects.filter(request_id=old.pk).exists()
    assert not Subject.objects.filter(request_id=old.pk).exists()
    assert fresh(asked).state == "cancelled"
    purge = Purge.objects.get()
    assert (purge.kind, purge.desk_id, purge.count) == ("exchange.request", cast[OFFICER].desk_id, 1)
    noted = AuditRecord.objects.get(verb="purge.note")
    assert (noted.stream, noted.detail["count"], noted.detail["sha256"]) == ("BRB", 1, purge.hashes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_request r WHERE r::text LIKE %s", [f"%{SECRET}%"])
        assert cursor.fetchone() == (0,)
    assert SECRET not in str(list(AuditRecord.objects.values_list("detail", flat=True)))
