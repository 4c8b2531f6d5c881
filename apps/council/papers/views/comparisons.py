"""Two texts of a paper word by word, with a way from change to change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.papers.queries import papers as queries
from apps.council.papers.queries.versions import count
from apps.council.papers.views.papers import marking
from apps.council.rules.text_differences import ADDED, SAME, Piece, compare_texts


@dataclass(slots=True)
class Stretch:
    """Text that stayed (`number` 0), or the change of this number: what was removed and what was added instead."""

    number: int
    same: str = ""
    removed: str = ""
    added: str = ""


def stretches(pieces: Sequence[Piece]) -> list[Stretch]:
    """Pieces with what was removed and what stands in its place as one change, counted from 1."""
    found: list[Stretch] = []
    changes = 0
    for piece in pieces:
        if piece.kind == SAME:
            found.append(Stretch(0, same=piece.text))
            continue
        if not found or not found[-1].number:
            changes += 1
            found.append(Stretch(changes))
        if piece.kind == ADDED:
            found[-1].added += piece.text
        else:
            found[-1].removed += piece.text
    return found


@require_safe
def compared(request: Any, pk: Any) -> HttpResponse:
    """`?from=` and `?to=`: numbers of versions, or keys of versions of the paper that this one supersedes.

    Without them the current text with the one before it.
    """
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    versions = queries.texts(actor, row)
    choices = [(key_of(row, version), version) for version in versions]
    current = str(row.current)
    older = next((key for key, version in choices if key != current), current)
    keys = request.GET.get("from") or older, request.GET.get("to") or current
    before, after = queries.text(actor, row, keys[0]), queries.text(actor, row, keys[1])
    if before is None or after is None:
        raise Refused("not-visible")
    note_read(request, "paper.read", row, version=row.current)
    pieces = compare_texts(before.body, after.body)
    changes = stretches(pieces)
    added, removed = count(pieces)
    context = {
        "paper": row,
        "choices": choices,
        "from": keys[0],
        "to": keys[1],
        "before": before,
        "after": after,
        "stretches": changes,
        "last": max((each.number for each in changes), default=0),
        "added": added,
        "removed": removed,
        "marking": marking(row),
    }
    return render(request, "council/paper_compare.html", context)


def key_of(paper: Any, version: Any) -> str:
    """How an address names a version: by number, or by key where it belongs to the superseded paper."""
    return str(version.number) if version.paper_id == paper.pk else str(version.pk)
