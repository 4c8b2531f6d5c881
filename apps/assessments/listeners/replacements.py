"""What programs had of an assessment that was replaced is taken back from their collections."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.assessments.models import Assessment
from apps.assessments.queries import exchanged_opinions
from apps.people.queries import service_actor
from apps.taxii.actions import publication


@outbox.on("jta.replaced")
def take_back_from_programs(dispatch: Dispatch) -> None:
    """Let collections hold what the rule says now: nothing of a replaced assessment or of its lower versions."""
    clock = service_actor("RIFC.automation", request_id=dispatch.request_id)
    row = Assessment.objects.visible_to(clock).get(pk=dispatch.object_id)
    for thread in exchanged_opinions.threads(row):
        publication.offer_to_taxii(clock, None, thread=thread)
