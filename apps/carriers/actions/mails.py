"""Mails to carriers that have no desk here: a row first, then the mail, then the mark (see apps.carriers.listeners)."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.carriers.models import CarrierContact, CarrierMail
from apps.manifests import policy

M = CarrierMail.State


@action(
    "carrier_mail.queue",
    model=CarrierMail,
    label=pgettext_lazy("button, jrcc", "Queue"),
    done=_("Queued a mail to a carrier"),
    policy=policy.may_process,
    ends=M.values,
    automatic=True,
)
def queue_carrier_mail(
    actor: Actor,
    _row: None,
    *,
    contacts: Sequence[CarrierContact],
    about: str,
    number: str,
    grade: str = "",
    due_at: datetime.datetime | None = None,
) -> CarrierMail:
    """Write down what each of the contacts is mailed, once for each matter, and ask for the mails."""
    rows = []
    for contact in contacts:
        known = {"contact": contact, "about": about, "number": number[:60]}
        row, new = CarrierMail.objects.get_or_create(**known, defaults={"grade": grade, "due_at": due_at})
        rows.append(row)
        if new:
            emit("carrier_mail.due", row)
    return rows[0]


@action(
    "carrier_mail.mark_sent", model=CarrierMail, label=_("Mark as sent"),
    done=_("Sent a mail to a carrier"), policy=policy.may_process,
    starts={M.QUEUED}, ends=M.SENT, automatic=True,
)  # fmt: skip
def mark_carrier_mail_sent(actor: Actor, row: CarrierMail) -> CarrierMail:
    """Note that the mail was handed over."""
    return row


@action(
    "carrier_mail.fail", model=CarrierMail, label=_("Mark as failed"),
    done=_("Failed to send a mail to a carrier"), policy=policy.may_process,
    starts={M.QUEUED}, ends=M.FAILED, automatic=True,
)  # fmt: skip
def fail_carrier_mail(actor: Actor, row: CarrierMail, *, why: str) -> CarrierMail:
    """Note that the mail cannot be handed over, and why; the watch has to call."""
    row.error = why[:80]
    return row


@action(
    "carrier_mail.bounce", model=CarrierMail, label=_("Mark as bounced"),
    done=_("Noted that a carrier's mail came back"), policy=policy.may_process,
    starts={M.QUEUED, M.SENT}, ends=M.BOUNCED, automatic=True,
)  # fmt: skip
def bounce_carrier_mail(actor: Actor, row: CarrierMail, *, why: str) -> CarrierMail:
    """Note that the mail came back, with the status of the notification (RFC 3463); the watch has to call."""
    row.error = why[:80]
    return row
