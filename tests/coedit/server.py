"""The portal's own server with rights from a file: {user name: mode}; COEDIT_RULE names it."""

import json
import os
import uuid
from pathlib import Path

from caricom_portal.asgi import application  # isort: skip - loads the apps that the others need

from django.conf import settings

from apps.access.actor import Actor
from apps.coedit import rights

__all__ = ["application"]


def from_file(actor: Actor, _assessment: uuid.UUID, _section: uuid.UUID) -> rights.Grant:
    """What the file says now."""
    modes = json.loads(Path(os.environ["COEDIT_RULE"]).read_text())
    return rights.Grant(modes.get(actor.person), "coordination")


rights.register(from_file)
settings.ROOT_URLCONF = "tests.coedit.page"
