"""Records of joint threat assessments, for whoever asks who may see which."""

from typing import Any

from apps.assessments.models import Assessment
from demo import assessments as demo

SECTION = demo.SECTION


def some_assessments(cast: Any) -> dict[str, Any]:
    """The demonstration's assessment in drafting: Jamaica's officer drafts, Trinidad's head would sign."""
    demo.in_drafting()
    return {"assessment": Assessment.objects.get(pk=demo.ASSESSMENT)}
