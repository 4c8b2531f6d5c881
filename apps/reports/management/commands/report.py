"""`manage.py report oas --as-of DATE --format md|docx|pdf --out FILE`: the report from the record (CONTRACT.md)."""

import datetime
import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from apps.documents.rendering import Document, to_docx, to_markdown, to_pdf
from apps.people.queries import service_actor
from apps.reports.actions.drafts import known_moment
from apps.reports.queries import compilation, printing_facts
from apps.reports.queries.sources import frame
from apps.reports.rules.documents import printed

FORMATS = {"md": lambda document: to_markdown(document).encode(), "docx": to_docx, "pdf": to_pdf}
KINDS = ("oas",)


class Command(BaseCommand):
    help = "Write a report as of a day, from what was recorded by then. The same days always give the same bytes."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("kind", help="oas: the report to the Committee on Hemispheric Security")
        parser.add_argument("--as-of", required=True, help="the day that it describes, as 2008-01-21")
        parser.add_argument("--known-at", default="", help="what was recorded later is left out; that day unless given")
        parser.add_argument("--format", default="md", help="md, docx or pdf")
        parser.add_argument("--out", required=True, type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        kind, fmt, out = options["kind"], options["format"], options["out"]
        if kind not in KINDS:
            raise CommandError(f"There is no report “{kind}”. There is: {', '.join(KINDS)}.")
        if fmt not in FORMATS:
            raise CommandError(f"There is no format “{fmt}”. Choose one of {', '.join(FORMATS)}.")
        as_of = _day("--as-of", options["as_of"])
        known = _day("--known-at", options["known_at"]) if options["known_at"] else None
        with translation.override("en"):
            document, gaps = _document(kind, as_of, known)
            data = FORMATS[fmt](document)
        _write(out, data)
        said = f"{len(data)} bytes, {gaps} gap{'' if gaps == 1 else 's'}"
        self.stdout.write(f"{out}: report as of {as_of.isoformat()}, {said}")


def _day(name: str, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"{name}: “{text}” is not a day. Write it as 2008-01-21.") from wrong


def _document(kind: str, as_of: datetime.date, known: datetime.date | None) -> tuple[Document, int]:
    try:
        moment = known_moment(as_of, known)
    except ValidationError as wrong:
        raise CommandError(" ".join(wrong.messages)) from wrong
    clock = service_actor("IMPACS.automation", request_id="report")
    row = compilation.template_on(kind, datetime.datetime.now(datetime.UTC).date())
    if row is None:
        raise CommandError("The templates of reports are not loaded: run load_reference.")
    template = compilation.read_record(row)
    at = frame(clock, as_of, moment, demonstration=template.demonstration)
    sentences = compilation.compiled(at, template)
    gaps = sum(not one.text for one in sentences)
    return printed(printing_facts.of_compiled(template, sentences, at)), gaps


def _write(out: Path, data: bytes) -> None:
    """Write the file whole or not at all."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(out)
    except OSError as wrong:
        beside.unlink(missing_ok=True)
        raise CommandError(f"Cannot write {out}: {wrong.strerror}.") from wrong
