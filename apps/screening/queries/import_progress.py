"""How far the reading or applying of a file is: kept outside the database, whose transaction nobody sees into."""

from collections.abc import Callable

from apps.access import progress
from apps.screening.models import ListImport


def _key(source: ListImport) -> str:
    return f"import:{source.pk}:{source.state}"


def of(source: ListImport) -> Callable[[int], None]:
    """A function that notes how many lines of a file are done."""
    return progress.noting(_key(source))


def lines_done(source: ListImport) -> int:
    """Lines done in the file's present state; 0 before the first."""
    return progress.noted(_key(source))
