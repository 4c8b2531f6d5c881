"""Records that the tests of a module share: made once, in a transaction around those of its tests."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from apps.access.managers import permission_id
from tests.conftest import Cast


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction of which nothing stays; actions may begin and end in it as in that of a test."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # Django's mark for those that tests run in
    with around:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def made_once(build: Callable[[Cast], Any]) -> Any:
    """A module's fixture: what `build` makes, there for all its tests and gone after the last.

    What a test changes in the database is rolled back after it, what it changes in Python is not: let each have
    `copy.deepcopy` of what it may change. Every later test of the module finds it in the database: those that need
    it away stand before. The database's `now()` stands still at the making.
    """

    @pytest.fixture(scope="module")
    def kept(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
        permission_id.cache_clear()
        cache.clear()
        with django_db_blocker.unblock(), rolled_back():
            made = build(Cast())
            with django_db_blocker.block():
                yield made

    return kept
