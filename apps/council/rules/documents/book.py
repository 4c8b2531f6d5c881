"""The book of decisions: a table of contents, and each decision in short."""

import datetime
from collections.abc import Iterator, Sequence

from apps.council.rules.documents import words
from apps.council.rules.documents.decision import clauses, paragraphs
from apps.council.rules.documents.facts import DecisionFacts
from apps.documents.rendering import Block, Document, Heading, KeyValues, Marking, Note, Paragraph, Table


def book(decisions: Sequence[DecisionFacts], *, title: str, reference: str, at: datetime.datetime) -> Document:
    """All these sealed decisions in their order, marked as high as the highest of them; `at` is when it was made."""
    rows = [one.decision for one in decisions]
    caveat = words.MEMBERS_ONLY if any(one.restricted for one in decisions) else ""
    return Document(
        title=title,
        reference=reference,
        marking=Marking(words.level(max((row.level for row in rows), default=1)), caveat),
        version="1",
        date=at,
        blocks=(*_contents(decisions), *(block for one in decisions for block in _short(one))),
        fictional=any(row.fictional for row in rows),
    )


def _contents(decisions: Sequence[DecisionFacts]) -> Iterator[Block]:
    yield Note("This book is a working copy. What counts is the issued record of each decision.")
    yield Heading("Contents")
    if not decisions:
        yield Paragraph("No sealed decisions.")
        return
    rows = [one.decision for one in decisions]
    lines = tuple((str(row), row.title, words.day(row.adopted_on), row.get_state_display()) for row in rows)
    yield Table(("Number", "Title", "Adopted", "State"), lines, kinds=("code", "text", "text", "text"))


def _short(facts: DecisionFacts) -> Iterator[Block]:
    row = facts.decision
    yield Heading(f"{row}: {row.title}")
    state = row.get_state_display() if row.superseded_by is None else f"Superseded by {row.superseded_by}"
    yield KeyValues(
        (
            ("Adopted", words.day(row.adopted_on)),
            ("In force from", words.day(row.effective_on or row.adopted_on)),
            ("State", state),
            ("Result", (row.result or {}).get("sentence", "")),
        )
    )
    yield from paragraphs(row.preamble)
    yield from clauses(facts)
    for one in facts.corrections:
        said = one.content
        yield Note(f"“{said['wrong']}” should read “{said['right']}”.", f"Correction of {said['clause']}")
    yield KeyValues((("Seal", row.seal),))
