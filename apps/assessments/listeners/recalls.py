"""A report that is recalled is lost to the assessments that rest on it, before their release and after it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access import outbox
from apps.access.models import Dispatch
from apps.assessments.actions import lost_sources
from apps.assessments.queries import uses_of_reports
from apps.people.queries import service_actor


@outbox.on("rifc.recalled")
def lose_it(dispatch: Dispatch) -> None:
    """Tell each assessment that cites the report, or took it as a contribution; once for each recall."""
    clock = service_actor("RIFC.automation", request_id=dispatch.request_id)
    report, found = uses_of_reports.on_report(clock, dispatch.payload["report"])
    said = _("A report it is based on was recalled. Judgements affected: %(numbers)s.")
    for row, judgements in found:
        numbers = ", ".join(map(str, judgements)) or pgettext("words, assessments", "none")
        lost_sources.lose_source(clock, row, report=report, reason=said % {"numbers": numbers}, now=timezone.now())
