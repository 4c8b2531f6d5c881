"""The portal's own server with rights from the file that COEDIT_RULE names, {user name: mode}; else the real ones.

Its cache is the test's own (COEDIT_CACHE), unless it has a broker of its own.
"""

import json
import os
import uuid
from pathlib import Path

from caricom_portal.asgi import application  # isort: skip - loads the apps that the others need

from django.conf import settings

from apps.access.actor import Actor
from apps.coedit.actions import rights
from tests.offers import offer

__all__ = ["application"]


def from_file(actor: Actor, _assessment: uuid.UUID, _section: uuid.UUID) -> rights.Grant:
    """What the file says now."""
    modes = json.loads(Path(os.environ["COEDIT_RULE"]).read_text())
    return rights.Grant(modes.get(actor.person), "coordination")


if os.environ["COEDIT_RULE"]:
    offer("coedit.rules", file=from_file)
if os.environ["COEDIT_CACHE"]:  # what the test's own process forgets is forgotten here, too
    settings.CACHES["default"]["LOCATION"] = os.environ["COEDIT_CACHE"]
settings.ROOT_URLCONF = "tests.coedit.page"
