"""The whole is locked before its part: who holds the one and who holds the other never wait for each other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from apps.access.declared_actions import REGISTRY
from apps.people.queries import service_actor
from apps.reports import actions
from apps.reports.models import Clearance, Report
from tests.reports import people
from tests.reports.people import JAMAICA, clearance

pytestmark = pytest.mark.django_db
LOCK = re.compile(r'FOR (?:NO KEY )?UPDATE OF "(\w+)"')


def locked(run: Callable[[], object]) -> list[str]:
    """The tables of which rows were locked, in order."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        run()
    return [table for statement in seen for table in LOCK.findall(statement["sql"])]


ANSWERS: dict[str, Callable[[Any, Clearance], object]] = {
    "object": lambda cast, asked: actions.object_to_sentences(cast[JAMAICA], asked),
    "return": lambda cast, asked: actions.return_sentence_clearance(cast[JAMAICA], asked, key="D1", comment="Ten."),
    "lapse": lambda _cast, asked: actions.lapse_sentence_clearance(service_actor("IMPACS.automation"), asked),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_holds_the_report_before_what_was_asked(cast: Any, answer: str) -> None:
    asked = clearance(people.in_clearance(cast), "JAM")
    order = locked(lambda: ANSWERS[answer](cast, asked))
    assert order[:2] == [Report._meta.db_table, Clearance._meta.db_table]
    assert order.count(Report._meta.db_table) == 1, (
        "a lock that is taken again is a stronger one, and can be waited for"
    )


def test_what_is_locked_first_is_a_whole_that_each_part_has() -> None:
    declared = [(spec, path) for spec in REGISTRY.values() for path in spec.locks_first]
    assert declared
    for spec, path in declared:
        field = spec.model._meta.get_field(path)
        assert isinstance(field, ForeignKey), f"{spec.verb}: {path}"
        assert not field.null, f"{spec.verb}: {path}"
