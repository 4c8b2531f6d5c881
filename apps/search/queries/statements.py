"""Statements of search as text: made once for each kind of thing, seat and form of question, and filled with it.

Making the statement over all kinds takes 20 to 30 ms, running most of its branches less than one. A statement holds no
word of any question, no row and no time: what is asked stands in it as a `Put`, and PostgreSQL asks the rule of who
sees what anew whenever it runs.
"""

import dataclasses
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, TextField

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.access.statements import Statement, make_statement
from apps.notices.models import Notice
from apps.search.queries.kinds import Kind, named
from apps.search.rules.question import Question

KEPT_FILTERS = frozenset({"kind", "party", "level", "tlp", "category", "sort_of", "thing", "box"})
"""Filters that are chosen from lists; with the others a statement is seldom asked twice."""
SAMPLES = {
    (bool(number), " " in number, one.identifier): one.words
    for one in map(Question, ("word", "7", "7777", "ir-7", "IR-77", "1A1A1A1A1A1A1A"))
    for number in [one.number]
}
"""{form of words: an example}: no number, one of one part or of several, each an identifier or none."""


class Put(Expression):
    """A value of the question, as a parameter of its statement."""

    def __init__(self, take: Callable[[Question], Any], output_field: Any = None) -> None:
        super().__init__(output_field=output_field or TextField())
        self.take = take

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """One parameter, which `run` replaces."""
        return "%s", (self,)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


WORDS: Any = Put(lambda question: question.words)
NUMBER = Put(lambda question: question.number)
LAST = Put(lambda question: f" {question.number}")


def kept(kind: Kind, actor: Actor, question: Question, make: Callable[[Kind, Actor, Question], Any]) -> Any:
    """The statement of a kind for a question, from those kept where it can be."""
    form = (bool(question.number), " " in question.number, question.identifier)
    if not kind.keepable or question.similar or form not in SAMPLES or set(question.filters) - KEPT_FILTERS:
        rows = make(kind, actor, question)
        return None if rows is None else make_statement(rows)
    seat = dataclasses.replace(actor, request_id="", address=None)
    filters = tuple(sorted((name, value) for name, value in question.filters.items() if name != "kind"))
    sample = SAMPLES[form] if question.words else ""
    return _kept(kind.code, seat, sample, filters, make, permission_id(Notice, "view"))


@lru_cache(maxsize=4000)
def _kept(
    code: str, seat: Actor, words: str, filters: tuple[tuple[str, str], ...], make: Any, _permissions: int
) -> Statement | None:
    """Made of an example's words, so that it cannot hold anybody's. `_permissions`: their ids are in it."""
    rows = make(named(code), seat, Question(words, dict(filters)))
    return None if rows is None else make_statement(rows)


def run(parts: Sequence[Statement], question: Question) -> list[tuple[Any, ...]]:
    """Rows of statements, one after the other, for a question. One query."""
    if not parts:
        return []
    sql = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    params = [one.take(question) if isinstance(one, Put) else one for _sql, each in parts for one in each]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
