"""Failed work is begun anew by a person, once its cause is mended; nothing is dropped."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.models import Dispatch
from apps.jrcc import policy
from apps.jrcc.models import Retry


@action("work.retry", model=Retry, label=_("Try again"), policy=policy.may_operate, ends="ordered")
def retry(actor: Actor, _row: None, *, dispatch: int) -> Retry:
    """Have failed or dead work of the JRCC's room done again at once, as often as a new one."""
    work = Dispatch.objects.select_for_update().filter(pk=dispatch, done_at=None, listener__startswith="apps.jrcc.")
    found = work.exclude(attempts=0).first()
    if found is None:
        raise ValidationError(_("This work is done, or under way."))
    made = Retry.objects.create(
        dispatch_id=found.pk,
        topic=found.topic,
        listener=found.listener,
        error=found.error,
        attempts=found.attempts,
        by=actor.person,
    )
    outbox.revive(found)
    return made
