"""Who may screen with an entry, and who may be told of a hit (CONTRACT.md, lists and hits)."""

import datetime
from collections.abc import Container
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.people.queries import states_on
from apps.screening.models import Entry

LAST_TO_END = datetime.timedelta(hours=-6)  # Belize: where in the Community a day ends last


def region_today(now: datetime.datetime | None = None) -> datetime.date:
    """The day that is not over everywhere in the Community: entries hold until the end of their last day."""
    return ((now or timezone.now()) + LAST_TO_END).astimezone(datetime.UTC).date()


def states() -> list[Any]:
    """Member States in roll-call order, then Associate Members; with `kind`. One query."""
    return states_on(region_today())


def read(value: Any, known: Container[str]) -> tuple[list[str] | None, str]:
    """(screen_for, hit_visible_to) of `{"screen_for": [PARTY…]|"all", "hit_visible_to": …}`; None is all States.

    Missing parts take the defaults. ValidationError at `visibility`, with the place, for anything else.
    """
    if value in (None, ""):
        return None, Entry.HitVisibleTo.OWNER_AND_ACTING
    if not isinstance(value, dict) or set(value) - {"screen_for", "hit_visible_to"}:
        raise _wrong(_('Write {"screen_for": […] or "all", "hit_visible_to": …}.'), "")
    told = value.get("hit_visible_to") or Entry.HitVisibleTo.OWNER_AND_ACTING
    if told not in Entry.HitVisibleTo.values:
        raise _wrong(_("Choose owner, owner_and_acting or all."), "/hit_visible_to")
    return _screen_for(value.get("screen_for"), known), told


def _screen_for(value: Any, known: Container[str]) -> list[str] | None:
    if value in (None, "all"):
        return None
    if not isinstance(value, list) or not value:
        raise _wrong(_('Name at least one State, or write "all".'), "/screen_for")
    for i, code in enumerate(value):
        if not isinstance(code, str) or code not in known:
            text = _("%(code)s is not a Member State or Associate Member.") % {"code": code}
            raise _wrong(text, f"/screen_for/{i}")
    return sorted(set(value))


def _wrong(message: str, pointer: str) -> ValidationError:
    return ValidationError({"visibility": f"{message} (/visibility{pointer})" if pointer else message})
