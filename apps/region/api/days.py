"""The days and moments that collections of the register are asked for."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def day_of(params: Any, name: str = "as_of") -> datetime.date:
    """`?as_of=`, today without one; ValidationError at the parameter."""
    return _read(params, name) or timezone.now().date()


def known_at(params: Any) -> datetime.date | None:
    """`?known_at=`, a day whose end counts; None for present knowledge."""
    return _read(params, "known_at")


def _read(params: Any, name: str) -> datetime.date | None:
    text = params.get(name)
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({name: _("Enter the date as 2008-02-12.")}) from None


def ignored(rows: Any, _value: str, _actor: Any) -> Any:
    """A filter that chooses the day of what is shown, not the rows."""
    return rows
