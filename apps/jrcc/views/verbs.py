"""The page of a verb of the JRCC's plain records: schedules, expected journeys, changes of deadlines, cases."""

from typing import Any

from django.http import HttpResponse

from apps.access.acts import ask, carry_out, spec_of


def verb_page(request: Any, row: Any, noun: str, verb: str, *, title: str, place: str) -> HttpResponse:
    """Ask for the input of a verb under a title and carry it out on POST; then back to the record's page, `place`."""
    spec = spec_of(noun, verb)
    ask(request.actor, row, spec)
    return carry_out(request, spec, row, "jrcc/do.html", lambda _done: place, title=title, back=place)
