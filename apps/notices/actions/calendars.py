"""Holidays of a State, and the secret addresses of seats' calendars."""

import datetime
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.write_guard import writing
from apps.notices import policy, queries
from apps.notices.models import CalendarFeed, Holiday
from apps.people.models import Party

H, F = Holiday.State, CalendarFeed.State
TOKEN_BYTES = 32
FIRST_YEAR, LAST_YEAR = 1973, 2100
"""The Community's first year; a typing error rather than a plan beyond the last."""


@action(
    "holiday.add",
    model=Holiday,
    label=_("Add a public holiday"),
    done=_("Added a public holiday"),
    policy=policy.may_edit_holidays,
    ends=H.CURRENT,
    takes={
        "day": forms.DateField(
            label=pgettext_lazy("field, notices", "Day"),
            input_formats=["%Y-%m-%d"],
            help_text=pgettext_lazy("field, notices", "For example 2026-08-06."),
        ),
        "name": forms.CharField(label=pgettext_lazy("field, notices", "Name"), max_length=100),
        "reason": forms.CharField(
            label=pgettext_lazy("field, notices", "Reason"),
            max_length=200,
            help_text=_("For example “Proclamation of 3 July 2026”."),
        ),
    },
)
def add_holiday(actor: Actor, _row: None, *, day: datetime.date, name: str, reason: str) -> Holiday:
    """Add a public holiday to the calendar of one's own State."""
    if not Party.objects.filter(pk=actor.party_code).exclude(alpha2="").exists():
        raise ValidationError({"day": _("Only States keep a calendar of public holidays.")})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError({"day": _("Enter a date from 1973 to 2100, for example 2026-08-06.")})
    if Holiday.objects.filter(party=actor.party_code, day=day, state=H.CURRENT).exists():
        raise ValidationError({"day": _("This day is already a public holiday. Remove it first to rename it.")})
    return Holiday.objects.create(
        party_id=actor.party_code,
        day=day,
        name=name,
        source=actor.desk_code,
        reason=reason,
        edited_by=actor.desk_code,
        edited_at=timezone.now(),
    )


@action(
    "holiday.remove",
    model=Holiday,
    label=pgettext_lazy("button, notices", "Remove"),
    done=_("Removed a public holiday"),
    policy=policy.may_edit_holidays,
    starts={H.CURRENT},
    ends=H.REMOVED,
    takes={
        "reason": forms.CharField(
            label=pgettext_lazy("field, notices", "Reason"),
            max_length=200,
            help_text=_("For example “Moved to Monday by proclamation”."),
        )
    },
)
def remove_holiday(actor: Actor, holiday: Holiday, *, reason: str) -> Holiday:
    """Take a day out of the calendar of one's own State; the row stays with the reason."""
    holiday.reason, holiday.edited_by, holiday.edited_at = reason, actor.desk_code, timezone.now()
    return holiday


@action(
    "feed.make",
    model=CalendarFeed,
    label=_("Create a calendar address"),
    done=_("Made a calendar address"),
    policy=policy.may_have_feed,
    ends=F.LIVE,
)
def make_calendar_feed(actor: Actor, _row: None) -> CalendarFeed:
    """Make the calendar address of one's seat, in place of the one before. The token is on the row as `.secret`."""
    CalendarFeed.objects.filter(seat_id=actor.seat_id, state=F.LIVE).update(state=F.REVOKED)
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(seat_id=actor.seat_id, sha256=queries.digest(secret))
    feed.secret = secret
    return feed


@action(
    "feed.revoke",
    model=CalendarFeed,
    label=_("Revoke the calendar address"),
    done=_("Revoked a calendar address"),
    policy=policy.may_have_feed,
    starts={F.LIVE},
    ends=F.REVOKED,
)
def revoke_calendar_feed(actor: Actor, feed: CalendarFeed) -> CalendarFeed:
    """Make the calendar address useless from now on."""
    return feed


def used(feed: Any) -> None:
    """Note that an address was asked, at most once an hour; not an act of anybody, so not an action."""
    now = timezone.now()
    if feed.last_used_at is None or now - feed.last_used_at > datetime.timedelta(hours=1):
        with writing("use of a key"):
            CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)
