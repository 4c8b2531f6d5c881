"""Adding, changing and ending the entries of watchlists."""

import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.screening import policy, queries
from apps.screening.actions.lists import readers
from apps.screening.managers import KEPT, LIMITING
from apps.screening.matching import Identity, entry_keys, prepare
from apps.screening.models import Entry, EntryKey, EntryVersion, Instruction, WatchList
from apps.screening.queries import consequences, identities, visibility
from apps.screening.refusals import Refusals

S = Entry.State
KINDS = [(code, words) for code, words in Entry.Kind.choices if code in Entry.SCREENED]
"""Kinds of entry that people write: those that travellers are compared with. Of another nobody would ever hear."""

LONGEST_REASON, LONGEST_WHY = 2000, 300


class _Same:
    """Of an optional input: it was not sent, so the column stays as it is."""


SAME: Final = _Same()


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], help_text=help_text)


def _entry_fields(required: bool) -> dict[str, forms.Field]:
    """The input of an entry; for a change everything is optional."""
    return {
        "subject": forms.JSONField(
            label=pgettext_lazy("field, screening", "Subject"),
            required=required,
            help_text=_("identity object, as defined in the matching contract"),
        ),
        "instruction": forms.ChoiceField(
            label=pgettext_lazy("field, screening", "Instruction"), required=required, choices=Instruction.choices
        ),
        "visibility": forms.JSONField(
            label=pgettext_lazy("field, screening", "Visibility"),
            required=False,
            help_text=_(
                '{"screen_for": [PARTY…] or "all", "functions": [FUNCTION…] or "all", "hit_visible_to": "owner",'
                ' "owner_and_acting" or "all", "reason_visible_to": "owner", "owner_and_jrcc" or "all"}'
            ),
        ),
        "valid_from": _day(
            pgettext_lazy("words, screening", "Valid from"), _("first day, YYYY-MM-DD; if empty, from the start")
        ),
        "valid_until": _day(pgettext_lazy("words, screening", "Valid until"), _("last day, YYYY-MM-DD")),
        "review_on": _day(
            pgettext_lazy("words, screening", "Review due"),
            _("date, YYYY-MM-DD; if empty, the latest that the list allows"),
        ),
        "quality": forms.ChoiceField(
            label=pgettext_lazy("field, screening", "Quality"),
            required=False,
            choices=[("", ""), *((grade, grade) for grade in "ABCD")],
        ),
        "reason": forms.CharField(
            label=pgettext_lazy("field, screening", "Reason"), required=False, max_length=LONGEST_REASON
        ),
    }


@action(
    "entry.create",
    model=Entry,
    label=_("Add an entry"),
    done=_("Added a watchlist entry"),
    policy=policy.may_keep_lists,
    ends=S.ACTIVE,
    takes={
        "list": forms.CharField(
            label=pgettext_lazy("field, screening", "List"),
            max_length=30,
            help_text=_("code of one of your party's watchlists"),
        ),
        "reference": forms.CharField(
            label=pgettext_lazy("field, screening", "Reference"), max_length=60, help_text=_("unique within the list")
        ),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, screening", "Kind"),
            required=False,
            choices=KINDS,
            error_messages={"invalid_choice": identities.UNUSED_KIND},
        ),
        **_entry_fields(required=True),
    },
    binding=Binding(consequences.of_entry),
)
def create_watchlist_entry(
    actor: Actor,
    _row: None,
    *,
    list: str,
    reference: str,
    subject: dict[str, Any],
    instruction: str,
    visibility: Any = None,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    review_on: datetime.date | None = None,
    quality: str = "",
    reason: str = "",
    kind: str = "",
) -> Entry:
    """Put a person or document on a list of one's own party; everybody still to arrive is screened with it.

    With a first day to come that is done on that day. Refused("not-list-owner") for another party's list, whether
    there is one of that code or not.
    """
    home = own_list(actor, list)
    identity, kind = identities.check_subject(subject), _kind(kind, subject)
    if Entry.objects.filter(list=home, reference=reference).exists():
        raise ValidationError({"reference": _("The list already has an entry with this reference.")})
    seen = _visibility(visibility)
    entry = Entry.objects.create(
        list=home,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.CONFIDENTIAL,
        reference=reference,
        kind=kind,
        subject={part: value for part, value in subject.items() if part != "kind"},
        display_name=identities.title(subject),
        instruction=instruction,
        reason=reason,
        quality=quality,
        **seen.columns(),
        **_days(valid_from, _last_day(valid_until)),
        review_on=_review(home.kind, review_on),
    )
    share_many(actor, [entry], readers(actor.party_code, actor.desk_id))
    _write_keys(entry, identity)
    EntryVersion.objects.keep_saved([entry.pk], seat_id=actor.seat_id)
    emit("entry.changed", entry, {"version": entry.version})
    return entry


def _kind(kind: str, subject: dict[str, Any]) -> str:
    """The kind of a new entry: as its own input or its subject says; they may not say two things."""
    if kind and subject.get("kind") not in (None, "", kind):
        raise ValidationError({"kind": _("The subject says another kind. Send one of them.")})
    return kind or identities.kind_of(subject)


def own_list(actor: Actor, code: str) -> WatchList:
    """The actor's own list of this code, locked, so that two entries cannot take one reference."""
    lists = queries.own_lists(actor)
    home = lists.select_for_update(of=("self",), no_key=True).filter(code=code).first()
    if home is not None:
        return home
    if not code.startswith(f"{actor.party_code}-"):
        raise Refused(Refusals.NOT_LIST_OWNER)
    raise ValidationError({"list": _("Your party has no open watchlist %(code)s.") % {"code": code}})


def _visibility(value: Any) -> visibility.Visibility:
    return visibility.read_visibility(
        value, queries.known_codes() if value else visibility.Known(frozenset(), frozenset())
    )


def _last_day(day: datetime.date | None) -> datetime.date | None:
    if day is not None and day < visibility.region_today():
        raise ValidationError({"valid_until": _("This date has passed. Enter today or a later date.")})
    return day


def _days(first: datetime.date | None, last: datetime.date | None) -> dict[str, datetime.date | None]:
    """The days on which an entry is used, as columns."""
    if first is not None and last is not None and first > last:
        text = _("The first day is after the last day, %(last)s. Enter an earlier first day or a later last day.")
        raise ValidationError({"valid_from": text % {"last": last.isoformat()}})
    return {"valid_from": first, "begins_on": visibility.ahead(first), "valid_until": last}


def _review(kind: str, day: datetime.date | None) -> datetime.date:
    """The day of review: the one that was chosen, if the kind of list allows it, else the last that it allows."""
    today = visibility.region_today()
    last = queries.limits(today).review_after(kind, today)
    if day is not None and not today <= day <= last:
        text = _("Choose a date from today to %(last)s, the latest review date for this list.")
        raise ValidationError({"review_on": text % {"last": last.isoformat()}})
    return day or last


def _write_keys(entry: Entry, identity: Identity) -> None:
    keys = entry_keys(identity) if entry.kind in Entry.SCREENED else set()
    EntryKey.objects.rewrite({entry.pk: keys})


def _write_version(actor: Actor, entry: Entry, why: str) -> None:
    """Keep an entry as its action's door is about to save it, one version on."""
    EntryVersion.objects.create(
        entry=entry,
        number=entry.version + 1,
        seat_id=actor.seat_id,
        why=why,
        **{name: getattr(entry, name) for name in KEPT},
    )


@action(
    "entry.change",
    model=Entry,
    label=pgettext_lazy("button, screening", "Change"),
    done=_("Changed a watchlist entry"),
    policy=policy.may_change_entry,
    starts={S.ACTIVE, S.EXPIRED},
    ends=S.ACTIVE,
    takes={
        **_entry_fields(required=False),
        "why": forms.CharField(label=_("Why it changes"), required=False, max_length=LONGEST_WHY),
    },
)
def change_watchlist_entry(
    actor: Actor,
    entry: Entry,
    *,
    subject: Any = None,
    instruction: str = "",
    visibility: Any = SAME,
    valid_from: Any = SAME,
    valid_until: Any = SAME,
    review_on: datetime.date | None = None,
    quality: Any = SAME,
    reason: Any = SAME,
    why: str = "",
) -> Entry:
    """Make a new version of an entry; what is not sent stays. An expired entry needs a new last day and lives again."""
    identity = identities.check_subject(subject or entry.subject)
    entry.subject = {part: value for part, value in (subject or entry.subject).items() if part != "kind"}
    entry.display_name = identities.title(entry.subject)
    entry.instruction = instruction or entry.instruction
    seen = {} if visibility is SAME else _visibility(visibility).columns()
    first = entry.valid_from if valid_from is SAME else valid_from
    last = _last_day(entry.valid_until if valid_until is SAME else valid_until)
    for name, value in (seen | _days(first, last)).items():
        setattr(entry, name, value)
    if review_on not in (None, entry.review_on):
        entry.review_on, entry.reminded_on = _review(entry.list.kind, review_on), None
    entry.quality = entry.quality if quality is SAME else quality
    entry.reason = entry.reason if reason is SAME else reason
    entry.state = S.ACTIVE
    # the keys copy what is saved
    Entry.objects.filter(pk=entry.pk).update(**{name: getattr(entry, name) for name in LIMITING})
    _write_keys(entry, identity)
    _write_version(actor, entry, why)
    emit("entry.changed", entry, {"version": entry.version + 1})
    return entry


@action(
    "entry.review",
    model=Entry,
    label=pgettext_lazy("button, screening", "Still needed"),
    done=_("Confirmed that an entry is still needed"),
    policy=policy.may_change_entry,
    starts=Entry.KEPT_UP,
    ends=S.ACTIVE,
    takes={
        "why": forms.CharField(label=_("Why it is still needed"), max_length=LONGEST_WHY),
        "review_on": _day(
            pgettext_lazy("field, screening", "Review on"),
            _("date, YYYY-MM-DD; if empty, the latest that the list allows"),
        ),
    },
)
def review_watchlist_entry(actor: Actor, entry: Entry, *, why: str, review_on: datetime.date | None = None) -> Entry:
    """Say that an entry was looked at and is still needed; it is due again on a later day.

    A suspended one is in use again, and everybody still to arrive is compared with it.
    """
    entry.review_on, entry.reminded_on = _review(entry.list.kind, review_on), None
    if entry.state == S.SUSPENDED:
        entry.state = S.ACTIVE
        _write_keys(entry, prepare(entry.subject, strict=False))
        emit("entry.changed", entry, {"version": entry.version + 1})
    _write_version(actor, entry, why)
    return entry


@action(
    "entry.withdraw",
    model=Entry,
    label=pgettext_lazy("button, screening", "Withdraw"),
    done=_("Withdrew a watchlist entry"),
    policy=policy.may_change_entry,
    starts={*Entry.KEPT_UP, S.EXPIRED},
    ends=S.WITHDRAWN,
    takes={
        "reason": forms.CharField(
            label=_("Reason for withdrawal"), max_length=LONGEST_WHY, help_text=_("kept in the entry's history")
        )
    },
    danger=True,
    binding=Binding(consequences.of_withdrawal),
)
def withdraw_watchlist_entry(actor: Actor, entry: Entry, *, reason: str) -> Entry:
    """Take an entry out of use for good: nobody is compared with it any more, its hits and history stay."""
    return _end(actor, entry, S.WITHDRAWN, reason)


@action(
    "entry.expire",
    model=Entry,
    label=pgettext_lazy("button, screening", "Expire"),
    done=_("Ended a watchlist entry after its last day"),
    policy=policy.may_run_lists,
    starts=Entry.KEPT_UP,
    ends=S.EXPIRED,
    automatic=True,
)
def expire_watchlist_entry(actor: Actor, entry: Entry, *, today: datetime.date | None = None) -> Entry:
    """End an entry whose last day is over everywhere in the region."""
    if entry.valid_until is None or entry.valid_until >= (today or visibility.region_today()):
        raise Refused("wrong-state")
    return _end(actor, entry, S.EXPIRED, "")


def _end(actor: Actor, entry: Entry, state: str, why: str) -> Entry:
    entry.state = state
    EntryKey.objects.rewrite({entry.pk: ()})
    _write_version(actor, entry, why)
    emit("entry.ended", entry, {"version": entry.version + 1})
    return entry
