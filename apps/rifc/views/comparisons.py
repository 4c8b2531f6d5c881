"""Two versions of a report word by word."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.refusal import Refused
from apps.rifc.actions import receipts
from apps.rifc.models import SealedText
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.queries import texts, vocabulary
from apps.rifc.rules import differences


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph in two versions; `pieces` of (kind, text), `kind` same, changed, added, removed or sealed.

    Of a sealed one nobody here knows whether it has changed.
    """

    kind: str
    pieces: list[tuple[str, str]]
    marks: tuple[str, str]
    grades: tuple[str, str]


@require_GET
def show_version_comparison(request: Any, pk: Any) -> HttpResponse:
    """`?from=` and `?to=` are versions that the seat sees; without them the newest and the one before."""
    actor = request.actor
    found = queries.versions(actor, queries.meant(actor, pk).thread)
    if len(found) < 2:
        raise Refused("not-visible")
    by_number = {str(row.edition): row for row in found}
    after = by_number.get(request.GET.get("to", str(found[0].edition)))
    before = by_number.get(request.GET.get("from", str(found[1].edition)))
    if after is None or before is None:
        raise Refused("not-visible")
    for row in {before.pk: before, after.pk: after}.values():
        receipts.read_rifc_report(actor, None, report=row, channel="compare")
    rows = texts.paragraphs(actor, [before, after])
    context = {
        "report": after,
        "before": before,
        "after": after,
        "versions": found,
        "title": differences.words(before.title, after.title),
        "changes": [_change(old, new) for old, new in differences.paired(rows[before.pk], rows[after.pk])],
        "marking": shown.highest([before, after]),
    }
    return render(request, "rifc/compare.html", context)


def _change(old: Any, new: Any) -> Change:
    hidden = SealedText.PLACEHOLDER in {one.text for one in (old, new) if one is not None}
    kind = "added" if old is None else "removed" if new is None else ("same" if _equal(old, new) else "changed")
    kind = "sealed" if hidden and kind in {"same", "changed"} else kind
    mark = lambda row: vocabulary.portion_mark(row.portion) if row else ""  # noqa: E731
    return Change(
        kind,
        differences.words(old.text if old else "", new.text if new else ""),
        (mark(old), mark(new)),
        (old.grade if old else "", new.grade if new else ""),
    )


def _equal(old: Any, new: Any) -> bool:
    return bool((old.text, old.portion, old.grade) == (new.text, new.portion, new.grade))
