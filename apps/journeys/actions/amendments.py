"""Corrections that were made stand when a carrier repeats the former value."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.journeys.models import Amendment, Traveller

COLUMNS = ("surname", "given_names", "birth_date", "nationality", "sex")
PAPER = "document"


def standing(people: Sequence[Mapping[str, Any]], known: Sequence[Traveller]) -> list[Mapping[str, Any]]:
    """The persons of a list with corrected facts in place of former ones that it repeats; a third value is taken.

    So a carrier's next list undoes no correction. What was read stays as sent. One query.
    """
    travellers: dict[Any, Traveller] = {one.pk: one for one in known}
    found: list[Mapping[str, Any]] = list(people)
    for row in Amendment.objects.filter(traveller__in=list(travellers)).order_by("pk"):
        one = travellers[row.traveller_id]
        found = [_mended(person, row) if _is_meant(person, one, row) else person for person in found]
    return found


def _is_meant(person: Mapping[str, Any], one: Traveller, row: Amendment) -> bool:
    """Whether somebody on a list is the traveller as they were held before."""
    numbers = {row.was.get(PAPER), *(paper.number for paper in one.documents.all())} - {None, ""}
    if numbers & {paper.get("number") for paper in person["documents"]}:
        return True
    names = ("surname", "given_names", "birth_date")
    return all((person.get(name) or "") in {row.was.get(name), getattr(one, name)} for name in names)


def _mended(person: Mapping[str, Any], row: Amendment) -> Mapping[str, Any]:
    right = {n: row.now[n] for n in COLUMNS if n in row.now and (person.get(n) or "") == row.was[n]}
    papers = [
        {**paper, "number": row.now[PAPER]} if PAPER in row.now and paper.get("number") == row.was[PAPER] else paper
        for paper in person["documents"]
    ]
    return {**person, **right, "documents": papers}


def forget(erased: Sequence[Traveller]) -> int:
    """Inside retention: take the values from corrections of travellers who lose their names; how many."""
    rows = Amendment.objects.filter(traveller__in=[one.pk for one in erased])
    return int(rows.update(was={}, now={}))
