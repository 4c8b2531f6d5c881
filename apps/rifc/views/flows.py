"""What parties share with each other, and how long requests wait, as files."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.rifc.queries.flows import Matrix, Waiting


def matrix_rows(found: Matrix) -> Iterator[list[Any]]:
    """A line for each pair that is known: giver, receiver, given, used."""
    yield [
        pgettext("column, rifc", "From"),
        pgettext("words, rifc", "To"),
        pgettext("words, rifc", "Reports shared"),
        pgettext("words, rifc", "Rated useful"),
    ]
    for giver, cells in zip(found.parties, found.rows, strict=True):
        for receiver, cell in zip(found.parties, cells, strict=True):
            if cell is not None and cell.given is not None:
                yield [giver, receiver, cell.given, cell.used]


def answer_rows(found: list[Waiting]) -> Iterator[list[Any]]:
    """A line for each State and priority."""
    yield [
        *(
            pgettext("words, rifc", "State"),
            pgettext("words, rifc", "Priority"),
            pgettext("words, rifc", "Asked"),
            pgettext("words, rifc", "Answered"),
            pgettext("words, rifc", "Median hours"),
            _("90th percentile, hours"),
        ),
        *(pgettext("words, rifc", "Late"), pgettext("words, rifc", "Waiting")),
    ]
    for one in found:
        hours = ["" if value is None else f"{value:.1f}" for value in (one.median_h, one.p90_h)]
        yield [one.party, one.priority, one.asked, one.answered, *hours, one.late, one.waiting]
