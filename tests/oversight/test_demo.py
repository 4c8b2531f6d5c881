"""The demonstration shows oversight at work."""

import pytest

from apps.oversight.models import Anchor, Case
from demo import oversight as demo


@pytest.mark.django_db
def test_the_demonstration_has_cases_in_each_state_and_is_loaded_once(cast):
    assert (demo.load(), demo.load()) == (5, 5)
    assert set(Case.objects.values_list("state", flat=True)) == {"open", "assessed", "explained", "closed"}
    assert Anchor.objects.count() == 2
