"""A directory that runs, in the closed network that the operator allows."""

import pytest

from tests.entrance.provider import running


@pytest.fixture
def provider(settings):
    """An OpenID provider on this machine."""
    settings.WEBHOOKS_LOCAL = True
    with running() as there:
        yield there
