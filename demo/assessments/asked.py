"""An assessment of which seven States are asked for their positions; two still owe some. Fictional."""

import tomllib
import uuid
from pathlib import Path

from apps.assessments.models import Assessment
from demo.assessments import stages
from demo.people import seated

PLAN = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))
ASSESSMENT = uuid.UUID(PLAN["key"])


def load() -> Assessment:
    """Make it where it is not there."""
    if not Assessment.objects.filter(pk=ASSESSMENT).exists():
        row = stages.frozen(seated(PLAN["lead"]), seated(PLAN["director"]), PLAN, stages.asked_of(PLAN))
        stages.take_positions(row, PLAN["judgements"])
    found: Assessment = Assessment.objects.get(pk=ASSESSMENT)
    return found
