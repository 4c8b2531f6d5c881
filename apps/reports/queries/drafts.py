"""The sentences of a draft, and what keeps it from going on."""

from collections.abc import Iterable
from typing import Any

from apps.council.models import Decision
from apps.impacs.models import StateAction
from apps.reports.models import RenderedSentence, Report


def sentences_of(report: Report, draft: int | None = None) -> Any:
    """Sentences of a draft in their order, of the present one unless named; for actions and for what was shown."""
    number = report.draft if draft is None else draft
    return RenderedSentence.objects.filter(report=report, draft=number).order_by("position")


def gaps(report: Report) -> list[str]:
    """Keys of mandatory sentences that have nothing to say."""
    return [row.key for row in sentences_of(report) if row.mandatory and not row.said]


def moved(report: Report) -> list[str]:
    """Keys of sentences whose figures moved, and nobody has accepted it."""
    return [row.key for row in sentences_of(report) if row.moved]


def rests_on_fiction(sentences: Iterable[RenderedSentence]) -> bool:
    """Whether a decision of the demonstration is among the records that the sentences come from. Two queries."""
    ids: dict[str, set[str]] = {}
    for sentence in sentences:
        for kind, pk in sentence.rows:
            ids.setdefault(kind, set()).add(pk)
    played = Decision.objects.filter(fictional=True)
    if played.filter(pk__in=ids.get("council.decision", ())).exists():
        return True
    return StateAction.objects.filter(pk__in=ids.get("impacs.stateaction", ()), decision__fictional=True).exists()
