"""Whether all that the rules ask for is held on a traveller."""

from typing import Any

from apps.journeys.models import Journey, Traveller

CORE = ("surname", "given_names", "birth_date", "nationality")
PAPER = ("type", "number", "issuer", "expires")


def is_whole(row: Traveller) -> bool:
    """Whether all nine core elements are there: names, sex, birth date, nationality, and the four of a document."""
    papers: Any = getattr(row, "papers", None)  # of a list that was just stored
    if papers is None:
        papers = [{name: getattr(one, name) for name in PAPER} for one in row.documents.all()]
    person = all(getattr(row, name) for name in CORE) and row.sex in {"M", "F", "X"}
    return person and any(all(one.get(name) for name in PAPER) for one in papers)


def count_whole(journey: Journey) -> int:
    """Travellers on board with all nine core elements, as they are held now. Two queries."""
    rows = Traveller.objects.filter(journey=journey, withdrawn_at=None).prefetch_related("documents")
    return sum(is_whole(row) for row in rows)
