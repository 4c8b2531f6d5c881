"""What a password has to be, beyond what the framework asks; and how far one that is typed would do."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
"""Characters; nobody types more, and hashing takes longer for longer ones (ASVS 5.0.0, 6.2.9)."""


class LongestValidator:
    """Refuses what is longer than LONGEST, instead of cutting it off."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError with how many characters there are."""
        if len(password) > LONGEST:
            said = _("This password has %(number)d characters. Use at most %(longest)d.")
            raise ValidationError(said % {"number": len(password), "longest": LONGEST}, code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Use at most %(longest)d characters.") % {"longest": LONGEST}


@dataclass(frozen=True, slots=True)
class Strength:
    """How many characters a password has, and why it would be refused: sentences, none if it would be taken."""

    characters: int
    refused: list[str]


def strength_of(password: str, user: Any = None) -> Strength:
    """By the same rules that decide in the end: length, the list of common passwords, likeness to one's own name."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        return Strength(len(password), list(weak.messages))
    return Strength(len(password), [])
