"""What people do with notices: read them, give the desk's receipt, choose how they are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.notices import policy, queries
from apps.notices.models import Notice, NoticeReading, Subscription

N = Notice.State


@action(
    "notice.acknowledge",
    model=Notice,
    label=pgettext_lazy("button, notices", "Acknowledge receipt"),
    done=_("Acknowledged a notification"),
    policy=policy.may_acknowledge,
    starts={N.UNREAD, N.READ},
    ends=N.ACKNOWLEDGED,
)
def acknowledge_notice(actor: Actor, notice: Notice) -> Notice:
    """Give the desk's receipt: who and when stay on the notice, and the record's room is told."""
    notice.acknowledged_at = timezone.now()
    notice.acknowledged_by = actor.person
    _seen(actor, [notice])
    emit(
        "notice.acknowledged",
        notice,
        {
            "event": notice.code,
            "object_type": notice.object_type,
            "object_id": notice.object_id,
            "desk": actor.desk_code,
            "party": actor.party_code,
        },
    )
    return notice


@action(
    "notice.read",
    model=Notice,
    label=_("Mark as read"),
    done=_("Marked a notification as read"),
    policy=policy.may_read,
    starts=N.values,
    ends=N.values,
)
def read_notice(actor: Actor, notice: Notice) -> Notice:
    """Note that this person has read the notice; with the first reading it is read for the desk."""
    _seen(actor, [notice])
    if notice.state == N.UNREAD:
        notice.state = N.READ
    return notice


@action(
    "notice.read_all",
    model=Notice,
    label=_("Mark all as read"),
    done=_("Marked all notifications as read"),
    policy=policy.may_read,
    ends=N.values,
)
def read_all_notices(actor: Actor, _row: None, *, kind: str = "") -> Notice:
    """Note that this person has read every notice of their desk (of one kind); Refused when none is unread."""
    rows = list(queries.unread(actor, kind).order_by("pk"))
    if not rows:
        raise Refused("wrong-state")
    _seen(actor, rows)
    Notice.objects.filter(pk__in=[row.pk for row in rows[1:]], state=N.UNREAD).update(
        state=N.READ, version=F("version") + 1, changed_at=timezone.now(), changed_by_seat_id=actor.seat_id
    )
    first = rows[0]
    if first.state == N.UNREAD:
        first.state = N.READ
    return first


def _seen(actor: Actor, notices: list[Any]) -> None:
    NoticeReading.objects.bulk_create(
        [NoticeReading(notice=notice, user_id=actor.user_id) for notice in notices], ignore_conflicts=True
    )


QUIET: dict[str, forms.Field] = {
    "quiet_from": forms.TimeField(
        label=pgettext_lazy("field, notices", "Quiet from"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M"),
        help_text=_("for example 22:00, in your party's time zone"),
        error_messages={"invalid": _("Enter the time as 22:00.")},
    ),
    "quiet_until": forms.TimeField(
        label=pgettext_lazy("field, notices", "until"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M"),
        help_text=_("for example 06:00; may be on the next day"),
        error_messages={"invalid": _("Enter the time as 06:00.")},
    ),
    "passes": forms.ChoiceField(
        label=_("Alarms during quiet hours"), required=False, choices=Subscription.Passes.choices
    ),
}
"""The hours in which mails wait, and the alarms that do not."""


@action(
    "subscription.choose",
    model=Subscription,
    label=_("Choose notification settings"),
    done=_("Chose how to be notified"),
    policy=policy.may_choose,
    ends="chosen",
    takes={
        "ways": forms.JSONField(required=False, help_text="{group: at_once, digest, portal or ''}"),
        **QUIET,
    },
)
def choose_subscription(
    actor: Actor, _row: None, *, ways: Mapping[str, str] | None = None, **quiet: Any
) -> Subscription:
    """Choose a way of being told for groups of events ("": as the event says); what is not named stays as it is.

    `quiet_from`, `quiet_until` and `passes` set the hours in which mails wait, and the alarms that do not.
    """
    row, _made = Subscription.objects.select_for_update().get_or_create(user_id=actor.user_id)
    row.ways = {group: way for group, way in {**row.ways, **_known(ways or {})}.items() if way}
    for name, value in quiet.items():
        if name != "passes" or value:
            setattr(row, name, value)
    if (row.quiet_from is None) != (row.quiet_until is None):
        missing = "quiet_until" if row.quiet_until is None else "quiet_from"
        raise ValidationError({missing: _now("Enter both times, or leave both empty.")})
    row.save(update_fields=["ways", "quiet_from", "quiet_until", "passes"])
    return row


def _known(ways: Any) -> Mapping[str, str]:
    """Ways of groups that leave a choice; ValidationError for any other."""
    groups, possible = queries.groups(), {"", *Subscription.Way.values}
    if not isinstance(ways, Mapping) or not all(isinstance(way, str) and way in possible for way in ways.values()):
        raise ValidationError({"ways": _now("Choose a way for each group: at_once, digest or portal.")})
    if wrong := sorted(set(ways) - set(groups)):
        raise ValidationError({"ways": _now("Unknown group of events: %(groups)s.") % {"groups": ", ".join(wrong)}})
    return ways
