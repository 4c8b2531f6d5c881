"""Records that answers gave, as entries of the JRCC's INTERPOL lists; inside other actions.

Such an entry has no search keys: an answer about one person is not a list for others.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.declared_actions import also, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.gateway.models import Check, Finding, Source, SourceRule
from apps.gateway.queries import questions
from apps.people.queries import desk_ids
from apps.screening.models import Entry, EntryVersion, Instruction
from apps.screening.queries import identities

KEEPERS = ("JRCC.watch", "JRCC.automation")
OF_RECORD = ("subject", "display_name", "instruction", "reason", "screen_for", "valid_until")
USUAL = Instruction.QUESTION
"""What an entry asks for where the rule knows no instruction for a colour or status."""


def record_findings(
    actor: Actor,
    source: Source,
    rule: SourceRule,
    found: Mapping[Check, Sequence[dict[str, Any]]],
    now: datetime.datetime,
) -> None:
    """Let the findings of these answered checks be exactly these records; `found` may hold none for a check."""
    if not found:
        return
    records = {record["id"]: record for held in found.values() for record in held}
    entries = _entries(actor, source, rule, records, now)
    there = [Finding(check_row=check, entry=entries[record["id"]]) for check, held in found.items() for record in held]
    Finding.objects.bulk_create(
        there,
        update_conflicts=True,
        unique_fields=["check_row", "entry"],
        update_fields=["ended_at", "why"],
    )
    now_found = {(one.check_row_id, one.entry_id) for one in there}
    standing = questions.live_findings([check.pk for check in found])
    end_findings(
        actor, [one for one in standing if (one.check_row_id, one.entry_id) not in now_found], "source_says_no", now
    )
    if there:
        pairs = [[str(one.check_row.subject_id), str(one.entry_id)] for one in there]
        emit("gateway.found", source, {"pairs": pairs})


def _entries(
    actor: Actor, source: Source, rule: SourceRule, records: Mapping[str, dict[str, Any]], now: datetime.datetime
) -> dict[str, Entry]:
    """{record's id: its entry}, made or brought up to date."""
    home: Any = source.list
    rows = Entry.objects.select_for_update().filter(list=home, reference__in=list(records))
    known = {entry.reference: entry for entry in rows.order_by("pk")}
    told = questions.states_told(rule, list(records.values()), now.date())
    last_day = (now + datetime.timedelta(minutes=rule.keep_minutes)).date() + datetime.timedelta(days=1)
    fresh, changed = [], []
    for reference, record in records.items():
        columns = _columns(source, rule, record) | {"screen_for": told[reference], "valid_until": last_day}
        entry = known.get(reference)
        if entry is None:
            known[reference] = _new_entry(home, reference, source, columns)
            fresh.append(known[reference])
        elif entry.state != Entry.State.ACTIVE or any(getattr(entry, name) != columns[name] for name in OF_RECORD):
            for name, value in columns.items():
                setattr(entry, name, value)
            entry.state = Entry.State.ACTIVE
            changed.append(entry)
    _store_new(actor, fresh)
    _save(actor, changed, "entry.change", "")
    return known


def _columns(source: Source, rule: SourceRule, record: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of a record."""
    kind = record.get("status") or record.get("colour") or ""
    subject = {"documents": [record["document"]]} if source.kind == Source.Kind.DOCUMENTS else record["identity"]
    return {
        "subject": subject,
        "display_name": identities.title(subject) or record["id"],
        "instruction": rule.instructions.get(kind, USUAL),
        "reason": _("%(source)s: %(kind)s. Confirm with the national central bureau before acting.")
        % {"source": source.name, "kind": kind or "–"},
    }


def _new_entry(home: Any, reference: str, source: Source, columns: Mapping[str, Any]) -> Entry:
    return Entry(
        list=home,
        owner_id=home.owner_id,
        originator_id=home.originator_id,
        level=Level.CONFIDENTIAL,
        reference=reference,
        kind=Entry.Kind.DOCUMENT if source.kind == Source.Kind.DOCUMENTS else Entry.Kind.PERSON,
        hit_visible_to=Entry.HitVisibleTo.OWNER_AND_ACTING,
        **columns,
    )


def _store_new(actor: Actor, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    Entry.objects.bulk_create(entries)
    share_many(actor, entries, {*desk_ids(*KEEPERS), *(entry.owner_id for entry in entries)})
    EntryVersion.objects.keep_saved([entry.pk for entry in entries], seat_id=actor.seat_id)
    for entry in entries:
        also("entry.create", entry, after=entry.state)


def _save(actor: Actor, entries: Collection[Entry], verb: str, why: str) -> None:
    """Save changed entries, each as a new version."""
    for entry in entries:
        entry.version += 1
        entry.changed_by_seat_id = actor.seat_id
    columns = [*OF_RECORD, "state", "version", "changed_by_seat_id"]
    Entry.objects.bulk_update(entries, columns)
    EntryVersion.objects.keep_saved([entry.pk for entry in entries], seat_id=actor.seat_id, why=why)
    for entry in entries:
        also(verb, entry, after=entry.state)


def end_findings(actor: Actor, findings: Sequence[Finding], why: str, now: datetime.datetime) -> None:
    """The answers that gave these findings stand no longer: their hits are taken back, and entries without any end."""
    if not findings:
        return
    Finding.objects.filter(pk__in=[one.pk for one in findings]).update(ended_at=now, why=why)
    entries = {one.entry_id: one.entry for one in findings}
    stand = set(Finding.objects.filter(entry__in=list(entries), ended_at=None).values_list("entry_id", flat=True))
    ended = [entry for pk, entry in entries.items() if pk not in stand and entry.state == Entry.State.ACTIVE]
    for entry in ended:
        entry.state = Entry.State.EXPIRED
    _save(actor, ended, "entry.expire", why)
    pairs = [[str(one.check_row.subject_id), str(one.entry_id)] for one in findings]
    emit("gateway.ended", findings[0].check_row, {"pairs": pairs, "reason": why})


def forget_entries(actor: Actor, entries: Iterable[Entry]) -> None:
    """Take out of entries, and of all their versions, whom they meant."""
    rows = list(entries)
    for entry in rows:
        entry.subject, entry.display_name = {}, entry.reference
    EntryVersion.objects.filter(entry__in=rows).update(subject={})
    _save(actor, rows, "entry.forget", "")
