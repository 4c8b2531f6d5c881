"""Bulletins, watches and digests as documents: from loaded rows to a description that every renderer draws."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.documents.rendering import (
    Block,
    Document,
    Heading,
    KeyValues,
    Marking,
    Note,
    Paragraph,
    Run,
    Table,
    Text,
    from_markdown,
)
from apps.documents.rendering.words import moment
from apps.rifc.queries import vocabulary
from apps.watch.models import Bulletin, Digest, Handover, Watch, WatchEntry
from apps.watch.queries.digests import Entry
from apps.watch.rules.chain import Checked


def marking_of(level: int, tlp: str = "") -> Marking:
    """The line at head and foot of each page."""
    return Marking(vocabulary.classification(level).code, f"TLP:{tlp}" if tlp else "")


def bulletin(row: Bulletin) -> Document:
    """A bulletin on one page."""
    what = vocabulary.label_of("bulletin_kind", row.kind)
    if row.subject:
        what += f": {vocabulary.label_of('bulletin_subject', row.subject).lower()}"
    do = vocabulary.label_of("bulletin_instruction", row.instruction)
    about: list[tuple[str, Text]] = [
        (_("Kind"), what),
        (_("What to do"), (Run(do, bold=True),)),
        (_("Area"), row.area),
        (_("In force"), _("%(a)s to %(b)s UTC") % {"a": moment(row.valid_from), "b": moment(row.valid_to)}),
        (_("From"), row.originator.name),
    ]
    blocks: list[Block] = []
    if row.state == Bulletin.State.CANCELLED:
        blocks.append(Note(row.reason, _("Cancelled")))
    blocks += [KeyValues(tuple(about)), *from_markdown(row.text), Heading(_("Short form")), Paragraph(row.short_text)]
    return Document(
        title=row.title,
        reference=row.number or _("draft"),
        marking=marking_of(row.level, row.tlp),
        version=str(row.edition),
        date=row.issued_at or row.created_at,
        blocks=tuple(blocks),
        fictional=settings.DEMO,
    )


def watch(row: Watch, entries: Sequence[WatchEntry], handed: Handover | None, checked: Checked) -> Document:
    """A watch with all its entries, the hand-over and what the chain says."""
    held = _("%(n)s entries, verified") % {"n": checked.entries}
    broken = _("BROKEN at entry %(n)s: %(fault)s") % {"n": checked.serial, "fault": checked.fault}
    about = [
        (_("Desk"), row.owner.code),
        (_("Officer in charge"), row.officer.name_at(row.originator_id)),
        (_("From"), f"{moment(row.opened_at)} UTC"),
        (_("To"), f"{moment(row.closed_at)} UTC" if row.closed_at else _("on duty")),
        (_("Chain"), broken if checked.fault else held),
    ]
    blocks: list[Block] = [KeyValues(tuple(about)), Heading(pgettext("of a log", "Entries"))]
    head = (_("No."), _("Event (UTC)"), pgettext("of a log", "Entry"), _("By"))
    lines = tuple(
        (str(one.serial), moment(one.event_at), _said(one), one.person.name_at(row.originator_id))
        for one in sorted(entries, key=lambda one: one.serial)
    )
    blocks.append(Table(head, lines, kinds=("number", "text", "text", "text")))
    if handed is not None:
        blocks += [Heading(_("Hand-over")), KeyValues(tuple(_signatures(handed, row.originator_id)))]
    return Document(
        title=_("Watch log %(number)s") % {"number": row.number},
        reference=row.number,
        marking=marking_of(row.level),
        version=str(row.last_serial),
        date=row.closed_at or row.changed_at,
        blocks=tuple(blocks),
        fictional=settings.DEMO,
    )


def _said(one: WatchEntry) -> str:
    parts = [one.text]
    parts += [_("From %(whom)s.") % {"whom": one.from_whom}] if one.from_whom else []
    parts += [_("Done: %(what)s") % {"what": one.action_taken}] if one.action_taken else []
    parts += [_("Corrects entry %(n)s.") % {"n": one.corrects.serial}] if one.corrects else []
    parts += [_("Closes entry %(n)s.") % {"n": one.closes.serial}] if one.closes else []
    return "\n".join(parts)


def _signatures(handed: Handover, party: str) -> list[tuple[str, str]]:
    found = [(_("Outgoing"), f"{handed.outgoing.name_at(party)}, {moment(handed.started_at)} UTC")]
    if handed.incoming is not None and handed.ended_at is not None:
        found.append((_("Incoming"), f"{handed.incoming.name_at(party)}, {moment(handed.ended_at)} UTC"))
    items = "\n".join(f"{one['watch']}, {one['serial']}: {one['text']}" for one in handed.items)
    found += [(_("Open items"), items or _("none")), (_("Signed list (SHA-256)"), handed.sha256)]
    return found + ([(_("Remarks"), handed.remarks)] if handed.remarks else [])


def digest(
    row: Digest, entries: Sequence[tuple[Any, Entry]], counts: Sequence[tuple[str, int]], at: datetime.datetime
) -> Document:
    """A digest: its items in order with their sentence, and the figures."""
    blocks: list[Block] = [Paragraph(row.intro)] if row.intro else []
    for item, one in entries:
        said = f"{one.number}, {one.originator}, {vocabulary.classification(one.level).code}, TLP:{one.tlp}"
        if one.until is not None:
            said += ", " + _("in force until %(when)s UTC") % {"when": moment(one.until)}
        blocks += [Heading(one.title, 2), Paragraph(said)]
        blocks += [Paragraph(item.sentence)] if item.sentence else []
    if counts:
        lines = tuple((name, str(n)) for name, n in counts)
        blocks += [
            Heading(_("Reports by threat category")),
            Table((_("Category"), _("Reports")), lines, kinds=("text", "number")),
        ]
    return Document(
        title=_("Weekly digest, %(a)s to %(b)s") % {"a": row.week_from.isoformat(), "b": row.week_to.isoformat()},
        reference=row.number,
        marking=marking_of(row.level, row.tlp),
        version=str(row.edition),
        date=at,
        blocks=tuple(blocks) or (Paragraph(_("Nothing to report.")),),
        fictional=settings.DEMO,
    )
