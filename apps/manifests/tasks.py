"""What follows by itself for manifests."""

from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.access import outbox
from apps.access.clock import desk_by_desk
from apps.access.models import Dispatch
from apps.access.retention import round_done
from apps.manifests.actions import drafts, drop_folder, submissions
from apps.manifests.models import Submission
from apps.manifests.queries import lists
from apps.people.queries import service_actor


def automation_for(dispatch: Dispatch) -> Any:
    """The JRCC's automation, on behalf of what asked for the work."""
    return service_actor("JRCC.automation", request_id=dispatch.request_id)


def automation_and_submission(dispatch: Dispatch) -> tuple[Any, Any]:
    """(the JRCC's automation, the message that the work is about)."""
    actor = automation_for(dispatch)
    return actor, Submission.objects.visible_to(actor).get(pk=dispatch.object_id)


@outbox.on("submission.screened", queue=outbox.INTAKE)
def answer_submission(dispatch: Dispatch) -> None:
    """The last step of a submission."""
    submissions.answer_submission(*automation_and_submission(dispatch))


@shared_task(name="jrcc.drafts")
def forget_drafts() -> int:
    """Each hour: how many drafts were forgotten because their days are over, one action for each desk."""
    clock, now = service_actor("JRCC.automation", request_id="drafts"), timezone.now()
    gone = desk_by_desk(drafts.delete_list_drafts, clock, lists.forgettable_drafts(now), column="desk_id", now=now)
    round_done("jrcc.drafts", gone)
    return gone


@shared_task(name="jrcc.collect")
def collect_by_the_clock() -> dict[str, int]:
    """Every ten seconds: telegrams and files from the watched folders."""
    return drop_folder.collect(settings.DROP_ROOT)
