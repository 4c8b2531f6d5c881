"""Mails to carriers that have no desk here: a row first, then the mail, then the mark (see apps.jrcc.mailing)."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.jrcc import policy
from apps.jrcc.models import CarrierContact, CarrierMail

M = CarrierMail.State


@action(
    "carrier_mail.queue", model=CarrierMail, label=_("Queue"), policy=policy.may_process, ends=M.values, automatic=True
)
def queue(
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
    "carrier_mail.mark_sent", model=CarrierMail, label=_("Mark as sent"), policy=policy.may_process,
    starts={M.QUEUED}, ends=M.SENT, automatic=True,
)  # fmt: skip
def mark_sent(actor: Actor, row: CarrierMail) -> CarrierMail:
    """Note that the mail was handed over."""
    return row


@action(
    "carrier_mail.fail", model=CarrierMail, label=_("Note a failure"), policy=policy.may_process,
    starts={M.QUEUED}, ends=M.FAILED, automatic=True,
)  # fmt: skip
def fail(actor: Actor, row: CarrierMail, *, why: str) -> CarrierMail:
    """Note that the mail cannot be handed over, and why; the watch has to call."""
    row.error = why[:80]
    return row


@action(
    "carrier_mail.bounce", model=CarrierMail, label=_("Note that it came back"), policy=policy.may_process,
    starts={M.QUEUED, M.SENT}, ends=M.BOUNCED, automatic=True,
)  # fmt: skip
def bounce(actor: Actor, row: CarrierMail, *, why: str) -> CarrierMail:
    """Note that the mail came back, with the status of the notification (RFC 3463); the watch has to call."""
    row.error = why[:80]
    return row
