"""The document of a report: letter, numbered sections, the figure as a table, attachments. Equal input, equal bytes."""

import datetime
import json
from collections.abc import Iterator

from apps.documents.rendering import (
    Block,
    Document,
    Heading,
    KeyValues,
    Listing,
    Marking,
    Note,
    PageBreak,
    Paragraph,
    Table,
    to_data,
)
from apps.reports.rules import words
from apps.reports.rules.documents.facts import Printed, PrintedSection

FORMAT = "caricom-report/1"


def printed(report: Printed) -> Document:
    """The report as a document, dated on the day of its knowledge."""
    at = report.known_at.astimezone(datetime.UTC)
    return Document(
        title=report.title,
        reference=report.reference,
        marking=Marking(report.level, report.caveat),
        version=report.version,
        date=at.replace(hour=0, minute=0, second=0, microsecond=0),
        blocks=(*_about(report), *_letter(report), *_body(report), *_figure(report), *_attachments(report)),
        fictional=report.fictional,
    )


def as_json(document: Document) -> bytes:
    """The document as data."""
    content = {"format": FORMAT, "document": to_data(document)}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _about(report: Printed) -> Iterator[Block]:
    pairs = [
        ("To", report.addressee),
        ("As of", words.day(report.as_of)),
        ("As known on", words.day(report.known_at.astimezone(datetime.UTC).date())),
        ("Covers", report.covers),
    ]
    yield KeyValues(tuple((name, said) for name, said in pairs if said))


def _at(report: Printed, place: str) -> list[PrintedSection]:
    return [section for section in report.sections if section.place == place]


def _letter(report: Printed) -> Iterator[Block]:
    for section in _at(report, "letter"):
        yield from (Paragraph(sentence) for sentence in section.sentences)
        yield from _gaps(section)


def _body(report: Printed) -> Iterator[Block]:
    for number, section in enumerate(_at(report, "body"), start=1):
        yield Heading(f"{number}. {section.title}")
        yield from _said(section)
        yield from _gaps(section)


def _said(section: PrintedSection) -> Iterator[Block]:
    if section.listed and section.sentences:
        yield Listing(tuple((Paragraph(sentence),) for sentence in section.sentences))
    elif section.sentences:
        yield Paragraph(" ".join(section.sentences))
    elif not section.gaps:
        yield Paragraph("Nothing to report.")


def _gaps(section: PrintedSection) -> Iterator[Block]:
    yield from (Note(gap, "Not known") for gap in section.gaps)


def _figure(report: Printed) -> Iterator[Block]:
    if report.bars:
        rows = tuple((bar.name, f"{bar.n} of {bar.of}") for bar in report.bars)
        yield Table(("System", "Member States"), rows, caption=report.bar_title, kinds=("text", "number"))


def _attachments(report: Printed) -> Iterator[Block]:
    for section in _at(report, "attachment"):
        yield PageBreak()
        yield Heading(section.title)
        yield from _said(section)
        if section.lines:
            yield Listing(tuple((Paragraph(line),) for line in section.lines))
        yield from _gaps(section)
