"""Dated rules of the States: the list, proposing a change, what it would touch, and the second person's word."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import rulebooks
from apps.jrcc.actions import booking_rules, penalty_rules, regimes, retention_rules  # noqa: F401  (declare the verbs)
from apps.jrcc.views.verbs import verb_page


@require_GET
def rules(request: Any, of: str) -> HttpResponse:
    """Each State's rules with their sources, and the changes that the seat may see."""
    book, today = rulebooks.BOOKS[of], timezone.now().date()
    past = bool(request.GET.get("history"))
    context = {
        "of": of,
        "book": book,
        "lines": [rulebooks.line(book, row, today) for row in book.rows(request.actor, today, past=past)],
        "past": past,
        "changes": [
            rulebooks.line(book, row, today) | {"url": book.page(row), "chip": rulebooks.chip(row)}
            for row in book.changes(request.actor)
        ],
        "new": book.place("_new") if book.may_propose(request.actor, None) else "",
    }
    return render(request, "jrcc/rules.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Any, of: str) -> HttpResponse:
    """Propose a change."""
    book = rulebooks.BOOKS[of]
    verdict = book.may_propose(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    spec = REGISTRY[f"{book.noun}.propose"]
    shown: dict[str, Any] = {"title": str(book.title), "back": book.place()}
    run = partial(spec.run, request.actor, None)
    return carry_out(request, spec, None, "jrcc/do.html", book.page, run=run, **shown)


@require_GET
def change(request: Any, pk: Any, of: str) -> HttpResponse:
    """One change: the rule in words, what it would touch, and what the seat may do."""
    book, row = rulebooks.BOOKS[of], _change(request, of, pk)
    context = {
        "of": of,
        "book": book,
        "row": row,
        "line": rulebooks.line(book, row, timezone.now().date()),
        "chip": rulebooks.chip(row),
        "touched": book.touches(request.actor, row),
        "touched_template": f"jrcc/_touched_{book.room}.html",
        "offers": buttons(
            request.actor, row, lambda verb: book.place("_do", row.pk, verb), {"give_back", "withdraw", "confirm"}
        ),
        "primary": "confirm",
        "version": row.version,
        "back": book.place(),
    }
    return render(request, "jrcc/rulechange.html", context)


def _change(request: Any, of: str, pk: Any) -> Any:
    book = rulebooks.BOOKS[of]
    rows = book.change.objects.visible_to(request.actor).select_related(*book.related)
    return visible_or_404(rows, request.actor, pk)


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str, of: str) -> HttpResponse:
    """The page of a verb, and its try."""
    book, row = rulebooks.BOOKS[of], _change(request, of, pk)
    title = ", ".join(filter(None, [str(row.party or ""), str(book.says(row)[0][1])]))
    return verb_page(request, row, book.noun, verb, title=title, place=book.page(row))
