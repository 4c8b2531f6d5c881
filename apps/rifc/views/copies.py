"""A report as a file: PDF or DOCX, marked on every page with its marking and whose copy it is."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.documents.queries.downloads import as_copy
from apps.documents.rendering import (
    Block,
    Document,
    Heading,
    KeyValues,
    Marking,
    Note,
    Paragraph,
    Run,
    from_markdown,
    to_docx,
    to_pdf,
    watermarked,
)
from apps.rifc.actions import receipts
from apps.rifc.models import Report
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.queries import rule, texts, vocabulary
from apps.rifc.refusals import Refusals
from apps.rifc.rules.channels import PDF, channel
from apps.rifc.rules.release import NONE

WAYS: dict[str, Callable[[Document], bytes]] = {"pdf": to_pdf, "docx": to_docx}


@require_GET
def copy(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The report as a file; the reading is noted before its bytes are sent. NOPRINT and RED leave no file (C03)."""
    actor = request.actor
    row = queries.meant(actor, pk)
    if fmt not in WAYS:
        raise Refused("not-visible")
    if channel(rule.facts(row), rule.viewer_of(actor), PDF).result == NONE:
        raise Refused(Refusals.NO_PRINT)
    receipts.read_rifc_report(actor, None, report=row, channel=fmt)
    document = described(actor, queries.meant(actor, row.pk, edition=row.edition))
    # the party, the seat and the request, by which the audit finds the copy again
    mark = f"{actor.party_code}-{actor.seat_id:04}-{actor.request_id[:6].upper()}"
    holder = f"{actor.desk_code}, {actor.party_name}"
    name = slugify((row.number or row.title).replace("/", "-")) or "report"
    data = WAYS[fmt](watermarked(document, mark, timezone.now(), holder=holder))
    return as_copy(data, fmt, name, shown.marking(row))


def described(actor: Actor, row: Report) -> Document:
    """The report as a document: what its page shows of the text, and nothing of what is the originator's own."""
    marking = shown.marking(row)
    document = Document(
        title=row.title,
        reference=(row.register_number if actor.party_code == row.originator_id else row.number)
        or pgettext("words, rifc", "Draft"),
        marking=Marking(marking["label"], marking["caveat"]),
        version=str(row.edition),
        date=row.shared_at or row.changed_at,
        blocks=tuple(_blocks(actor, row)),
    )
    return document if row.language in {"", "en"} else dataclasses.replace(document, language=row.language)


def _blocks(actor: Actor, row: Report) -> Iterator[Block]:
    yield KeyValues(tuple(_about(row)))
    if row.recalled_at:
        yield Note(_("This report was recalled."))
    for word, meaning in shown.handling_words(row):
        yield Note(meaning, lead=word)
    if row.summary:
        yield Heading(pgettext("words, rifc", "Summary"))
        yield from from_markdown(row.summary)
    yield Heading(pgettext("heading, rifc", "Report"))
    for number, one in enumerate(shown.shown(texts.paragraphs(actor, [row])[row.pk], {}), start=1):
        yield Paragraph((Run(f"{number}  ({one.mark})", bold=True),))
        yield from from_markdown(one.row.text)
        yield Note(_graded(one))


def _about(row: Report) -> Iterator[tuple[str, str]]:
    yield pgettext("sender, rifc", "From"), row.originator.name
    yield pgettext("words, rifc", "Kind"), vocabulary.label_of("kind", row.kind)
    threats = ", ".join(vocabulary.label_of("threat_category", code) for code in row.threat_categories)
    pairs = (
        (pgettext("words, rifc", "Threats"), threats),
        (pgettext("words, rifc", "Where"), row.event_place),
        (pgettext("words, rifc", "SHA-256"), row.content_sha256),
    )
    yield from ((name, value) for name, value in pairs if value)


def _graded(one: shown.Shown) -> str:
    """The grade in the words of its scheme, the source's kind; never the source."""
    grade = one.graded
    words = (
        f"{grade.value} ({grade.scheme}: {grade.source}; {grade.information})"
        if grade
        else pgettext("words, rifc", "not graded")
    )
    return f"{words}. {pgettext('words, rifc', 'Source:')} {one.source_type}" if one.source_type else words
