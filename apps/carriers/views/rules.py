"""Dated rules of the States: the list, proposing a change, what it would touch, and the second person's word."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked, of_list
from apps.access.refusal import Refused
from apps.carriers.lists import columns_of_rules
from apps.carriers.queries import rulebooks
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form


def verbs_of(name: str) -> VerbPages:
    """The pages of what is done to a change of one kind of rule; KeyError for no such kind."""
    book = rulebooks.book_of(name)
    return VerbPages(
        noun=book.noun,
        address=f"{book.namespace}:{book.room}_do",
        rows=lambda actor: book.change.objects.visible_to(actor).select_related(*book.related),
        page=book.page,
        title=lambda row: ", ".join(filter(None, [str(row.party or ""), str(book.says(row)[0][1])])),
        whence=(book.title, f"{book.namespace}:{book.room}s"),
    )


@require_GET
@marked(OFFICIAL)
def rules(request: Any, of: str) -> HttpResponse:
    """Each State's rules with their sources, and the changes that the seat may see."""
    book, today = rulebooks.book_of(of), timezone.now().date()
    past = bool(request.GET.get("history"))
    lines = [rulebooks.describe_rule_line(book, row, today) for row in book.rows(request.actor, today, past=past)]
    context = {
        "of": of,
        "book": book,
        "lines": lines,
        "columns": columns_of_rules(lines),
        "past": past,
        "changes": [
            rulebooks.describe_rule_line(book, row, today) | {"url": book.page(row), "chip": rulebooks.chip(row)}
            for row in book.changes(request.actor)
        ],
        "new": book.place("_new") if book.may_propose(request.actor, None) else "",
    }
    return render(request, "jrcc/rules.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_rule(request: Any, of: str) -> HttpResponse:
    """Propose a change."""
    book = rulebooks.book_of(of)
    verdict = book.may_propose(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    spec = REGISTRY[f"{book.noun}.propose"]
    shown: dict[str, Any] = {"title": str(book.title), "back": book.place()}
    run = partial(spec.run, request.actor, None)
    return answer_form(request, spec, None, TEMPLATE, book.page, run=run, **shown)


@require_GET
def show_rule_change(request: Any, pk: Any, of: str) -> HttpResponse:
    """One change: the rule in words, what it would touch, and what the seat may do."""
    book, verbs = rulebooks.book_of(of), verbs_of(of)
    row = verbs.find(request.actor, pk)
    context = {
        "of": of,
        "book": book,
        "row": row,
        "marking": of_list([row]),
        "line": rulebooks.describe_rule_line(book, row, timezone.now().date()),
        "chip": rulebooks.chip(row),
        "touched": book.touches(request.actor, row),
        "touched_template": f"jrcc/_touched_{book.room}.html",
        "offers": verbs.buttons(request.actor, row),
        "primary": "confirm",
        "version": row.version,
        "back": book.place(),
    }
    return render(request, "jrcc/rulechange.html", context)


def do(request: Any, pk: Any, verb: str, of: str) -> HttpResponse:
    """The page of a verb of a change, and its try."""
    return verbs_of(of).answer(request, pk, verb)
