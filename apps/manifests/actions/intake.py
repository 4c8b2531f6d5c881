"""The one way in for a message: limits, duplicates, receipt."""

import hashlib

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.problems import Problem
from apps.manifests import pnrgov
from apps.manifests.actions import submissions
from apps.manifests.models import Submission
from apps.manifests.queries import bookings, lists

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XML = "application/xml"
CONTENT_TYPES = frozenset({"application/edifact", "text/plain", "application/json", "text/csv", XLSX, XML})


def media_type(content_type: str) -> str:
    """`text/plain` of `Text/Plain; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def check(data: bytes, content_type: str) -> None:
    """Raise Problem for what is empty (400), too large (413), or of a kind that nobody reads (415)."""
    if media_type(content_type) not in CONTENT_TYPES:
        types = ", ".join(sorted(CONTENT_TYPES))
        raise Problem(415, "unsupported-media-type", _("Send the manifest as one of: %(types)s.") % {"types": types})
    if not data:
        raise Problem(400, "bad-input", _("The message is empty."))
    if len(data) > settings.SUBMISSION_LIMIT:
        limit = settings.SUBMISSION_LIMIT // 2**20
        text = _("A message can be up to %(limit)s MB. Send the manifest in parts.") % {"limit": limit}
        raise Problem(413, "too-large", text)


def receive(actor: Actor, data: bytes, *, channel: str, content_type: str, file_name: str = "") -> Submission:
    """Take in a message and give its receipt; the same bytes from the same desk give the same receipt again.

    Raises Problem, or Refused for a desk that may not send. Nothing is stored the second time.
    """
    check(data, content_type)
    sha256 = hashlib.sha256(data).hexdigest()
    known = lists.submission_of(actor, sha256)
    if known:
        return known
    size, reading = len(data), None
    if pnrgov.is_bookings(data):
        # what no State may have is not stored for a moment
        data, reading = bookings.taken_in(actor, data)
    try:
        sent: Submission = submissions.receive_submission(
            actor,
            raw=data,
            size=size,
            reading=reading,
            sha256=sha256,
            channel=channel,
            content_type=media_type(content_type),
            file_name=file_name,
        )
    except IntegrityError:
        # a twin was faster
        known = lists.submission_of(actor, sha256)
        if known is None:
            raise
        return known
    return sent


def correct(actor: Actor, before: Submission, data: bytes, *, channel: str, reason: str = "") -> Submission:
    """Take in the next version of a list, in the form of the JSON reader, and give its receipt.

    Raises Problem, Refused, or ValidationError where the watch gives no reason.
    """
    check(data, "application/json")
    sha256 = hashlib.sha256(data).hexdigest()
    sent: Submission = submissions.correct_submission(
        actor, None, before=before.pk, raw=data, sha256=sha256, channel=channel, reason=reason
    )
    return sent
