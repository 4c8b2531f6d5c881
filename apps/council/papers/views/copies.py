"""A paper as a file: PDF or DOCX, on every page whose copy it is."""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from apps.access.actor import Actor
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.council.papers.queries import papers as queries
from apps.council.papers.queries import versions
from apps.documents.queries.downloads import as_copy, copy_mark
from apps.documents.rendering import (
    Block,
    Document,
    KeyValues,
    Marking,
    Note,
    from_markdown,
    to_docx,
    to_pdf,
    watermarked,
)


@require_safe
def pdf(request: Any, pk: Any) -> HttpResponse:
    """The paper as PDF/UA, in the original or `?language=`."""
    return _copy(request, pk, "pdf", to_pdf)


@require_safe
def docx(request: Any, pk: Any) -> HttpResponse:
    """The paper as DOCX."""
    return _copy(request, pk, "docx", to_docx)


def _copy(request: Any, pk: Any, fmt: str, drawn: Callable[[Document], bytes]) -> HttpResponse:
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    mark = copy_mark(actor)
    note_read(request, "paper.download", row, version=row.current, format=fmt, copy=mark)
    holder = f"{actor.function.capitalize()}, {actor.party_name}"
    document = watermarked(described(actor, row, request.GET.get("language", "")), mark, timezone.now(), holder=holder)
    name = f"{slugify(str(row).replace('/', '-')) or 'paper'}-{document.language}"
    return as_copy(drawn(document), fmt, name, {"level": row.level, "caveat": row.caveat})


def described(actor: Actor, row: Any, language: str) -> Document:
    """The paper without a mark, as the archive would keep it."""
    shown = versions.shown(actor, row, language)
    at = row.issued_at or row.changed_at
    document = Document(
        title=shown.title,
        reference=row.number or pgettext("words, council", "Draft"),
        marking=Marking(row.get_level_display().upper(), row.caveat),
        version=str(row.current),
        date=at,
        blocks=(*_about(row, shown), *from_markdown(shown.body)),
        fictional=row.meeting is not None and row.meeting.fictional,
    )
    return document if shown.language == "en" else dataclasses.replace(document, language=shown.language)


def _about(row: Any, shown: Any) -> tuple[Block, ...]:
    """What stands before the text: where it belongs, and how far it can be trusted."""
    pairs = [(pgettext("words, council", "Organ"), row.organ.name)]
    if row.item is not None:
        pairs.append((pgettext("words, council", "Agenda item"), row.item.title))
    notes = []
    if shown.status != "original":
        kind = {
            "official": pgettext("words, council", "Official translation"),
            "courtesy": pgettext("words, council", "Courtesy translation"),
        }
        notes.append(kind.get(shown.status, pgettext("words, council", "Machine translation")))
    if shown.stale:
        notes.append(_("Out of date: the original has changed since."))
    if row.state in {"superseded", "withdrawn"}:
        notes.append(row.get_state_display())
    return (KeyValues(tuple(pairs)), *((Note(". ".join(notes)),) if notes else ()))
