"""Input of the actions of the watch: the moment of an event, records by number, a moment in UTC."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.rifc.actions.fields import Codes, Desks, Terms
from apps.rifc.policy import READERS
from apps.rifc.queries import targets, vocabulary

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)")


class EventMoment(forms.CharField):
    """When something happened: "14:05" at the desk's place (the last time it was that late), or a full moment."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=40, **more)
        self.zone = "UTC"

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Whose clock on the wall is meant."""
        self.zone = actor.time_zone if actor else "UTC"

    def clean(self, value: Any) -> Any:
        """An aware moment; None where it is left out."""
        text = super().clean(value).strip()
        if not text:
            return None
        hit = CLOCK.fullmatch(text)
        return self._on_the_wall(int(hit[1]), int(hit[2])) if hit else self._in_full(text)

    def _on_the_wall(self, hour: int, minute: int) -> datetime.datetime:
        now = timezone.now().astimezone(ZoneInfo(self.zone))
        at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        ahead = datetime.timedelta(minutes=vocabulary.detail("watch_limit", "ahead")["minutes"])
        return at - datetime.timedelta(days=1) if at > now + ahead else at

    def _in_full(self, text: str) -> datetime.datetime:
        try:
            at = parse_datetime(text)
        except ValueError:
            at = None
        if at is None:
            raise ValidationError(_now("Enter the time, for example 14:05 or 2026-11-12T14:05Z."))
        return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(self.zone))


class Category(Terms):
    """A category of an entry that a person chooses; those that the portal writes itself are not offered."""

    def __init__(self, **more: Any) -> None:
        super().__init__("watch_category", **more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Today's list."""
        rows = vocabulary.terms("watch_category", vocabulary.today()).items()
        self.choices = [(code, term.label) for code, term in rows if not term.extra.get("own")]


class Moment(forms.DateTimeField):
    """A day and time in UTC."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": _("Enter date and time in UTC, for example 2026-11-12T18:00.")},
            **more,
        )


def ministries() -> list[tuple[str, str]]:
    """(code, name) of the ministries' desks."""
    rows = targets.receiving_desks("product").filter(function_id__in=READERS)
    return [(desk.code, f"{desk.party.short_name}: {desk.function.name}") for desk in rows]


class Ministries(Desks):
    """Desks of ministries, each for itself."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """All that there are."""
        self.choices = ministries()


def numbers(label: Any, **more: Any) -> Codes:
    """Records by the number that is printed on them."""
    return Codes(label=label, required=False, **more)
