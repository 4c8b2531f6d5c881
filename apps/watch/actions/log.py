"""The log: a watch begins, and lines are written into it. Nothing is ever changed."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.people.models import Desk
from apps.rifc.actions.fields import Terms, reason_field
from apps.rifc.queries import vocabulary
from apps.watch import policy
from apps.watch.actions import fields
from apps.watch.models import Watch, WatchEntry
from apps.watch.queries import log as queries
from apps.watch.refusals import Refusals
from apps.watch.rules.chain import BEGINNING, sealed

W = Watch.State


def begin(actor: Actor, before: Watch | None, now: datetime.datetime) -> Watch:
    """A watch of the actor's desk with the actor in charge; its chain goes on from the watch before."""
    year = now.year
    count = next_in(f"watch:{actor.desk_code}:{year}")
    head = before.head_sha256 if before else BEGINNING
    row = Watch.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=vocabulary.detail("watch_limit", "log_level")["level"],
        changed_by_seat_id=actor.seat_id,
        number=f"{actor.desk_code.replace('.watch', '')}/W/{year}/{count:04d}",
        officer_id=actor.user_id,
        opened_at=now,
        previous=before,
        start_sha256=head,
        head_sha256=head,
    )
    share(actor, row, [actor.desk_id], basis="watch")
    return row


@action(
    "watch.open",
    model=Watch,
    label=_("Begin a watch"),
    done=_("Began the first watch of a desk"),
    policy=policy.may_open,
    ends=W.OPEN,
)
def open_watch(actor: Actor, _row: None) -> Watch:
    """Begin the first watch of the desk, with yourself in charge; later ones begin with a hand-over."""
    # two who begin at once: the second finds the first one's watch
    Desk.objects.select_for_update(of=("self",)).get(pk=actor.desk_id)
    before = queries.last_of(actor.desk_id)
    if before is not None:
        raise Refused("wrong-state", Refusals.WATCH_IS_ON, record=before)
    return begin(actor, None, timezone.now())


def add(actor: Actor, watch: Watch, *, text: str, category: str, **more: Any) -> WatchEntry:
    """The next entry of a locked watch, chained to the one before; Django's clock gives its time."""
    now = timezone.now()
    row = WatchEntry(
        watch=watch,
        serial=watch.last_serial + 1,
        event_at=more.pop("event_at", None) or now,
        entered_at=now,
        person_id=actor.user_id,
        seat_id=actor.seat_id,
        text=text,
        category=category,
        prev_sha256=watch.head_sha256,
        **more,
    )
    row.sha256 = sealed(queries.line_of(row), watch.head_sha256)
    row.save(force_insert=True)
    watch.last_serial, watch.head_sha256 = row.serial, row.sha256
    return row


@action(
    "watch.log",
    model=Watch,
    label=_("Add log entry"),
    done=_("Wrote into the watch log"),
    policy=policy.may_log,
    starts=Watch.RUNNING,
    ends=Watch.RUNNING,
    takes={
        "text": forms.CharField(
            label=pgettext_lazy("field, watch", "What happened"),
            max_length=2000,
            widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        ),
        "category": fields.Category(label=pgettext_lazy("field, watch", "Category")),
        "event_at": fields.EventMoment(
            label=pgettext_lazy("field, watch", "When"),
            help_text=_("for example 14:05 local time; now, if left empty"),
        ),
        "from_whom": forms.CharField(
            label=pgettext_lazy("field, watch", "Received from"), required=False, max_length=120
        ),
        "channel": Terms("watch_channel", label=pgettext_lazy("field, watch", "Channel"), required=False),
        "action_taken": reason_field(_("What was done"), 1000, required=False),
        "links": fields.numbers(pgettext_lazy("field, watch", "About"), help_text=_("report, bulletin or hit numbers")),
        "to_do": forms.BooleanField(label=_("Keep open until done"), required=False),
        "corrects": forms.UUIDField(
            label=pgettext_lazy("field, watch", "Corrects"), required=False, widget=forms.HiddenInput
        ),
        "closes": forms.UUIDField(
            label=pgettext_lazy("field, watch", "Closes"), required=False, widget=forms.HiddenInput
        ),
    },
    otherwise=Refusals.WATCH_IS_CLOSED,
)
def log_watch_entry(
    actor: Actor,
    row: Watch,
    *,
    text: str,
    category: str,
    event_at: datetime.datetime | None = None,
    from_whom: str = "",
    channel: str = "",
    action_taken: str = "",
    links: Iterable[str] = (),
    to_do: bool = False,
    corrects: uuid.UUID | None = None,
    closes: uuid.UUID | None = None,
) -> Watch:
    """Write an entry; it stays as it is, and a correction is the next one."""
    now = timezone.now()
    ahead = datetime.timedelta(minutes=vocabulary.detail("watch_limit", "ahead")["minutes"])
    if event_at is not None and event_at > now + ahead:
        raise ValidationError({"event_at": _now("This time is in the future. Enter when it happened.")})
    found, unknown = queries.linked(actor, list(links))
    if unknown:
        names = ", ".join(unknown)[:200]
        raise ValidationError({"links": _now("Your desk cannot see a record %(numbers)s.") % {"numbers": names}})
    add(
        actor,
        row,
        text=text,
        category=category,
        event_at=event_at,
        from_whom=from_whom,
        channel=channel,
        action_taken=action_taken,
        links=found,
        to_do=to_do,
        corrects=_referred(actor, corrects, "corrects"),
        closes=_done(actor, closes),
    )
    return row


def _referred(actor: Actor, key: uuid.UUID | None, at: str) -> WatchEntry | None:
    if key is None:
        return None
    found = queries.find_log_entry(actor, key)
    if found is None:
        raise ValidationError({at: _now("This entry is not in your desk's log.")})
    return found


def _done(actor: Actor, key: uuid.UUID | None) -> WatchEntry | None:
    """The open item that an entry closes. The lock of the watch keeps two from closing one item."""
    found = _referred(actor, key, "closes")
    if found is not None and (not found.to_do or queries.closed_by([found])):
        raise ValidationError({"closes": _now("This entry is not open: it is done, or needs no action.")})
    return found
