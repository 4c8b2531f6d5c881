"""The lists of a day, kept by each process: they change with a new version of the portal only (load_reference)."""

import datetime
from functools import lru_cache

from apps.access.dated_lists import Lists, held, today
from apps.rifc.models import GradingScheme, NationalLabel, Term
from apps.rifc.rules.gradings import Grade, Scheme, read_grading

_LISTS = Lists(Term.objects.all)
terms, choices, label_of, detail = _LISTS.terms, _LISTS.choices, _LISTS.label_of, _LISTS.detail


@lru_cache(maxsize=2)
def schemes(day: datetime.date) -> dict[str, Scheme]:
    """Grading schemes by code, in their order."""
    rows = GradingScheme.objects.filter(held(day)).order_by("position")
    return {
        row.code: Scheme(row.code, row.title, **{**row.content, "unknown": frozenset(row.content["unknown"])})
        for row in rows
    }


@lru_cache(maxsize=2)
def national_labels(day: datetime.date) -> dict[tuple[str, str], int]:
    """{(party, label in capitals): level}."""
    rows = NationalLabel.objects.filter(held(day)).values_list("party_id", "label", "level")
    return {(party, label.upper()): level for party, label, level in rows}


def forget() -> None:
    """Read the lists anew: after they were loaded."""
    _LISTS.forget()
    for kept in (schemes, national_labels):
        kept.cache_clear()


def minutes(code: str) -> datetime.timedelta:
    """A period of the list `period`."""
    return datetime.timedelta(minutes=detail("period", code)["minutes"])


def level_of(text: str, party: str) -> int | None:
    """The level of a classification's code or label, or of the party's own word for it; None for no such word."""
    word = " ".join(text.upper().split())
    term = terms("classification", today()).get(word)
    return term.extra["level"] if term else national_labels(today()).get((party, word))


def classification(level: int) -> Term:
    """The classification of a level."""
    return next(term for term in terms("classification", today()).values() if term.extra["level"] == level)


def portion_level(text: str) -> int | None:
    """The level of a portion mark (U, R, C, S) or of a classification; None for neither."""
    word = text.strip().upper()
    for code, term in terms("classification", today()).items():
        if word in {code, term.extra["portion"]}:
            return int(term.extra["level"])
    return None


def portion_mark(level: int) -> str:
    """U, R, C or S."""
    return str(classification(level).extra["portion"])


def grade(scheme: str, value: str) -> Grade | None:
    """A grade by the scheme of today's list; None for an unknown scheme or a value that it does not have."""
    known = schemes(today()).get(scheme)
    return read_grading(known, value) if known else None
