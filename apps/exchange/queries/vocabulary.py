"""The lists of a day, kept by each process: they change with a new version of the portal only (load_reference)."""

import datetime

from apps.access.dated_lists import Lists, held, today
from apps.exchange.models import MatchPolicy, Term

USUAL = "rifc_only"
"""What holds for a party that has chosen nothing (match_policy.toml)."""


_LISTS = Lists(Term.objects.all)
terms, choices, label_of, detail = _LISTS.terms, _LISTS.choices, _LISTS.label_of, _LISTS.detail
forget = _LISTS.forget


def minutes(priority: str, name: str = "minutes") -> datetime.timedelta:
    """A period of a priority: `minutes` to answer, `remind` before that, `chase` between reminders after it."""
    return datetime.timedelta(minutes=detail("priority", priority)[name])


def match_policies(parties: set[str]) -> dict[str, str]:
    """{party: never, rifc_only or mutual} today. One query."""
    rows = MatchPolicy.objects.filter(held(today()), party__in=parties).values_list("party_id", "policy")
    return dict.fromkeys(parties, USUAL) | dict(rows)
