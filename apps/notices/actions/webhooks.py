"""A desk's own addresses for notices: given, tried, ended; what is sent to them, and what becomes of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.encryption import sealed
from apps.access.grants import share
from apps.notices import policy, queries
from apps.notices.models import Notice, Webhook, WebhookCall
from apps.notices.rules import outside_calls
from apps.people.queries import desk_ids

W, C = Webhook.State, WebhookCall.State
MOST = 5
"""Addresses of one desk."""
DISABLED_AFTER = 3
"""Calls in a row that failed for good, each after a dozen tries over some two hours (project default)."""


@action(
    "webhook.add",
    model=Webhook,
    label=_("Add a webhook"),
    done=_("Added a webhook"),
    policy=policy.may_keep_webhook,
    ends=W.LIVE,
    takes={
        "url": forms.CharField(
            label=pgettext_lazy("field, notices", "Address"),
            max_length=300,
            help_text=_("https, on the public internet"),
            error_messages={"required": _("Enter the address that your program listens on.")},
        )
    },
)
def add_webhook(actor: Actor, _row: None, *, url: str) -> Webhook:
    """Have each notice of your desk sent to an address of its own program: ids alone, signed with a secret."""
    wanted = outside_calls.checked(url)
    kept = Webhook.objects.filter(owner_id=actor.desk_id).exclude(state=W.ENDED).select_for_update(of=("self",))
    there = [row.url for row in kept]
    if wanted in there:
        raise ValidationError({"url": _now("Your desk already has a webhook at this address.")})
    if len(there) >= MOST:
        raise ValidationError(
            {"url": _now("A desk may have at most %(most)s webhooks. End one first.") % {"most": MOST}}
        )
    secret = outside_calls.new_secret()
    made: Webhook = Webhook.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        url=wanted,
        sealed=sealed(secret),
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids(queries.CLOCK)}))
    made.secret = secret
    return made


@action(
    "webhook.renew",
    model=Webhook,
    label=pgettext_lazy("button, notices", "Create a new secret"),
    done=_("Gave a webhook a new secret"),
    policy=policy.may_keep_webhook,
    starts={W.LIVE, W.DISABLED},
    ends={W.LIVE, W.DISABLED},
)
def renew_webhook(actor: Actor, row: Webhook) -> Webhook:
    """Sign with a new secret from now on; the old one counts no more."""
    secret = outside_calls.new_secret()
    row.sealed, row.secret = sealed(secret), secret
    return row


@action(
    "webhook.try",
    model=Webhook,
    label=_("Send a test"),
    done=_("Tried a webhook"),
    policy=policy.may_keep_webhook,
    starts={W.LIVE},
    ends=W.LIVE,
)
def try_webhook(actor: Actor, row: Webhook) -> Webhook:
    """Call the address without a notice, to see whether it answers."""
    _queue(row, None)
    return row


@action(
    "webhook.resend",
    model=Webhook,
    label=pgettext_lazy("button, notices", "Send again"),
    done=_("Sent a call to a webhook again"),
    policy=policy.may_keep_webhook,
    starts={W.LIVE},
    ends=W.LIVE,
    takes={"call": forms.UUIDField(label=pgettext_lazy("field, notices", "Call"), widget=forms.HiddenInput)},
)
def resend_webhook(actor: Actor, row: Webhook, *, call: uuid.UUID) -> Webhook:
    """Send what an earlier call was about once more, as a call of its own."""
    before = WebhookCall.objects.filter(pk=call, webhook=row).first()
    if before is None:
        raise ValidationError({"call": _now("This webhook has no such call.")})
    _queue(row, before.notice_id)
    return row


def _queue(row: Webhook, notice: Any) -> None:
    emit("webhook.due", WebhookCall.objects.create(webhook=row, notice_id=notice))


@action(
    "webhook.resume",
    model=Webhook,
    label=pgettext_lazy("button, notices", "Enable again"),
    done=_("Put a webhook into use again"),
    policy=policy.may_keep_webhook,
    starts={W.DISABLED},
    ends=W.LIVE,
)
def resume_webhook(actor: Actor, row: Webhook) -> Webhook:
    """Call an address again that was disabled because it did not answer."""
    row.failed = 0
    return row


@action(
    "webhook.end",
    model=Webhook,
    label=pgettext_lazy("button, notices", "End"),
    done=_("Ended a webhook"),
    policy=policy.may_keep_webhook,
    starts={W.LIVE, W.DISABLED},
    ends=W.ENDED,
)
def end_webhook(actor: Actor, row: Webhook) -> Webhook:
    """Call this address no more; its secret is forgotten."""
    row.sealed = ""
    return row


@action(
    "webhook_call.queue",
    model=WebhookCall,
    label=pgettext_lazy("button, notices", "Queue"),
    done=_("Queued calls to webhooks"),
    policy=policy.may_tell,
    ends=C.QUEUED,
    automatic=True,
)
def queue_webhook_calls(actor: Actor, _row: None, *, pairs: Sequence[tuple[Webhook, Notice]]) -> WebhookCall:
    """Ask for a call of each address about each notice of its desk; `pairs` must not be empty."""
    rows = [WebhookCall(webhook=webhook, notice=notice) for webhook, notice in pairs]
    WebhookCall.objects.bulk_create(rows)
    for row in rows:
        emit("webhook.due", row)
    return rows[0]


@action(
    "webhook_call.mark_sent",
    model=WebhookCall,
    label=_("Mark as delivered"),
    done=_("Called a webhook"),
    policy=policy.may_tell,
    starts={C.QUEUED},
    ends=C.SENT,
    automatic=True,
)
def mark_webhook_call_sent(actor: Actor, row: WebhookCall, *, status: int, attempts: int) -> WebhookCall:
    """Note that the address took the call; failures before it count no more."""
    row.status, row.attempts, row.done_at = status, attempts, timezone.now()
    Webhook.objects.filter(pk=row.webhook_id).update(failed=0)
    return row


@action(
    "webhook_call.fail",
    model=WebhookCall,
    label=_("Mark as failed"),
    done=_("Failed to call a webhook"),
    policy=policy.may_tell,
    starts={C.QUEUED},
    ends=C.FAILED,
    automatic=True,
)
def fail_webhook_call(actor: Actor, row: WebhookCall, *, why: str, status: int | None, attempts: int) -> WebhookCall:
    """Note that the address could not be called for good; after some of these it is disabled and its desk is told."""
    row.status, row.error, row.attempts, row.done_at = status, why[:60], attempts, timezone.now()
    hook = Webhook.objects.select_for_update().get(pk=row.webhook_id)
    hook.failed += 1
    if hook.failed >= DISABLED_AFTER and hook.state == W.LIVE:
        hook.state = W.DISABLED
        change_also("webhook.disable", hook, "failed", "state", before=W.LIVE)
        emit("webhook.disabled", hook)
    else:
        Webhook.objects.filter(pk=hook.pk).update(failed=hook.failed)
    return row
