"""JSON that the portal can keep: what PostgreSQL cannot store as text is a located error, not a fault of ours."""

import math
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 32
"""Levels of lists and objects in one another; the deepest input of any action has five."""


class StorableJSONParser(JSONParser):
    """Takes JSON without NUL, halves of surrogate pairs, numbers beyond all bounds, and nesting that has no end."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value; ParseError for what is no JSON, ValidationError at the place that cannot be stored."""
        try:
            value = super().parse(stream, media_type=media_type, parser_context=parser_context)
        except RecursionError:
            raise ParseError(_("Lists and objects are nested too deeply.")) from None
        for place, message in faults(value):
            raise ValidationError({place: message})
        return value


def faults(value: Any) -> Iterator[tuple[str, str]]:
    """(place like `subject/surname`, what is wrong there) of all that cannot be stored, by a walk without recursion."""
    left: list[tuple[str, Any, int]] = [("", value, 0)]
    while left:
        place, one, depth = left.pop()
        if isinstance(one, str) and not is_text(one):
            yield place, _("This text contains characters that cannot be stored: NUL or half of a surrogate pair.")
        elif isinstance(one, float) and not math.isfinite(one):
            yield place, _("This number is too large.")
        elif isinstance(one, list | dict):
            if depth == DEEPEST:
                yield place, _("Lists and objects are nested too deeply.")
                return
            pairs = one.items() if isinstance(one, dict) else enumerate(one)
            for name, inner in pairs:
                if not is_text(str(name)):
                    yield place, _("A field name contains characters that cannot be stored.")
                left.append((f"{place}/{name}" if place else str(name), inner, depth + 1))


def is_text(text: str) -> bool:
    """Whether PostgreSQL can store it."""
    return "\x00" not in text and (text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text))
