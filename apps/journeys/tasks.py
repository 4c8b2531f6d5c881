"""What follows by itself when a message has come: it is read and filed."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.journeys.actions import readings
from apps.manifests.tasks import automation_and_submission


@outbox.on("submission.received", queue=outbox.INTAKE)
def read_submission(dispatch: Dispatch) -> None:
    """Read a message as soon as its receipt is given."""
    readings.read_submission(*automation_and_submission(dispatch))
