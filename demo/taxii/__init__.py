"""The demonstration: a bundle of a partner, at one desk to look at, at another with its draft written. Fictional."""

import json
from pathlib import Path

from apps.taxii.actions import inbox, received_objects
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from demo.people import seated
from demo.scenes import Scene

BUNDLE = Path(__file__).parent / "bundle.json"
NAME = "maritime-centre-2026-03.json"
LOOKS, WROTE = "brb.intelligence.officer", "jam.intelligence.officer"


def load() -> int:
    """Bring the bundle to the two desks if it is not there yet; how many bundles there are."""
    objects = json.loads(BUNDLE.read_text(encoding="utf-8"))["objects"]
    for username in (LOOKS, WROTE):
        actor = seated(username)
        if Intake.objects.visible_to(actor).filter(name=NAME).exists():
            continue
        items = [(one, json.dumps(one, ensure_ascii=False)) for one in objects]
        row = received_objects.receive_taxii_object(actor, None, items=items, channel="page", name=NAME)
        if username == WROTE:
            inbox.draft_taxii_object(actor, row, source=queries.preview(row).drafts[0].source)
    return Intake.objects.count()


SCENES = [Scene("STIX bundles", load)]
