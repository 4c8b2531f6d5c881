"""Collections follow what happens to reports, and long requests are read."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.people.queries import service_actor
from apps.taxii.actions import publication, received_objects
from apps.taxii.models import Intake
from apps.taxii.queries.publication import is_followed, thread_of, versions_of

CLOCK = "RIFC.automation"


@outbox.on("rifc.shared")
@outbox.on("rifc.recalled")
@outbox.on("rifc.entry_withdrawn")
def publish_report(dispatch: Dispatch) -> None:
    """Whatever happened, collections hold what the rule says now."""
    thread = thread_of(dispatch.payload["report"])
    if thread is not None:
        publication.offer_to_taxii(service_actor(CLOCK, request_id=dispatch.request_id), None, thread=thread)


@outbox.on("entities.stated")
def publish_statements(dispatch: Dispatch) -> None:
    """What a report says of persons and things was recorded or withdrawn; a draft's is not offered yet."""
    thread = dispatch.payload["thread"]
    if versions_of(thread) and not is_followed(dispatch):
        publication.offer_to_taxii(service_actor(CLOCK, request_id=dispatch.request_id), None, thread=thread)


@outbox.on("taxii.received")
def read_long_request(dispatch: Dispatch) -> None:
    """Objects of a request of more than 500."""
    clock = service_actor(CLOCK, request_id=dispatch.request_id)
    row = Intake.objects.visible_to(clock).filter(pk=dispatch.object_id, state=Intake.State.WAITING).first()
    if row is not None:
        received_objects.process_taxii_object(clock, row)
