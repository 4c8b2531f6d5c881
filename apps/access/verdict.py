"""What a policy answers. Imports nothing of Django, so that policies stay pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

KNOWN: dict[str, "Refusal"] = {}
"""Code → the refusal of whichever app declares it."""


class Refusal(StrEnum):
    """The refusals of an app: `NOT_WATCH = "not-watch", "Only the JRCC's watch can do this."` in `apps/X/refusals.py`.

    A member is its code. Its sentence is written in English and translated when somebody reads it. A code is declared
    once, in the lowest app that all who give it may import; a second time is a ValueError.
    """

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        """The code as a string that knows its sentence."""
        if code in KNOWN:
            raise ValueError(f"{code} is declared by {type(KNOWN[code]).__module__} already")
        member = str.__new__(cls, code)
        member._value_, member.sentence = code, sentence
        KNOWN[code] = member
        return member


@dataclass(frozen=True, slots=True)
class Deny:
    """No, and why: a refusal."""

    code: str

    def __bool__(self) -> bool:
        return False


ALLOW = True
Verdict = bool | Deny
