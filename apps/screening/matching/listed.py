"""A document that two records share, whatever their names say: a finding of its own beside the person's score.

A stolen passport in other hands agrees with its entry in nothing but the number. The score of a pair asks whether two
are one person, and rightly says no; that the document is listed must still be seen. So `judge` raises such a pair to
what the document says by itself, by one more line of the ledger, and never lowers one. Two documents are the same only
by their whole number and issuer: look-alike characters and neighbouring numbers say something of a person, and nothing
by themselves.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .documents import Document, best_level
from .features import DOCUMENT_AGREES
from .identity import Identity
from .ledger import MATCH_THRESHOLD, REVIEW_THRESHOLD, WEAK_ALONE_MOST, Comparison, Evidence, compare, likeness
from .tables import DATA, weights
from .wording import document_words, words_of

OTHER_NAME, ALONE = "document_of_other_name", "document_alone"
BESIDE, TOO_WEAK = "document_beside", "document_too_weak"
"""Lines of the ledger: the document makes the pair a finding although the names would not, or because there are none to
compare; it adds to a person who is alike as well; its number is no evidence, as too many documents could bear it."""
BY_DOCUMENT = frozenset((OTHER_NAME, ALONE))
SAME, SAME_NO_ISSUER = "same", "same_no_issuer"
KIND_OF_LETTER = {"P": "passport", "V": "visa", "I": "card", "A": "card", "C": "card"}
"""What the first letter of a document's type says (ICAO Doc 9303); a type of another letter is not compared."""


WEAK_WORDS = "The document's number is too short or too common to find a document by"


class Strength(NamedTuple):
    """What a shared number is worth, in natural log-odds by level, and from which on it says anything."""

    weight: dict[str, float]
    least_length: dict[str, int]
    least_digits: int
    placeholders: frozenset[str]


@lru_cache(1)
def strength() -> Strength:
    """The values of `data/listed_documents.json`, which names their source."""
    raw = json.loads((DATA / "listed_documents.json").read_text("utf-8"))
    placeholders = frozenset(raw["placeholders"])
    return Strength(raw["weight"], raw["least_length"], raw["least_digits"], placeholders)


class Shared(NamedTuple):
    """A document of both records: SAME, or SAME_NO_ISSUER, which is weaker; and as each of them has it."""

    level: str
    ours: Document
    theirs: Document


def says_something(number: str, level: str = SAME) -> bool:
    """Whether a document is found by this number (normalised): not short, not one digit over and over, no filler."""
    least = strength()
    digits = [letter for letter in number if letter.isdigit()]
    return (
        len(number) >= least.least_length[level]
        and len(digits) >= least.least_digits
        and len(set(digits)) > 1
        and number not in least.placeholders
    )


def _any_number(_number: str, _level: str) -> bool:
    return True


def shared_document(
    a: Identity, b: Identity, *, suffices: Callable[[str, str], bool] = says_something
) -> Shared | None:
    """The document that both records have, by number, issuer and, where both state one, kind; None if there is none.

    Where one side states no issuer it is the weaker finding. Numbers that too many documents could bear are none.
    """
    weaker = None
    for ours in a.documents:
        for theirs in b.documents:
            if ours.number == theirs.number and _may_be_one(ours, theirs):
                if ours.issuer is not None and ours.issuer == theirs.issuer:
                    if suffices(ours.number, SAME):
                        return Shared(SAME, ours, theirs)
                elif (ours.issuer is None or theirs.issuer is None) and suffices(ours.number, SAME_NO_ISSUER):
                    weaker = weaker or Shared(SAME_NO_ISSUER, ours, theirs)
    return weaker


def _may_be_one(ours: Document, theirs: Document) -> bool:
    kinds = {KIND_OF_LETTER.get(one.kind[:1]) for one in (ours, theirs)} - {None}
    return len(kinds) < 2


def judge(a: Identity, b: Identity) -> Comparison:
    """`compare`, a first, with what a shared document says by itself as one more line; `a` carries it, `b` is listed.

    See `is_by_document` for pairs that the names would not show. Never less than `compare`, but for
    documents without names whose number says nothing.
    """
    made, shared = compare(a, b), shared_document(a, b)
    if shared is None and _rests_on_a_weak_number(a, b):
        return _brought_to(made, min(_odds(made.score), WEAK_ALONE_MOST), TOO_WEAK, WEAK_WORDS)
    return _brought_to(made, *_raised(a, b, made.score, shared))


def judge_answer(a: Identity, b: Identity) -> Comparison:
    """`judge` where somebody was asked about this very document, so that any number says enough."""
    made = compare(a, b)
    return _brought_to(made, *_raised(a, b, made.score, shared_document(a, b, suffices=_any_number)))


def _brought_to(made: Comparison, after: float, line: str, text: str) -> Comparison:
    """A comparison with one more line, so that its log-odds are `after`."""
    if after == _odds(made.score):
        return made
    score = 1.0 / (1.0 + math.exp(-after))
    decision = "match" if score >= MATCH_THRESHOLD else "review" if score >= REVIEW_THRESHOLD else "no"
    total = made.prior + sum([one.weight for one in made.evidence])
    return Comparison(score, decision, made.prior, (Evidence(line, text, after - total), *made.evidence))


def judged(a: Identity, b: Identity) -> float:
    """The score of `judge` alone, for the many pairs of which nobody asks why."""
    score = likeness(a, b)
    if not (a.documents and b.documents):
        return score
    shared = shared_document(a, b)
    if shared is None and not _rests_on_a_weak_number(a, b):
        return score
    after = WEAK_ALONE_MOST if shared is None else _raised(a, b, score, shared)[0]
    return 1.0 / (1.0 + math.exp(-after if shared else -min(after, _odds(score))))


def is_by_document(evidence: Iterable[Evidence | Mapping[str, object]]) -> bool:
    """Whether a pair is shown for its document alone, by its evidence: `judge`'s, or as it is kept."""
    return not BY_DOCUMENT.isdisjoint(one["feature"] if isinstance(one, Mapping) else one.feature for one in evidence)


def _odds(score: float) -> float:
    return math.log(score / (1.0 - score))


def _raised(a: Identity, b: Identity, score: float, shared: Shared | None) -> tuple[float, str, str]:
    """The log-odds that a pair of this score comes to, and the line that brings it there."""
    before = _odds(score)
    if shared is None:
        return before, "", ""
    # with the same prior as every pair: a document is compared as an entry of nothing but a document is
    after = max(before, strength().weight[shared.level] + weights().prior)
    if not (a.names and b.names):
        return after, ALONE, f"{document_words(*shared)}: the document itself is listed"
    if score >= REVIEW_THRESHOLD:
        return after, BESIDE, f"{document_words(*shared)}: the document is the listed one"
    borne = f"carried by {words_of(a.names[0].parts)}, listed for {words_of(b.names[0].parts)}"
    return after, OTHER_NAME, f"The document is listed under another name: {document_words(*shared)}, {borne}"


def _rests_on_a_weak_number(a: Identity, b: Identity) -> bool:
    """Whether nothing but a number that says nothing speaks for a pair: no names to compare, and no birth dates."""
    if (a.names and b.names) or (a.dates and b.dates):
        return False
    found = best_level(a.documents, b.documents)
    return found is not None and found[0] in DOCUMENT_AGREES and not says_something(found[1].number)
