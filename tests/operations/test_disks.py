"""A disk that fills is told to the operators while there is time."""

import pytest

from apps.notices.models import Notice
from caricom_portal import room_left
from caricom_portal.tasks import look_at_disks

pytestmark = pytest.mark.django_db


def test_the_operators_are_told_once_a_day_and_nobody_else(monkeypatch):
    disk = room_left.Disk(("/srv/portal/files",), 12 * 2**20, 200 * 2**20)
    monkeypatch.setattr(room_left, "disks", lambda: [disk])
    assert [look_at_disks(), look_at_disks()] == [1, 1]
    notice = Notice.objects.get(code="operations.disk_low")
    assert (notice.owner.code, notice.number, notice.title) == (
        "IMPACS.platform", "12.0 MB / 200.0 MB", "/srv/portal/files",
    )  # fmt: skip


def test_of_a_disk_with_room_nobody_is_told(monkeypatch):
    monkeypatch.setattr(room_left, "disks", lambda: [room_left.Disk(("/srv",), 150 * 2**20, 200 * 2**20)])
    assert look_at_disks() == 0
    assert not Notice.objects.filter(code="operations.disk_low").exists()


def test_a_large_disk_is_low_when_a_few_hundred_attachments_would_fill_it(settings):
    settings.FILE_LIMIT = 25 * 2**20
    terabyte = 2**40
    assert room_left.Disk(("/srv",), 9 * 2**30, terabyte).is_low
    assert not room_left.Disk(("/srv",), 20 * 2**30, terabyte).is_low
