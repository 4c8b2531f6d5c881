"""States by their other codes, and desks by theirs."""

from collections.abc import Iterable

from apps.people.models import Desk, Party


def states_by_alpha2() -> dict[str, str]:
    """Party codes of the Community's States by ISO 3166-1 alpha-2."""
    return dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))


def desks(codes: Iterable[str]) -> dict[str, int]:
    """Group ids of active desks by code; unknown ones are left out."""
    return dict(Desk.objects.filter(code__in=list(codes), active=True).values_list("code", "pk"))
