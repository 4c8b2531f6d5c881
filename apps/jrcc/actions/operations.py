"""Failed work is begun anew by a person, once its cause is mended; nothing is dropped."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.models import Dispatch
from apps.jrcc import policy
from apps.jrcc.models import Retry
from apps.jrcc.queries import hits


@action(
    "work.retry",
    model=Retry,
    label=pgettext_lazy("button, jrcc", "Retry"),
    done=_("Tried failed work again"),
    policy=policy.may_operate,
    ends="ordered",
)
def retry_work(actor: Actor, _row: None, *, dispatch: int) -> Retry:
    """Have failed or dead work of the JRCC's room done again at once, as often as a new one."""
    work = Dispatch.objects.select_for_update().filter(pk=dispatch, done_at=None, listener__regex=hits.OURS)
    found = work.exclude(attempts=0).first()
    if found is None:
        raise ValidationError(_("This job is already done or running."))
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
