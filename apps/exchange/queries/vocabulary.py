"""The lists of a day, kept by each process: they change with a new version of the portal only (load_reference)."""

import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.exchange.models import MatchPolicy, Term

USUAL = "rifc_only"
"""What holds for a party that has chosen nothing (match_policy.toml)."""


def _held(day: datetime.date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


@lru_cache(maxsize=16)
def terms(vocabulary: str, day: datetime.date) -> dict[str, Term]:
    """Terms of a list by code, in its order."""
    return {row.code: row for row in Term.objects.filter(_held(day), vocabulary=vocabulary).order_by("position")}


def forget() -> None:
    """Read the lists anew: after they were loaded."""
    terms.cache_clear()


def today() -> datetime.date:
    """The day by whose lists new things are written."""
    return timezone.now().date()


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """(code, label) of today's list."""
    return [(code, term.label) for code, term in terms(vocabulary, today()).items()]


def label_of(vocabulary: str, code: str) -> str:
    """The label of a code; the code itself where the list no longer has it."""
    term = terms(vocabulary, today()).get(code)
    return term.label if term else code


def detail(vocabulary: str, code: str) -> dict[str, Any]:
    """What the rules read from a term; LookupError for one that is not in today's list."""
    return terms(vocabulary, today())[code].extra


def minutes(priority: str, name: str = "minutes") -> datetime.timedelta:
    """A period of a priority: `minutes` to answer, `remind` before that, `chase` between reminders after it."""
    return datetime.timedelta(minutes=detail("priority", priority)[name])


def match_policies(parties: set[str]) -> dict[str, str]:
    """{party: never, rifc_only or mutual} today. One query."""
    rows = MatchPolicy.objects.filter(_held(today()), party__in=parties).values_list("party_id", "policy")
    return dict.fromkeys(parties, USUAL) | dict(rows)
