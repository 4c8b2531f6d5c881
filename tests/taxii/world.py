"""Something that came in, for whoever asks who may see it."""

import json
from typing import Any

from apps.taxii.actions import received_objects
from apps.taxii.models import Intake
from tests.taxii.sample import SAMPLE


def an_intake(actor: Any) -> Intake:
    """The sample, brought as a file by an officer of a desk."""
    row: Intake = received_objects.receive_taxii_object(
        actor, None, items=[(one, json.dumps(one)) for one in SAMPLE], channel="page"
    )
    return row
