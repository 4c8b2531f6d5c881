"""An assessment as a document for one reader: marked on every page, dissent in full, signatures with fingerprints."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Position
from apps.assessments.queries import pages, parts, product
from apps.documents.rendering import Block, Document, Heading, KeyValues, Marking, Note, Paragraph, Run, Table
from apps.rifc.queries import vocabulary


def described(actor: Actor, row: Assessment) -> Document:
    """The document; sources are those that the reader sees, a part marked above their clearance is absent."""
    marking = pages.marking(row)
    return Document(
        title=row.title,
        reference=row.number,
        marking=Marking(marking["label"], marking["caveat"]),
        version=str(row.get_state_display()),
        date=row.released_at or row.changed_at,
        blocks=tuple(_blocks(actor, row)),
    )


def _blocks(actor: Actor, row: Assessment) -> Iterator[Block]:
    judged = [one for one in parts.judgements(row) if one.level <= actor.clearance]
    said, written = parts.positions(row), parts.texts(row)
    sha256 = parts.fingerprint(row, written, parts.judgements(row), said)
    if row.state == Assessment.State.UNDER_REVIEW:
        yield Note(row.reason, lead=pgettext("words, assessments", "Under review"))
    yield KeyValues(tuple(_about(row, sha256)))
    yield Heading(pgettext("words, assessments", "Judgements"))
    yield from _judgements(actor, row, judged, said)
    for text in written:
        yield Heading(text.section.title)
        yield from _section(actor, text)
    yield from _annex(row, judged, said, sha256)


def _about(row: Assessment, sha256: str) -> Iterator[tuple[str, str]]:
    yield pgettext("words, assessments", "Question"), row.question
    yield pgettext("words, assessments", "Within scope"), row.scope
    yield _("Out of scope"), row.out_of_scope
    yield pgettext("words, assessments", "Period covered"), f"{row.period_from:%d %b %Y} – {row.period_to:%d %b %Y}"
    yield pgettext("words, assessments", "Likelihood scale"), str(row.get_yardstick_display())
    if row.accepted:
        yield pgettext("words, assessments", "Parties"), ", ".join(row.accepted)
    yield pgettext("words, assessments", "SHA-256"), sha256


def _judgements(actor: Actor, row: Assessment, judged: list[Any], said: list[Position]) -> Iterator[Block]:
    seen = parts.seen_citations(actor, row)
    reports = pages.numbers_of(actor, {cite.report for cites in seen.values() for cite in cites})
    for one in judged:
        mark = vocabulary.portion_mark(one.level)
        yield Paragraph((Run(f"{one.order}  ({mark}) ", bold=True), Run(one.text)))
        band = product.likelihood_words(row, one)
        if band:
            yield Note(band, lead=pgettext("words, assessments", "Likelihood"))
        yield Note(product.confidence_words(one), lead=pgettext("words, assessments", "Confidence"))
        cited = [reports[cite.report] for cite in seen.get(one.pk, []) if cite.report in reports]
        if cited:
            yield Note(
                ", ".join(dict.fromkeys(each.number or each.title for each in cited)),
                lead=pgettext("words, assessments", "Based on"),
            )
        sha256 = parts.judgement_sha256(one)
        for each in said:
            if each.judgement_id == one.pk and each.text and each.judgement_sha256 == sha256:
                yield Note(each.text, lead=f"{each.party_id}, {each.get_kind_display()}")


def _section(actor: Actor, text: parts.Text) -> Iterator[Block]:
    number = 0
    for block in text.paragraphs:
        level = text.section.level if block.level is None else block.level
        if level > actor.clearance:
            continue
        if block.kind == "heading":
            yield Heading(block.text, 2)
            continue
        number += 1
        yield Paragraph((Run(f"{number}  ({vocabulary.portion_mark(level)}) ", bold=True), Run(block.text)))


def _annex(row: Assessment, judged: list[Any], said: list[Position], sha256: str) -> Iterator[Block]:
    names = pages.names_of()
    if judged and row.accepted:
        yield Heading(pgettext("words, assessments", "Positions"))
        head = (
            pgettext("column, assessments", "Party"),
            *(pgettext("column, assessments", "Judgement %(n)s") % {"n": one.order} for one in judged),
        )
        rows = tuple(
            (
                names.get(party, party),
                *(
                    str(one.get_kind_display()) if one else pgettext("words, assessments", "no position")
                    for one in held
                ),
            )
            for party, held in product.table_of(row, judged, said)
        )
        yield Table(head, rows, caption=_("Positions of parties"))
    signed = [one for one in parts.signatures(row) if one.void_at is None and one.content_sha256 == sha256]
    if signed:
        yield Heading(pgettext("words, assessments", "Signatures"))
        for one in signed:
            yield Paragraph(product.signature_words(one))
