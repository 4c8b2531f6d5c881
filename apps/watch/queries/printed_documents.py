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
        (pgettext("words, watch", "Kind"), what),
        (_("What to do"), (Run(do, bold=True),)),
        (pgettext("words, watch", "Area"), row.area),
        (
            pgettext("words, watch", "In force"),
            pgettext("words, watch", "%(a)s to %(b)s UTC") % {"a": moment(row.valid_from), "b": moment(row.valid_to)},
        ),
        (pgettext("sender, watch", "From"), row.originator.name),
    ]
    blocks: list[Block] = []
    if row.state == Bulletin.State.CANCELLED:
        blocks.append(Note(row.reason, pgettext("words, watch", "Cancelled")))
    blocks += [
        KeyValues(tuple(about)),
        *from_markdown(row.text),
        Heading(pgettext("words, watch", "Short form")),
        Paragraph(row.short_text),
    ]
    return Document(
        title=row.title,
        reference=row.number or pgettext("words, watch", "draft"),
        marking=marking_of(row.level, row.tlp),
        version=str(row.edition),
        date=row.issued_at or row.created_at,
        blocks=tuple(blocks),
        fictional=settings.DEMO,
    )


def watch(row: Watch, entries: Sequence[WatchEntry], handed: Handover | None, checked: Checked) -> Document:
    """A watch with all its entries, the hand-over and what the chain says."""
    held = pgettext("words, watch", "%(n)s entries, verified") % {"n": checked.entries}
    broken = _("ALTERED at entry %(n)s: %(fault)s") % {"n": checked.serial, "fault": checked.fault}
    about = [
        (pgettext("words, watch", "Desk"), row.owner.code),
        (_("Officer in charge"), row.officer.name_at(row.originator_id)),
        (pgettext("period, watch", "From"), f"{moment(row.opened_at)} UTC"),
        (
            pgettext("words, watch", "To"),
            f"{moment(row.closed_at)} UTC" if row.closed_at else pgettext("words, watch", "on duty"),
        ),
        (pgettext("words, watch", "Log"), broken if checked.fault else held),
    ]
    blocks: list[Block] = [KeyValues(tuple(about)), Heading(pgettext("of a log", "Entries"))]
    head = (
        pgettext("column, watch", "No."),
        pgettext("column, watch", "Event (UTC)"),
        pgettext("of a log", "Entry"),
        pgettext("column, watch", "By"),
    )
    lines = tuple(
        (str(one.serial), moment(one.event_at), _said(one), one.person.name_at(row.originator_id))
        for one in sorted(entries, key=lambda one: one.serial)
    )
    blocks.append(Table(head, lines, kinds=("number", "text", "text", "text")))
    if handed is not None:
        blocks += [
            Heading(pgettext("words, watch", "Handover")),
            KeyValues(tuple(_signatures(handed, row.originator_id))),
        ]
    return Document(
        title=pgettext("heading, watch", "Watch log %(number)s") % {"number": row.number},
        reference=row.number,
        marking=marking_of(row.level),
        version=str(row.last_serial),
        date=row.closed_at or row.changed_at,
        blocks=tuple(blocks),
        fictional=settings.DEMO,
    )


def _said(one: WatchEntry) -> str:
    parts = [one.text]
    parts += [pgettext("words, watch", "From %(whom)s.") % {"whom": one.from_whom}] if one.from_whom else []
    parts += [pgettext("words, watch", "Done: %(what)s") % {"what": one.action_taken}] if one.action_taken else []
    parts += [pgettext("words, watch", "Corrects entry %(n)s.") % {"n": one.corrects.serial}] if one.corrects else []
    parts += [pgettext("words, watch", "Closes entry %(n)s.") % {"n": one.closes.serial}] if one.closes else []
    return "\n".join(parts)


def _signatures(handed: Handover, party: str) -> list[tuple[str, str]]:
    found = [
        (
            pgettext("words, watch", "Outgoing officer"),
            f"{handed.outgoing.name_at(party)}, {moment(handed.started_at)} UTC",
        )
    ]
    if handed.incoming is not None and handed.ended_at is not None:
        found.append(
            (
                pgettext("words, watch", "Incoming officer"),
                f"{handed.incoming.name_at(party)}, {moment(handed.ended_at)} UTC",
            )
        )
    items = "\n".join(f"{one['watch']}, {one['serial']}: {one['text']}" for one in handed.items)
    found += [
        (pgettext("words, watch", "Open items"), items or pgettext("words, watch", "none")),
        (_("Signed list (SHA-256)"), handed.sha256),
    ]
    return found + ([(pgettext("words, watch", "Remarks"), handed.remarks)] if handed.remarks else [])


def make_digest_document(
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
            Table(
                (pgettext("words, watch", "Category"), pgettext("words, watch", "Reports")),
                lines,
                kinds=("text", "number"),
            ),
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
