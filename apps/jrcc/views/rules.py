"""Rules of retention and laws on penalties: the list, proposing a change, and the second person's word."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import rulebooks
from apps.jrcc.actions import penalty_rules, retention_rules  # noqa: F401  (declares the verbs)
from apps.jrcc.views.verbs import verb_page


def _page(book: rulebooks.Book) -> str:
    """The name of a change's page, which is that of its type."""
    return f"jrcc:{book.change._meta.model_name}"


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
            rulebooks.line(book, row, today) | {"url": reverse(_page(book), args=[row.pk]), "chip": rulebooks.chip(row)}
            for row in book.changes(request.actor)
        ],
        "new": reverse(f"jrcc:{of}_rule_new") if book.may_propose(request.actor, None) else "",
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
    shown: dict[str, Any] = {"title": str(book.title), "back": reverse(f"jrcc:{of}_rules")}
    run = partial(spec.run, request.actor, None)
    return carry_out(
        request, spec, None, "jrcc/do.html", lambda done: reverse(_page(book), args=[done.pk]), run=run, **shown
    )


@require_GET
def change(request: Any, pk: Any, of: str) -> HttpResponse:
    """One change: the rule in words, what it would touch, and what the seat may do."""
    book, row = rulebooks.BOOKS[of], _change(request, of, pk)
    sees = of == "retention" and request.actor.function != "ministry"
    context = {
        "of": of,
        "book": book,
        "row": row,
        "line": rulebooks.line(book, row, timezone.now().date()),
        "chip": rulebooks.chip(row),
        "touched": rulebooks.touched(request.actor, row) if sees else None,
        "offers": buttons(request.actor, row, partial(_place, of, row), {"give_back", "withdraw", "confirm"}),
        "primary": "confirm",
        "version": row.version,
        "back": reverse(f"jrcc:{of}_rules"),
    }
    return render(request, "jrcc/rulechange.html", context)


def _change(request: Any, of: str, pk: Any) -> Any:
    book = rulebooks.BOOKS[of]
    rows = book.change.objects.visible_to(request.actor).select_related(*book.related)
    return visible_or_404(rows, request.actor, pk)


def _place(of: str, row: Any, verb: str) -> str:
    return reverse(f"jrcc:{of}_rule_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str, of: str) -> HttpResponse:
    """The page of a verb, and its try."""
    book, row = rulebooks.BOOKS[of], _change(request, of, pk)
    title = ", ".join(filter(None, [str(row.party or ""), str(book.says(row)[0][1])]))
    return verb_page(request, row, book.noun, verb, title=title, place=reverse(_page(book), args=[pk]))
