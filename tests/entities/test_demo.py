"""The demonstration of persons and things: played once, through the real actions."""

from typing import Any

import pytest

from apps.access import outbox
from apps.entities.models import Entity, Link, Listed, Sighting, SilentHit, Twin
from apps.entities.queries import entities, graph
from demo import entities as demo
from demo import rifc as reports
from demo import screening as lists

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_shows_each_kind_of_view(cast: Any) -> None:
    lists.load()
    reports.load()
    assert demo.load() == demo.load() == Entity.objects.count() == 21
    outbox.drain()
    assert Link.objects.count() == 17
    assert Sighting.objects.count() == 6
    assert Twin.objects.get().state == "proposed"
    assert Listed.objects.count() == 1
    assert SilentHit.objects.get().parties == ["BRB", "TTO"], "one number in two reports"
    officer = cast["jam.intelligence.officer"]
    [(centre, _score), *_] = entities.by_name(officer, "Oren Placeholder")
    assert {node.title.text for node in graph.chart_of(officer, centre, []).nodes} == {
        *("Oren Placeholder", "Quiet Demo", "Marlon Testcase", "Demo Harbour"),
    }
