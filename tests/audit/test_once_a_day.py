"""What the portal does once an hour or a day for its trail is refused a second time, whoever asks again."""

import datetime

import pytest
from django.utils import timezone

from apps.access.refusal import Refused
from apps.oversight import actions
from apps.oversight.queries.walks import last_walk, walk
from apps.people.queries import service_actor

DAY = datetime.date(2009, 11, 20)
NOON = datetime.datetime(2009, 11, 20, 12, 5, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


def test_an_hour_has_one_anchor() -> None:
    clock = service_actor("IMPACS.automation", request_id="test")
    actions.make_anchor(clock, None, at=NOON)
    with pytest.raises(Refused, match="anchored-already"):
        actions.make_anchor(clock, None, at=NOON)


def test_the_chains_are_walked_once_a_day() -> None:
    clock, began_at = service_actor("IMPACS.automation", request_id="test"), timezone.now()
    actions.note_walk(clock, None, day=DAY, began_at=began_at, found=walk(last_walk()))
    with pytest.raises(Refused, match="walked-already"):
        actions.note_walk(clock, None, day=DAY, began_at=began_at, found=walk(last_walk()))
