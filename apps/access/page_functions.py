"""Pages that belong to the work of some functions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import resolve, reverse

from apps.access.refusal import Refused

View = Callable[..., HttpResponse]


def work_of(*functions: str) -> Callable[[View], View]:
    """Say in urls.py whose work a page is; for every other seat it is not there (404), not even as an empty list.

    `functions` may also name one desk (`JRCC.watch`), where desks of one function do different work.
    """

    def belongs(view: View) -> View:
        @wraps(view)
        def entered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor is None or {request.actor.function, request.actor.desk_code}.isdisjoint(functions):
                raise Refused("not-visible")
            return view(request, *args, **kwargs)

        entered.work_of = frozenset(functions)  # type: ignore[attr-defined]
        return entered

    return belongs


def is_work_of(name: str, actor: Any) -> bool:
    """Whether the page of this name (of an address without parts) is the work of a seat, as its urls.py says."""
    functions = getattr(resolve(reverse(name)).func, "work_of", None)
    return functions is None or not functions.isdisjoint({actor.function, actor.desk_code})
