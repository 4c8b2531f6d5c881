"""Dated lists of an app, as of a day: kept by each process, since they change with a new version of the portal only."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils import timezone


def held(day: datetime.date) -> Q:
    """Rows that hold on a day: from `valid_from` on, before `valid_to` where there is one."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def today() -> datetime.date:
    """The day by whose lists new things are written."""
    return timezone.now().date()


class Lists:
    """The lists of an app's terms (`vocabulary`, `code`, `label`, `position`, `extra`); `rows()` are all of them."""

    def __init__(self, rows: Callable[[], Any]) -> None:
        @lru_cache(maxsize=128)
        def terms(vocabulary: str, day: datetime.date) -> dict[str, Any]:
            found = rows().filter(held(day), vocabulary=vocabulary).order_by("position")
            return {row.code: row for row in found}

        self._terms = terms

    def terms(self, vocabulary: str, day: datetime.date) -> dict[str, Any]:
        """Terms of a list by code, in its order."""
        return self._terms(vocabulary, day)

    def forget(self) -> None:
        """Read the lists anew: after they were loaded."""
        self._terms.cache_clear()

    def choices(self, vocabulary: str) -> list[tuple[str, str]]:
        """(code, label) of today's list."""
        return [(code, term.label) for code, term in self.terms(vocabulary, today()).items()]

    def label_of(self, vocabulary: str, code: str) -> str:
        """The label of a code; the code itself where the list no longer has it."""
        term = self.terms(vocabulary, today()).get(code)
        return str(term.label) if term else code

    def detail(self, vocabulary: str, code: str) -> dict[str, Any]:
        """What the rules read from a term; LookupError for one that is not in today's list."""
        found: dict[str, Any] = self.terms(vocabulary, today())[code].extra
        return found
