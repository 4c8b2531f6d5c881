"""What the clock does for the operation of the portal itself."""

from celery import shared_task
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from apps.access.models import Level
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.operations.policy import OPERATORS
from apps.people.queries import service_actor
from caricom_portal import room_left


@shared_task(name="operations.disks")
def look_at_disks() -> int:
    """Tell the operators of each disk that fills, once a day; how many there are."""
    low = [disk for disk in room_left.disks() if disk.is_low]
    day = timezone.now().date().isoformat()
    for disk in low:
        notices.create_notices(
            service_actor(CLOCK, request_id="disks"),
            None,
            event="operations.disk_low",
            desks=[OPERATORS],
            object_type="operations.disk",
            object_id=disk.folders[0][-40:],
            number=f"{filesizeformat(disk.free)} / {filesizeformat(disk.total)}".replace("\xa0", " "),
            title=", ".join(disk.folders),
            step=day,
            level=Level.PUBLIC,  # the platform desk reads nothing above
            grade="high",
        )
    return len(low)
