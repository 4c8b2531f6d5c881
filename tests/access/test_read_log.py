"""Readings on the record: one row per reading, not one per refresh of a fragment."""

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from tests import world

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def readings(hit) -> int:
    return AuditRecord.objects.filter(verb="hit.read", object_id=str(hit.pk)).count()


@pytest.fixture
def hit(cast):
    return world.a_hit(cast)


def test_every_opening_of_a_page_is_a_reading(client_for, hit):
    watch = client_for("jrcc.watch.officer")
    for _ in range(2):
        watch.get(reverse("jrcc:hit", args=[hit.pk]))
    assert readings(hit) == 2


def test_a_pane_that_only_keeps_up_to_date_is_one_reading(client_for, hit):
    watch = client_for("jrcc.watch.officer")
    for _ in range(3):
        watch.get(reverse("jrcc:floor_hit", args=[hit.pk]), headers=PARTIAL)
    assert readings(hit) == 1


def test_another_seat_that_opens_the_same_pane_is_another_reading(client_for, hit):
    for officer in ("jrcc.watch.officer", "jrcc.watch.supervisor"):
        client_for(officer).get(reverse("jrcc:floor_hit", args=[hit.pk]), headers=PARTIAL)
    assert readings(hit) == 2
