"""Drafts that were thrown away are removed after thirty days; how many, and hashes, stay in the audit."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.files.models import Purge
from apps.watch.actions import bulletins, deletions, digests
from apps.watch.models import Bulletin, Digest, DigestItem
from apps.watch.queries.deletions_due import hash_of_bulletin
from apps.watch.tasks import delete_expired_bulletins
from tests.watch.people import HEAD, LEAD, OFFICER, a_digest, a_draft, issued

pytestmark = pytest.mark.django_db


def test_what_was_thrown_away_goes_and_what_was_issued_stays(cast: Any) -> None:
    now = timezone.now()
    issued(cast)
    gone = bulletins.discard_bulletin(cast[OFFICER], a_draft(cast, title="Wrong man"))
    other = bulletins.discard_bulletin(cast[HEAD], a_draft(cast, HEAD, title="Other desk"))
    ended = bulletins.cancel_bulletin(cast[LEAD], issued(cast), reason="Found.")
    young = bulletins.discard_bulletin(cast[OFFICER], a_draft(cast, title="Young"))
    week = digests.discard_digest(cast[OFFICER], a_digest(cast))
    open_one = a_digest(cast)
    told = hash_of_bulletin(gone)
    old = now - timedelta(days=31)
    Bulletin.objects.exclude(pk=young.pk).update(changed_at=old)
    Digest.objects.update(changed_at=old)
    assert delete_expired_bulletins(now) == 3
    assert not Bulletin.objects.filter(pk__in=[gone.pk, other.pk]).exists()
    assert Bulletin.objects.filter(pk__in=[ended.pk, young.pk]).count() == 2
    assert set(Digest.objects.values_list("pk", flat=True)) == {open_one.pk}
    assert set(DigestItem.objects.values_list("digest", flat=True)) == {open_one.pk}
    mine = Purge.objects.get(kind="watch.bulletin", desk__code="RIFC.watch")
    assert (mine.count, mine.hashes) == (1, [told])
    assert Purge.objects.get(kind="watch.digest").desk_id == week.owner_id
    streams = AuditRecord.objects.filter(verb="purge.note").values_list("stream", "detail__kind", "detail__count")
    assert set(streams) == {("RIFC", "watch.bulletin", 1), ("BRB", "watch.bulletin", 1), ("RIFC", "watch.digest", 1)}
    details = str(list(AuditRecord.objects.filter(verb="purge.note").values_list("detail", flat=True)))
    assert "Wrong man" not in details
    assert delete_expired_bulletins(now) == 0


def test_nobody_but_the_clock_forgets(cast: Any) -> None:
    for act in (deletions.delete_discarded_bulletins, deletions.delete_discarded_digests):
        with pytest.raises(Refused):
            act(cast[LEAD], None, desk_id=cast[LEAD].desk_id, before=timezone.now())
