"""What follows by itself: mails of invitations, and what the clock does to accounts and seats."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.people.actions import clock, invitation_mails
from apps.people.models import Invitation
from apps.people.queries import service_actor

CLOCK = "IMPACS.automation"


@outbox.on("invitation.sent")
def mail_invitation(dispatch: Dispatch) -> None:
    """Mail the link of an invitation, unless a newer one has been sent or it is open no more."""
    actor = service_actor(CLOCK, request_id=dispatch.request_id)
    found = Invitation.objects.visible_to(actor).select_related("user__home_party").get(pk=dispatch.object_id)
    if found.state == Invitation.State.SENT and found.serial == dispatch.payload["serial"]:
        invitation_mails.invite(found)


@shared_task(name="people.tick")
def tick_now() -> dict[str, int]:
    """The clock's call, each hour."""
    return run_people_clock(timezone.now())


def run_people_clock(now: datetime.datetime) -> dict[str, int]:
    """Everything of accounts and seats that is due at `now`; how many of each."""
    return clock.run(service_actor(CLOCK, request_id="tick"), now)
