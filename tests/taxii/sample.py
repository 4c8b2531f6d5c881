"""The sample of the field research: a vessel, a place, a link, a note, a report."""

import json

from tests.rifc import vectors

SAMPLE = json.loads((vectors.VECTORS / "sample_stix.json").read_text(encoding="utf-8"))["objects"]
