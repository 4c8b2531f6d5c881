"""A report that is recalled brings the released assessments that rest on it under review."""

from django.utils.translation import gettext as _

from apps.access import outbox
from apps.access.models import Dispatch
from apps.assessments.actions import releasing
from apps.assessments.queries import resting
from apps.people.queries import service_actor


@outbox.on("rifc.recalled")
def review_what_rests_on_it(dispatch: Dispatch) -> None:
    """Put each assessment in force that cites the report, or took it as a contribution, under review."""
    clock = service_actor("RIFC.automation", request_id=dispatch.request_id)
    for row, judgements in resting.on_report(clock, dispatch.payload["report"]):
        said = _("A report that it rests on was recalled; judgements: %(numbers)s.")
        numbers = ", ".join(map(str, judgements)) or _("none")
        releasing.come_due(clock, row, reason=said % {"numbers": numbers})
