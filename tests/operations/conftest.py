"""Maintenance for the tests that need it."""

import pytest

from apps.operations import actions

OPERATOR = "portal.platform.head"


@pytest.fixture
def begun(cast, django_capture_on_commit_callbacks):
    """Begins maintenance; what follows a commit follows."""

    def act():
        with django_capture_on_commit_callbacks(execute=True):
            return actions.begin_maintenance(cast[OPERATOR], None, notice="New disks", hours=2)

    return act
