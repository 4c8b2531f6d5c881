"""The independent client's checks, in one process; tests/running/test_taxii.py runs them against a whole portal."""

from typing import Any

import pytest

from tests.taxii import checks_answers, checks_objects, checks_sending  # noqa: F401  (importing declares the checks)
from tests.taxii.conformance import CHECKS
from tests.taxii.programs import a_client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_client_of_another_maker_finds_what_the_standard_promises(check: Any, cast: Any) -> None:
    check(a_client())
