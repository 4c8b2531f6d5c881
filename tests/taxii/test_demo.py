"""The demonstration of the intake: played once, with something to look at and something to tick."""

from typing import Any

import pytest
from django.urls import reverse

from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from demo import taxii as demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_both_pages_have_something(cast: Any, client_for: Any) -> None:
    assert demo.load() == demo.load() == Intake.objects.count() == 2
    waiting, drafted = (Intake.objects.get(owner__code=code) for code in ("BRB.intelligence", "JAM.intelligence"))
    assert (waiting.state, drafted.state) == ("open", "drafted")
    assert waiting.failed == 1
    found = queries.preview(waiting)
    assert {one.becomes for one in found.rows} == {
        *("report", "paragraph", "thing", "link", "sighting", "held", "kept"),
    }
    page = client_for(demo.LOOKS).get(reverse("taxii:intake", args=[waiting.pk])).content.decode()
    assert "Fuel run of the Grey Gull" in page
    page = client_for(demo.WROTE).get(reverse("taxii:things", args=[drafted.pk])).content.decode()
    for words in ("Owen Sampleton", "Grey Gull", "GRD PX 4821", "owns", "7 Mar 2026"):
        assert words in page
