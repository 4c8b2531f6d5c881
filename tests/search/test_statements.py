"""A statement that is kept for a seat holds nothing of anybody's question, and answers each as if made for it."""

from typing import Any

import pytest

from apps.access.statements import make_statement
from apps.search.queries import kinds, results, statements
from apps.search.rules.question import Question, read_question
from tests.rifc.people import JAMAICA, TRINIDAD, paragraph, shared

pytestmark = pytest.mark.django_db
FORMS = [
    *(("flour", "Open Boat"), ("8", "9"), ("7777", "8685550142"), ("ir-8", "br-3")),
    *(("IR-2026-BRB-142", "PCK 4521"), ("2B2B2B2B2B2B2B", "3C3C3C3C3C3C3C"), ("", "")),
]


def form_of(question: Question) -> tuple[bool, bool, bool]:
    return bool(question.number), " " in question.number, question.identifier


def text_of(kind: kinds.Kind, actor: Any, words: str) -> Any:
    """The statement made for words, with what is put in left out."""
    rows = results._branch(kind, actor, Question(words, {"party": "BRB"} if not words else {}))
    made = None if rows is None else make_statement(rows)
    return made and (made[0], [type(one) if isinstance(one, statements.Put) else one for one in made[1]])


def test_every_form_has_an_example(cast: Any) -> None:
    for one, other in FORMS[:-1]:
        assert form_of(Question(one)) == form_of(Question(other)), one
        assert form_of(Question(statements.SAMPLES[form_of(Question(one))])) == form_of(Question(one)), one


@pytest.mark.parametrize("seat", [JAMAICA, "jrcc.watch.officer", "impacs.secretariat.manager", "brb.intelligence.head"])
def test_kept_statements_are_the_same_for_all_questions_of_a_form(cast: Any, seat: str) -> None:
    actor, seen = cast[seat], 0
    for kind in kinds.all_of(actor):
        for one, other in FORMS if kind.keepable else ():
            sample = statements.SAMPLES[form_of(Question(one))] if one else ""
            assert text_of(kind, actor, one) == text_of(kind, actor, other) == text_of(kind, actor, sample), kind.code
            seen += 1
    assert seen


def test_one_question_after_another_gets_its_own_answer(cast: Any) -> None:
    shared(cast, "JAM.contact", title="Of flour", paragraphs=[paragraph("Sacks. Call +1 868 555 0142.")])
    shared(cast, "JAM.contact", title="Of a boat", paragraphs=[paragraph("A boat. Call +1 868 555 0177.")])
    ask = lambda seat, words: [hit.title for hit in results.find(cast[seat], read_question({"q": words})).hits]  # noqa: E731
    before = statements._kept.cache_info().hits
    for _again in range(2):
        assert (ask(JAMAICA, "flour"), ask(JAMAICA, "boat")) == (["Of flour"], ["Of a boat"])
        assert (ask(JAMAICA, "868 555 0142"), ask(JAMAICA, "868 555 0177")) == (["Of flour"], ["Of a boat"])
        assert ask(TRINIDAD, "flour") == []
    assert statements._kept.cache_info().hits > before
