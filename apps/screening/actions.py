"""Everything that changes watchlists and their entries."""

import datetime
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.models import Level
from apps.access.refused import Refused
from apps.access.sharing import share_many
from apps.people.queries import desk_ids
from apps.screening import identities, policy, visibility
from apps.screening.list_files import COMPARED, Line, differs
from apps.screening.matching import Identity, entry_keys
from apps.screening.models import Entry, EntryKey, EntryVersion, Instruction, WatchList

S = Entry.State
LIST_CODE = r"^[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}$"
LONGEST_REASON, LONGEST_WHY = 2000, 300


class _Same:
    """Of an optional input: it was not sent, so the column stays as it is."""


SAME: Final = _Same()


def _entry_fields(required: bool) -> dict[str, forms.Field]:
    """The input of an entry; for a change everything is optional."""
    return {
        "subject": forms.JSONField(
            label=_("Subject"), required=required, help_text=_("IDENTITY of the matching contract")
        ),
        "instruction": forms.ChoiceField(label=_("Instruction"), required=required, choices=Instruction.choices),
        "visibility": forms.JSONField(
            label=_("Visibility"),
            required=False,
            help_text=_('{"screen_for": [PARTY…] or "all", "hit_visible_to": "owner", "owner_and_acting" or "all"}'),
        ),
        "valid_until": forms.DateField(
            label=_("Valid until"), required=False, input_formats=["%Y-%m-%d"], help_text=_("last day, YYYY-MM-DD")
        ),
        "reason": forms.CharField(label=_("Reason"), required=False, max_length=LONGEST_REASON),
    }


@action(
    "list.open",
    model=WatchList,
    label=_("Open a list"),
    policy=policy.may_keep_lists,
    ends=WatchList.State.OPEN,
    takes={
        "code": forms.RegexField(
            LIST_CODE, label=_("Code"), help_text=_("your party's code, a hyphen and a word in capitals: JAM-WATCH")
        ),
        "name": forms.CharField(label=_("Name"), max_length=100),
        "kind": forms.ChoiceField(label=_("Kind"), choices=WatchList.Kind.choices),
    },
)
def open_list(actor: Actor, _row: None, *, code: str, name: str, kind: str) -> WatchList:
    """Open a list of one's own party; its code begins with the party's code."""
    if not code.startswith(f"{actor.party_code}-"):
        raise ValidationError({"code": _("Begin the code with %(party)s-.") % {"party": actor.party_code}})
    return _make_list(actor, code=code, name=name, kind=kind, owner_id=actor.desk_id, party=actor.party_code)


@action(
    "list.open_for",
    model=WatchList,
    label=_("Open a list for a party"),
    policy=policy.may_run_lists,
    ends=WatchList.State.OPEN,
    automatic=True,
)
def open_list_for(actor: Actor, _row: None, *, code: str, desk_id: int, party: str) -> WatchList:
    """Open the list that an operator's file names, for the desk that will keep it."""
    return _make_list(actor, code=code, name=code, kind=WatchList.Kind.NATIONAL, owner_id=desk_id, party=party)


def _make_list(actor: Actor, *, code: str, name: str, kind: str, owner_id: int, party: str) -> WatchList:
    if WatchList.objects.filter(code=code).exists():
        raise ValidationError({"code": _("There is a list of this code already.")})
    row = WatchList.objects.create(
        code=code, name=name, kind=kind, owner_id=owner_id, originator_id=party, level=Level.OFFICIAL
    )
    share_many(actor, [row], _readers(party, owner_id))
    return row


def _readers(party: str, *desks: int) -> set[int]:
    """Who sees a party's lists and entries: the desks that keep them, and the JRCC that screens with them."""
    named = desk_ids(f"{party}.intelligence", f"{party}.border", "JRCC.watch", "JRCC.automation")
    return {*named, *desks}


@action(
    "entry.create",
    model=Entry,
    label=_("Add an entry"),
    policy=policy.may_keep_lists,
    ends=S.ACTIVE,
    takes={
        "list": forms.CharField(label=_("List"), max_length=30, help_text=_("code of a list of your party")),
        "reference": forms.CharField(label=_("Reference"), max_length=60, help_text=_("unique within the list")),
        "kind": forms.ChoiceField(label=_("Kind"), required=False, choices=Entry.Kind.choices),
        **_entry_fields(required=True),
    },
)
def create(
    actor: Actor,
    _row: None,
    *,
    list: str,
    reference: str,
    subject: dict[str, Any],
    instruction: str,
    visibility: Any = None,
    valid_until: datetime.date | None = None,
    reason: str = "",
    kind: str = "",
) -> Entry:
    """Put a person or document on a list of one's own party; everybody still to arrive is screened with it.

    Refused("not-list-owner") for another party's list, whether there is one of that code or not.
    """
    home = _own_list(actor, list)
    identity = identities.checked(subject)
    if Entry.objects.filter(list=home, reference=reference).exists():
        raise ValidationError({"reference": _("The list has an entry of this reference already.")})
    screen_for, told = _visibility(visibility)
    entry = Entry.objects.create(
        list=home,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.CONFIDENTIAL,
        reference=reference,
        kind=kind or Entry.Kind.PERSON,
        subject=subject,
        display_name=identities.title(subject),
        instruction=instruction,
        reason=reason,
        screen_for=screen_for,
        hit_visible_to=told,
        valid_until=_last_day(valid_until),
    )
    share_many(actor, [entry], _readers(actor.party_code, actor.desk_id))
    _write_keys(entry, identity)
    EntryVersion.objects.keep_saved([entry.pk], seat_id=actor.seat_id)
    emit("entry.changed", entry, {"version": entry.version})
    return entry


def _own_list(actor: Actor, code: str) -> WatchList:
    """The actor's own list of this code, locked, so that two entries cannot take one reference."""
    lists = WatchList.objects.visible_to(actor).filter(state=WatchList.State.OPEN, originator_id=actor.party_code)
    home = lists.select_for_update(of=("self",)).filter(code=code).first()
    if home is not None:
        return home
    if not code.startswith(f"{actor.party_code}-"):
        raise Refused("may-not", "not-list-owner")
    raise ValidationError({"list": _("Your party has no open list %(code)s.") % {"code": code}})


def _visibility(value: Any) -> tuple[list[str] | None, str]:
    return visibility.read(value, {party.code for party in visibility.states()} if value else set())


def _last_day(day: datetime.date | None) -> datetime.date | None:
    if day is not None and day < visibility.region_today():
        raise ValidationError({"valid_until": _("This day is over. Enter today or a later day.")})
    return day


def _write_keys(entry: Entry, identity: Identity) -> None:
    keys = entry_keys(identity) if entry.kind in Entry.SCREENED else set()
    EntryKey.objects.rewrite({entry.pk: keys})


def _write_version(actor: Actor, entry: Entry, why: str) -> None:
    """Keep an entry as its action's door is about to save it, one version on."""
    copied = ("subject", "instruction", "state", "valid_until", "screen_for", "hit_visible_to")
    EntryVersion.objects.create(
        entry=entry,
        number=entry.version + 1,
        seat_id=actor.seat_id,
        why=why,
        **{name: getattr(entry, name) for name in copied},
    )


@action(
    "entry.change",
    model=Entry,
    label=_("Change"),
    policy=policy.may_change_entry,
    starts={S.ACTIVE, S.EXPIRED},
    ends=S.ACTIVE,
    takes={
        **_entry_fields(required=False),
        "why": forms.CharField(label=_("Why it changes"), required=False, max_length=LONGEST_WHY),
    },
)
def change(
    actor: Actor,
    entry: Entry,
    *,
    subject: Any = None,
    instruction: str = "",
    visibility: Any = SAME,
    valid_until: Any = SAME,
    reason: Any = SAME,
    why: str = "",
) -> Entry:
    """Make a new version of an entry; what is not sent stays. An expired entry needs a new last day and lives again."""
    entry.subject = subject or entry.subject
    identity = identities.checked(entry.subject)
    entry.display_name = identities.title(entry.subject)
    entry.instruction = instruction or entry.instruction
    if visibility is not SAME:
        entry.screen_for, entry.hit_visible_to = _visibility(visibility)
    entry.valid_until = _last_day(entry.valid_until if valid_until is SAME else valid_until)
    entry.reason = entry.reason if reason is SAME else reason
    entry.state = S.ACTIVE
    # the keys copy what the row says
    Entry.objects.filter(pk=entry.pk).update(screen_for=entry.screen_for)
    _write_keys(entry, identity)
    _write_version(actor, entry, why)
    emit("entry.changed", entry, {"version": entry.version + 1})
    return entry


@action(
    "entry.withdraw",
    model=Entry,
    label=_("Withdraw"),
    policy=policy.may_change_entry,
    starts={S.ACTIVE, S.EXPIRED},
    ends=S.WITHDRAWN,
    takes={
        "reason": forms.CharField(
            label=_("Why it is withdrawn"), max_length=LONGEST_WHY, help_text=_("kept in the entry's history")
        )
    },
)
def withdraw(actor: Actor, entry: Entry, *, reason: str) -> Entry:
    """Take an entry out of use for good: nobody is compared with it any more, its hits and history stay."""
    return _end(actor, entry, S.WITHDRAWN, reason)


@action(
    "entry.expire",
    model=Entry,
    label=_("Expire"),
    policy=policy.may_run_lists,
    starts={S.ACTIVE},
    ends=S.EXPIRED,
    automatic=True,
)
def expire(actor: Actor, entry: Entry, *, today: datetime.date | None = None) -> Entry:
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


@action(
    "list.take_in",
    model=WatchList,
    label=_("Take in a file"),
    policy=policy.may_run_lists,
    starts={WatchList.State.OPEN},
    ends=WatchList.State.OPEN,
    automatic=True,
)
def take_in(actor: Actor, home: WatchList, *, lines: Sequence[Line], counts: dict[str, int]) -> WatchList:
    """Bring the entries of some lines of a list file up to the file, adding to `counts` what was done.

    For at most a thousand lines with different references. Emits one `list.changed` with the ids of the entries that
    are new or changed, in place of `entry.changed` and `entry.ended` for each.
    """
    known = {e.reference: e for e in Entry.objects.filter(list=home, reference__in=[x.reference for x in lines])}
    new = [(_new_entry(home, line), line) for line in lines if line.reference not in known]
    stale = [(known[x.reference], x) for x in lines if x.reference in known and differs(known[x.reference], x)]
    Entry.objects.bulk_create([entry for entry, _ in new])
    share_many(actor, [entry for entry, _ in new], _readers(home.originator_id, home.owner_id))
    for entry, line in stale:
        _take_over(entry, line, actor.seat_id)
    changed = [*COMPARED, "display_name", "state", "version", "changed_at", "changed_by_seat_id"]
    Entry.objects.bulk_update([entry for entry, _ in stale], changed)
    written = [*new, *stale]
    EntryKey.objects.rewrite({e.pk: line.keys if e.state == S.ACTIVE else () for e, line in written})
    EntryVersion.objects.keep_saved([entry.pk for entry, _ in written], seat_id=actor.seat_id)
    _count(counts, created=len(new), updated=len(stale), unchanged=len(lines) - len(written))
    if written:
        emit("list.changed", home, {"entries": [str(entry.pk) for entry, _ in written]})
    return home


def _new_entry(home: WatchList, line: Line) -> Entry:
    return Entry(
        list=home,
        owner_id=home.owner_id,
        originator_id=home.originator_id,
        level=Level.CONFIDENTIAL,
        reference=line.reference,
        state=line.state,
        **line.columns(),
    )


def _take_over(entry: Entry, line: Line, seat_id: int) -> None:
    for name, value in line.columns().items():
        setattr(entry, name, value)
    entry.state = line.state
    _touch(entry, seat_id)


def _touch(entry: Entry, seat_id: int) -> None:
    """What the door does for a single record."""
    entry.version += 1
    entry.changed_by_seat_id = seat_id
    entry.changed_at = timezone.now()


def _count(counts: dict[str, int], **more: int) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number


@action(
    "list.drop",
    model=WatchList,
    label=_("Drop what a file no longer has"),
    policy=policy.may_run_lists,
    starts={WatchList.State.OPEN},
    ends=WatchList.State.OPEN,
    automatic=True,
)
def drop(actor: Actor, home: WatchList, *, entries: Sequence[Any], counts: dict[str, int]) -> WatchList:
    """Withdraw active entries (at most a thousand, by id) that the list's file no longer has; adds to `counts`."""
    ended = list(Entry.objects.select_for_update().filter(list=home, pk__in=entries, state=S.ACTIVE).order_by("pk"))
    for entry in ended:
        entry.state = S.WITHDRAWN
        _touch(entry, actor.seat_id)
    Entry.objects.bulk_update(ended, ["state", "version", "changed_at", "changed_by_seat_id"])
    EntryKey.objects.rewrite({entry.pk: () for entry in ended})
    why = "No longer in the list's file"
    EntryVersion.objects.keep_saved([entry.pk for entry in ended], seat_id=actor.seat_id, why=why)
    _count(counts, withdrawn=len(ended))
    emit("list.changed", home, {"entries": [str(entry.pk) for entry in ended]})
    return home
