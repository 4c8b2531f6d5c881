"""The demonstration shows requests on their way."""

import pytest

from apps.protection.models import PurposeChange, RequestSection, SubjectRequest
from demo import protection as demo
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_requests_in_three_states_and_is_loaded_once(cast, drain):
    sent(cast, drain, message(3))
    assert (demo.load(), demo.load()) == (3, 3)
    assert set(SubjectRequest.objects.values_list("state", flat=True)) == {"received", "prepared", "released"}
    assert RequestSection.objects.filter(kind="journeys", count=1).count() == 2
    assert PurposeChange.objects.get().state == "proposed"
