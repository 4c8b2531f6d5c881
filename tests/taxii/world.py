"""Something that came in, for whoever asks who may see it."""

import json
from typing import Any

from apps.taxii.actions import receiving
from apps.taxii.models import Intake
from tests.taxii.sample import SAMPLE


def an_intake(actor: Any) -> Intake:
    """The sample, brought as a file by an officer of a desk."""
    row: Intake = receiving.receive(actor, None, items=[(one, json.dumps(one)) for one in SAMPLE], channel="page")
    return row
