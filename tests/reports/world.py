"""One of each of the records of reports, for whoever asks who may see which."""

from typing import Any

from django.utils import timezone

from apps.reports import actions
from apps.reports.models import Clearance, Fact
from tests.reports import people


def a_report_world(cast: Any) -> dict[str, Any]:
    """`report` is compiled, `report_asked` in clearance, `report_issued` issued; `clearance` asks Jamaica."""
    asked = people.in_clearance(cast)
    issued = people.issued(cast)
    fact = Fact.objects.get(code="donors.E_MANIFEST")
    said = {"indicator": "open_share", "cut_off": timezone.now().date(), "text": "The bill is before Parliament."}
    return {
        "report": people.compiled(cast),
        "report_asked": asked,
        "report_issued": issued,
        "clearance": Clearance.objects.get(report=asked, party="JAM"),
        "fact": fact,
        "score_comment": actions.write_comment(cast[people.JAMAICA], None, **said),
    }
