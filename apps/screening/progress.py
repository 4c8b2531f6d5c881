"""How far the reading or applying of a file is: kept outside the database, whose transaction nobody sees into."""

from collections.abc import Callable

from django.core.cache import cache

from apps.screening.models import ListImport

KEPT_S = 3600


def _key(source: ListImport) -> str:
    return f"import:{source.pk}:{source.state}"


def of(source: ListImport) -> Callable[[int], None]:
    """A function that notes how many lines of a file are done."""
    key = _key(source)
    return lambda done: cache.set(key, done, KEPT_S)


def lines_done(source: ListImport) -> int:
    """Lines done in the file's present state; 0 before the first."""
    return int(cache.get(_key(source)) or 0)
