"""A directory that runs, in the closed network that the operator allows."""

import pytest

from tests.entrance.directories import in_force, linked
from tests.entrance.provider import running


@pytest.fixture
def provider(settings):
    """An OpenID provider on this machine."""
    settings.WEBHOOKS_LOCAL = True
    with running() as there:
        yield there


@pytest.fixture
def here(cast, provider):
    """Jamaica's directory in force, its officer linked; they have no second factor in the demonstration."""
    directory = in_force(cast, provider.issuer)
    linked(cast, directory)
    return directory
