"""What a policy answers. Imports nothing, so that policies stay pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deny:
    """No, and why: a code whose sentence stands in apps.access.reasons."""

    code: str

    def __bool__(self) -> bool:
        return False


ALLOW = True
Verdict = bool | Deny
