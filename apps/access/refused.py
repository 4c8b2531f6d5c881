"""The one exception of the doors."""

from typing import Any

from apps.access.reasons import REASONS

STATUS = {"not-visible": 404, "stale": 412, "may-not": 403, "read-only": 403, "wrong-state": 409, "out-of-scope": 403}


class Refused(Exception):
    """A read or write that the doors did not let through.

    `reason` is one of STATUS; `code` says more (a policy's code), `message` is the sentence for the user, `record`
    the row as it stands now where the actor may see it (for "Changed by … at …").
    """

    def __init__(self, reason: str, code: str = "", *, message: str = "", record: Any = None) -> None:
        self.reason = reason
        self.code = code or reason
        self.record = record
        self._said = message
        super().__init__(f"{self.code}: {self.message}")

    @property
    def message(self) -> str:
        """The sentence, in the language of who reads it: the doors work in English."""
        return self._said or str(REASONS.get(self.code, REASONS[self.reason]))

    @property
    def status(self) -> int:
        """The HTTP status of the refusal."""
        return STATUS[self.reason]
