"""The demonstration of shared reports: played once, with everybody's part of it."""

import pytest

from apps.rifc.models import ReadLog, RecallAck, Receipt, ReleaseRequest, Report
from demo import rifc as demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_shows_each_state(cast):
    assert demo.load() == demo.load() == len(demo.PLAN) == Report.objects.count()
    states = sorted(Report.objects.values_list("state", flat=True))
    assert states == ["draft", "recalled", "shared", "shared", "shared", "shared"]
    assert Receipt.objects.filter(state="acknowledged").count() == 2
    assert ReleaseRequest.objects.get().state == "submitted"
    assert RecallAck.objects.filter(state="open").count() == 2
    assert set(ReadLog.objects.values_list("desk__code", flat=True)) == {"JAM.contact"}
    spot = Report.objects.get(kind="spot_report")
    assert (spot.orcon, spot.self_released) == (True, True)
    assert Report.objects.visible_to(cast["rifc.watch.officer"]).filter(pk=spot.pk).exists()
