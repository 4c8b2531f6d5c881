"""A disk without room: 507 in words, whoever met it, and nothing half-written."""

import errno
import logging
from contextvars import ContextVar

from django.utils.translation import gettext as _

log = logging.getLogger("portal.storage")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
STATUS, CODE, RETRY_AFTER_S = 507, "storage-full", 600
_met: ContextVar[bool] = ContextVar("met", default=False)


def is_full(failure: BaseException | None) -> bool:
    """Whether this says that a disk, or the share of it that the portal may use, holds no more or is read-only."""
    return isinstance(failure, OSError) and failure.errno in FULL


def no_room() -> str:
    """The sentence for it."""
    return _("The portal has no room for this at the moment. Nothing of it was kept. Send it again in some minutes.")


def note() -> None:
    """Say that a form's field met it: the answer that shows its fault is 507 then; operators find a line in the log."""
    log.error("no room")
    _met.set(True)


def forget() -> None:
    """Begin a request."""
    _met.set(False)


def was_met() -> bool:
    """Whether a form's field met it in this request."""
    return _met.get()
