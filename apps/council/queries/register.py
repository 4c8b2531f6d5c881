"""The public register: what everybody may read, without an account. It knows no actor and shows no vote of a State."""

from typing import Any

from apps.access.models import Level
from apps.council.models import Clause, Decision, SealedEntry
from apps.council.queries.decisions import with_words
from apps.people.models import Party

CORRECTED = ("clause", "wrong", "right", "reason", "corrected_on")


def published() -> Any:
    """Sealed decisions that the Secretariat entered in the public register, never above OFFICIAL."""
    return Decision.objects.filter(public=True, state__in=Decision.STANDING, level__lte=Level.OFFICIAL)


def found(words: str) -> Any:
    """Published decisions with these words, or this number."""
    rows = published()
    if not words:
        return rows
    numbered = rows.filter(number__iexact=words)
    return numbered if numbered.exists() else with_words(rows, words)


def entry(number: str) -> Decision | None:
    """The published decision with this number."""
    one: Decision | None = published().select_related("organ").filter(number=number).first()
    return one


def clauses(decision: Decision) -> list[Clause]:
    """The sealed clauses in order."""
    return list(Clause.objects.filter(decision=decision).order_by("position"))


def later(decision: Decision) -> str:
    """The number of the decision that took its place, where that one is public too; else empty."""
    if decision.superseded_by_id is None:
        return ""
    return published().filter(pk=decision.superseded_by_id).values_list("number", flat=True).first() or ""


def corrections(decision: Decision) -> list[dict[str, Any]]:
    """Corrections beside the sealed text: clause, wrong, right, reason, corrected_on."""
    rows = SealedEntry.objects.filter(decision=decision, kind=SealedEntry.Kind.CORRECTION).order_by("position")
    return [{name: row.content.get(name) for name in CORRECTED} for row in rows]


def names() -> dict[str, str]:
    """{code: short name} of the States and bodies."""
    return dict(Party.objects.values_list("code", "short_name"))
