"""How far the reading of a long file is that is only checked: kept outside the database, a moment's fact."""

from collections.abc import Callable

from apps.access import progress
from apps.manifests.models import Draft


def _key(draft: Draft) -> str:
    return f"draft:{draft.pk}"


def of(draft: Draft) -> Callable[[float], None]:
    """A function that notes which share of a file is read, 0 to 1."""
    note = progress.noting(_key(draft))
    return lambda share: note(int(share * 100))


def percent(draft: Draft) -> int:
    """How much of a file is read; 0 before the first word about it."""
    return progress.noted(_key(draft))
