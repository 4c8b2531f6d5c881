"""The one exception of access."""

from typing import Any

from django.utils.translation import gettext

from apps.access.refusals import Refusals
from apps.access.verdict import KNOWN, Refusal

STATUS: dict[str, int] = {
    Refusals.NOT_VISIBLE: 404,
    Refusals.STALE: 412,
    Refusals.MAY_NOT: 403,
    Refusals.READ_ONLY: 403,
    Refusals.WRONG_STATE: 409,
    Refusals.OUT_OF_SCOPE: 403,
}
"""Reason of access → HTTP status."""


def sentence_of(code: str) -> str:
    """The sentence of a refusal in the language of who reads it; "" for a code that no app declares."""
    refusal = KNOWN.get(code)
    return gettext(refusal.sentence) if refusal is not None else ""


class Refused(Exception):
    """A read or write that the doors did not let through: `Refused("not-visible")`, `Refused(Refusals.NOT_CHAIR)`,
    `Refused("wrong-state", Refusals.VOTE_CLOSED, record=row)`.

    `reason` is one of STATUS, "may-not" for a refusal alone; `code` says more (a policy's code), `message` is the
    sentence for the user, `record` the row as it stands now where the actor may see it (for "Changed by … at …").
    """

    def __init__(self, reason: str, code: str = "", *, message: str = "", record: Any = None) -> None:
        if isinstance(reason, Refusal) and reason not in STATUS:
            reason, code = Refusals.MAY_NOT, reason
        self.reason = str(reason)
        self.code = str(code or reason)
        self.record = record
        self._said = message
        super().__init__(f"{self.code}: {self.message}")

    @property
    def message(self) -> str:
        """The sentence, in the language of who reads it: the doors work in English."""
        return self._said or sentence_of(self.code) or sentence_of(self.reason)

    @property
    def status(self) -> int:
        """The HTTP status of the refusal."""
        return STATUS[self.reason]
