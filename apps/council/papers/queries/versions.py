"""A paper as somebody reads it: in which language, how far that translation can be trusted, and what it lags behind."""

from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.council.papers.queries import papers as queries
from apps.council.rules.text_differences import ADDED, REMOVED, Piece, compare_texts

NAMES = {"en": "English", "fr": "Français", "nl": "Nederlands", "es": "Español"}
"""Languages by their own names, as the switch shows them."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of a paper. status: original, official, courtesy, machine; stale: of an earlier text."""

    code: str
    name: str
    status: str
    stale: bool
    reviewed: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a paper: title and body in one language, all languages, and what a translation lacks."""

    language: str
    title: str
    body: str
    status: str
    stale: bool
    tongues: list[Tongue]
    versions: list[Any] = field(default_factory=list)
    text: Any = None
    lag: tuple[int, int] | None = None
    source: Any = None


def shown(actor: Actor, paper: Any, language: str) -> Shown:
    """The paper in a language, in its original where there is no translation into it. At most three queries."""
    versions = queries.texts(actor, paper)
    current = next((each for each in versions if each.paper_id == paper.pk and each.number == paper.current), None)
    now = current.sha256 if current else ""
    rows = queries.translations(actor, [paper])[paper.pk]
    chosen = next((row for row in rows if row.language == language), None)
    tongues = [
        Tongue(paper.language, name(paper.language), "original", False, True, chosen is None),
        *(
            Tongue(row.language, name(row.language), row.kind, row.source_hash != now, row.reviewed, row is chosen)
            for row in rows
        ),
    ]
    if chosen is None:
        return Shown(paper.language, paper.title, paper.words, "original", False, tongues, versions, current)
    stale = chosen.source_hash != now
    source = queries.text_of_hash(actor, paper, chosen.source_hash) if stale else None
    lag = count(compare_texts(source.body, paper.words)) if source else None
    return Shown(
        chosen.language, chosen.title, chosen.body, chosen.kind, stale, tongues, versions, current, lag, source
    )


def name(language: str) -> str:
    """A language by its own name."""
    return NAMES.get(language, language)


def count(pieces: list[Piece]) -> tuple[int, int]:
    """(words added, words removed) of a comparison; a hyphen joins, punctuation is no word."""
    return _words(pieces, ADDED), _words(pieces, REMOVED)


def _words(pieces: list[Piece], kind: str) -> int:
    return sum(
        1 for piece in pieces if piece.kind == kind for word in piece.text.split() if any(map(str.isalnum, word))
    )
