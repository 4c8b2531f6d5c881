"""The demonstration of the watch: played once, with each part of it there to be seen."""

from typing import Any

import pytest

from apps.watch.models import Bulletin, BulletinReceipt, Digest, Watch, WatchEntry
from apps.watch.queries import digests as digest_queries
from apps.watch.queries.log import walk_logs
from demo import rifc
from demo import watch as demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_every_log_holds(cast: Any) -> None:
    rifc.load()
    assert demo.load() == demo.load() == 3
    assert list(Bulletin.objects.values_list("state", flat=True)) == ["issued"] * 3
    assert BulletinReceipt.objects.filter(state="acknowledged").count() == 6
    assert sorted(Watch.objects.values_list("state", flat=True)) == ["closed", "open", "open"]
    assert WatchEntry.objects.count() >= 14
    assert walk_logs()[2] == ""
    row = Digest.objects.get()
    assert row.state == "issued"
    assert digest_queries.list_digest_items(cast["jam.contact.officer"], row)
