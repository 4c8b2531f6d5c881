"""The public register of decisions, for everybody: no account, no vote by State, no trace of what is not published."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.access import pagination
from apps.access.database_context import portal_context
from apps.access.refusal import Refused
from apps.council.queries import decision_words as words
from apps.council.queries import register as queries
from apps.council.views.throttles import PerReader

PAGE = 40
MARKING = {"level": 0}
View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """A page without sign-in, as often as a person reads."""

    @wraps(view)
    def read(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not PerReader().allow_request(request, None):  # type: ignore[arg-type]
            slow = render(request, "429.html", {"marking": MARKING}, status=429)
            slow["Retry-After"] = "60"
            return slow
        with portal_context("published"):
            return view(request, *args, **kwargs)

    return login_not_required(require_safe(read))


@for_everybody
def register(request: Any) -> HttpResponse:
    """All published decisions, newest first; `?q=` words or a number."""
    typed = request.GET.get("q", "").strip()[:200]
    rows, older, newer = pagination.cut(queries.found(typed), request.GET, PAGE)
    context = {
        "rows": rows,
        "words": typed,
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "marking": MARKING,
    }
    return render(request, "council/register.html", context)


@for_everybody
def entry(request: Any, number: str) -> HttpResponse:
    """One published decision: text, addressees, dates, result, seal."""
    decision = queries.entry(number)
    if decision is None:
        raise Refused("not-visible")
    named = queries.names()
    context = {
        "decision": decision,
        "chip": words.state_chip(decision),
        "clauses": [(clause, words.addressed(clause.addressee_rule, named)) for clause in queries.clauses(decision)],
        "sentence": (decision.result or {}).get("sentence", ""),
        "corrections": queries.corrections(decision),
        "later": queries.later(decision),
        "marking": MARKING,
    }
    return render(request, "council/register_entry.html", context)
