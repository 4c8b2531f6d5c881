"""Answers and reminders by mail to carriers that have no desk here: receipt or flight, kind and time, nothing else.

Asked for when a list is read, before anybody is compared, so that neither words nor moments tell of a hit.
"""

import re
import uuid
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.portal_mails import make_mail
from apps.access.refusal import Refused
from apps.access.templatetags.portal import in_words
from apps.carriers.actions import mails as actions
from apps.carriers.models import CarrierContact, CarrierMail, ExpectedJourney
from apps.journeys.models import Carrier
from apps.manifests.models import Submission
from apps.notices.queries import mails
from apps.notices.rules import bounces
from apps.people.queries import service_actor

A = CarrierMail.About
OURS = re.compile(r"<([0-9a-f]{32})\.carrier@[^<>@\s]+>")


def _actor(request_id: str) -> Any:
    return service_actor("JRCC.automation", request_id=request_id)


def addresses(actor: Any, carrier: Carrier | None) -> list[CarrierContact]:
    """Mail addresses of a carrier without a desk; none of one that has a desk, since its desk is told. One query."""
    if carrier is None or carrier.party_id:
        return []
    rows = CarrierContact.objects.visible_to(actor).filter(carrier=carrier, kind=CarrierContact.Kind.MAIL)
    return list(rows.filter(state=CarrierContact.State.CURRENT).order_by("pk"))


@outbox.on("submission.read")
def answer_by_mail(dispatch: Dispatch) -> None:
    """Mail the receipt of a list that the watch has handed in for a carrier without a desk."""
    actor = _actor(dispatch.request_id)
    row = Submission.objects.visible_to(actor).select_related("journey__carrier").get(pk=dispatch.object_id)
    journey = row.journey if row.originator_id == "JRCC" and not row.is_test else None
    contacts = addresses(actor, journey.carrier) if journey else []
    if contacts:
        actions.queue_carrier_mail(actor, None, contacts=contacts, about=A.RECEIPT, number=row.receipt, grade=row.grade)


@outbox.on("expected.reminded")
def remind_by_mail(dispatch: Dispatch) -> None:
    """Mail that a list is due soon."""
    _mail_about(dispatch, A.DUE)


@outbox.on("expected.missed")
def tell_by_mail(dispatch: Dispatch) -> None:
    """Mail that a list has not come."""
    _mail_about(dispatch, A.MISSING)


def _mail_about(dispatch: Dispatch, about: str) -> None:
    actor = _actor(dispatch.request_id)
    row = ExpectedJourney.objects.visible_to(actor).select_related("carrier").get(pk=dispatch.object_id)
    contacts = addresses(actor, row.carrier)
    if contacts:
        number = f"{row} {row.origin}–{row.destination} {row.date}"
        actions.queue_carrier_mail(actor, None, contacts=contacts, about=about, number=number, due_at=row.deadline_at)


@outbox.on("carrier_mail.due", queue=outbox.MAIL)
def send_carrier_mail(dispatch: Dispatch) -> None:
    """Send one mail, and mark it in the transaction that closes the work."""
    actor = _actor(dispatch.request_id)
    row = CarrierMail.objects.visible_to(actor).select_related("contact").get(pk=dispatch.object_id)
    if row.state != CarrierMail.State.QUEUED:
        return
    if why := mails.handed_over([message(row)], last_try=outbox.is_last_try(dispatch)):
        actions.fail_carrier_mail(actor, row, why=why)
    else:
        actions.mark_carrier_mail_sent(actor, row)


SUBJECTS = {
    A.RECEIPT: gettext_lazy("Manifest received: receipt %(number)s"),
    A.DUE: gettext_lazy("Passenger or crew manifest due soon: %(number)s"),
    A.MISSING: gettext_lazy("Passenger or crew manifest missing: %(number)s"),
}


def message(row: CarrierMail) -> EmailMessage:
    """The mail, plain text: number, kind and time."""
    subject = str(SUBJECTS[A(row.about)]) % {"number": row.number}
    lines = [f"{subject}."]
    if row.due_at:
        lines.append(_("The deadline is %(due)s.") % {"due": in_words(row.due_at)})
    if row.grade in {"needs_correction", "unreadable"}:
        lines.append(_("We could not read all of it. Call the JRCC and quote the receipt."))
    body = render_to_string("jrcc/carrier_mail.txt", {"lines": lines, "role": row.contact.role})
    return make_mail(subject, body, to=[row.contact.value], message_id=row.message_id)


def note_bounce(bounce: bounces.Bounce) -> bool:
    """Note that a mail to a carrier came back; False if it is none of ours, or was noted."""
    own = OURS.fullmatch(bounce.message_id)
    if own is None:
        return False
    actor = _actor("bounces")
    row = CarrierMail.objects.visible_to(actor).filter(pk=uuid.UUID(own[1])).first()
    if row is None:
        return False
    try:
        actions.bounce_carrier_mail(actor, row, why=bounce.status)
    except Refused:
        return False
    return True
