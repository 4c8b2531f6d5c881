"""The one way in for a message: limits, duplicates, receipt."""

import hashlib

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.jrcc import actions, queries
from apps.jrcc.models import Submission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = frozenset({"application/edifact", "text/plain", "application/json", "text/csv", XLSX})


class NotAccepted(ValueError):
    """A message that is not taken in at all; `status` is the HTTP status, `code` for programs, the text for people."""

    status, code = 400, "bad-input"


class Empty(NotAccepted):
    """No bytes."""


class TooLarge(NotAccepted):
    """More bytes than a message may have."""

    status, code = 413, "too-large"


class WrongType(NotAccepted):
    """A kind of content that no reader knows."""

    status, code = 415, "unsupported-media-type"


def media_type(content_type: str) -> str:
    """`text/plain` of `Text/Plain; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def check(data: bytes, content_type: str) -> None:
    """Raise NotAccepted for what is empty, too large, or of a kind that nobody reads."""
    if media_type(content_type) not in CONTENT_TYPES:
        raise WrongType(_("Send a list as one of: %(types)s.") % {"types": ", ".join(sorted(CONTENT_TYPES))})
    if not data:
        raise Empty(_("The message is empty."))
    if len(data) > settings.SUBMISSION_LIMIT:
        limit = settings.SUBMISSION_LIMIT // 2**20
        raise TooLarge(_("A message may have %(limit)s MB at most. Send the list in parts.") % {"limit": limit})


def receive(actor: Actor, data: bytes, *, channel: str, content_type: str, file_name: str = "") -> Submission:
    """Take in a message and give its receipt; the same bytes from the same desk give the same receipt again.

    Raises NotAccepted, or Refused for a desk that may not send. Nothing is stored the second time.
    """
    check(data, content_type)
    sha256 = hashlib.sha256(data).hexdigest()
    known = queries.submission_of(actor, sha256)
    if known:
        return known
    try:
        sent: Submission = actions.receive(
            actor,
            raw=data,
            sha256=sha256,
            channel=channel,
            content_type=media_type(content_type),
            file_name=file_name,
        )
    except IntegrityError:
        # a twin was faster
        known = queries.submission_of(actor, sha256)
        if known is None:
            raise
        return known
    return sent
