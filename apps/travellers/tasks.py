"""What follows by itself for searches, corrections and retention."""

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.retention import round_done
from apps.manifests.tasks import automation_for
from apps.notices.actions import create_notices
from apps.travellers.actions import retention_rounds
from apps.travellers.models import Lookup


@outbox.on("lookup.reviewed")
def tell_who_searched(dispatch: Dispatch) -> None:
    """To the officer whose search for people needs an explanation, or was not in order."""
    actor = automation_for(dispatch)
    row = Lookup.objects.visible_to(actor).get(pk=dispatch.object_id)
    create_notices(
        actor,
        None,
        event="lookup.reviewed",
        desks=[row.owner_id],
        seats=[row.seat_id],
        object_type="jrcc.lookup",
        object_id=row.pk,
        number=row.reference,
        title=row.get_state_display(),
        step=row.state,
        due_at=None,
        level=row.level,
    )


@shared_task(name="jrcc.forget")
def forget_by_the_clock() -> dict[str, int]:
    """Each night: travellers, messages and accesses whose time is over."""
    done = retention_rounds.forget(timezone.now())
    round_done("jrcc.forget", done)
    return done
