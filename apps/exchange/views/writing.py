"""Writing a request, with a text for each circle of those who are asked; texts beside each other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.doors import REGISTRY
from apps.access.forms import form_for
from apps.access.refused import Refused
from apps.exchange import policy
from apps.exchange.actions.fields import CISNET, SPLIT
from apps.exchange.lines import line_of
from apps.exchange.models import Request
from apps.exchange.queries import requests as queries
from apps.exchange.queries import vocabulary
from apps.exchange.rules import sanitising
from apps.exchange.views import acts
from apps.exchange.views.lists import marking

EMPTY_VARIANTS, EMPTY_SUBJECTS = 1, 2
PARTS = ("text", "subject", "questions", "classification", "tlp")


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Begin a request."""
    verdict = policy.may_ask(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return _form(request, "rfi.draft", None, _("New request for information"))


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: Any) -> HttpResponse:
    """Change a request that is not sent."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["rfi.change"]
    if request.method == "GET" or not isinstance(row, Request):
        acts.ask(request.actor, row, spec)
    return _form(request, "rfi.change", row, _("Change the request"))


def _form(request: Any, verb: str, row: Any, title: str) -> HttpResponse:
    """The form, and on POST the action; `more` adds an empty text and saves nothing."""
    actor, spec = request.actor, REGISTRY[verb]
    line = line_of(row.line if row else CISNET)
    begun = _begun(actor, row) if row else {}
    posted = request.method == "POST"
    variants = _sent(request.POST, "variants", PARTS) if posted else begun.get("variants", [])
    subjects = _sent(request.POST, "subjects", ("kind", "value")) if posted else begun.get("subjects", [])
    more = posted and "more" in request.POST
    choices = line.choices(actor)
    context = {
        "template": "exchange/edit.html",
        "title": title,
        "initial": begun,
        "choices": choices,
        "levels": line.levels(),
        "labels": line.labels(),
        "subject_kinds": vocabulary.choices("subject"),
        "variants": _rows(variants, EMPTY_VARIANTS if more or not variants else 0, dict(choices)),
        "subjects": _rows(subjects, EMPTY_SUBJECTS, {}),
        "marking": marking(row.level if row else 1),
    }
    back: str | Callable[[Any], str] = lambda done: reverse("exchange:request", args=[done.pk])  # noqa: E731
    context["cancel"] = reverse("exchange:request", args=[row.pk]) if row else reverse("exchange:requests")
    if more:
        form = form_for(spec)(request.POST, actor=actor, row=row)
        form.is_valid()
        form.errors.clear()
        shown = {"form": form, "spec": spec, "row": row, "version": row.version if row else None, **context}
        return render(request, "exchange/edit.html", shown)
    return acts.carry_out(request, spec, row, back, **context)  # type: ignore[arg-type]


def _begun(actor: Any, row: Request) -> dict[str, Any]:
    """A request as the form shows it."""
    variants, subjects = queries.texts(actor, [row])[row.pk]
    return {
        **{name: getattr(row, name) for name in ("subject", "purpose", "legal_basis", "priority", "questions", "tlp")},
        "due": row.due_at,
        "classification": str(row.level),
        "open_addressees": row.open_addressees,
        "negative_wanted": row.negative_wanted,
        "variants": [
            {
                "to": one.targets,
                "text": one.text,
                "subject": one.subject,
                "questions": "\n".join(one.questions),
                "classification": str(one.level),
                "tlp": one.tlp,
            }
            for one in variants
        ],
        "subjects": [{"kind": one.kind, "value": one.value} for one in subjects],
    }


def _sent(data: Any, name: str, parts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows as they were sent."""
    numbers = sorted({key.split("-")[1] for key in data if key.startswith(f"{name}-") and key.count("-") == 2})
    found = []
    for number in [one for one in numbers if one.isdecimal() and len(one) < 3]:
        row = {part: data.get(f"{name}-{number}-{part}", "") for part in parts}
        found.append(row | {"to": data.getlist(f"{name}-{number}-to")})
    return found


def _rows(rows: list[dict[str, Any]], empty: int, boxes: dict[str, str]) -> list[dict[str, Any]]:
    """Rows of the form, numbered from 1; `rest` are codes without a box. A party's code is its point of contact."""
    found = []
    for n, row in enumerate([*rows, *({} for _row in range(empty))], start=1):
        codes = [word for text in row.get("to", []) for word in SPLIT.split(str(text)) if word]
        codes = [f"{code}.contact" if f"{code}.contact" in boxes else code for code in codes]
        found.append({"n": n, **row, "to": codes, "rest": [code for code in codes if code not in boxes]})
    return found


@require_GET
def texts(request: Any, pk: Any) -> HttpResponse:
    """The texts of a request beside its first one: changed words marked, names and numbers of both listed."""
    row = queries.meant(request.actor, pk)
    if not isinstance(row, Request):
        raise Refused("not-visible")
    variants, _subjects = queries.texts(request.actor, [row])[row.pk]
    whole = [_whole(one, row) for one in variants]
    pairs = []
    for one, text in zip(variants[1:], whole[1:], strict=True):
        left, right = sanitising.pieces(whole[0], text)
        pairs.append({"it": one, "left": left, "right": right, "kept": sanitising.kept(whole[0], text)})
    context = {"row": row, "first": variants[0] if variants else None, "pairs": pairs, "marking": marking(row.level)}
    return render(request, "exchange/texts.html", context)


def _whole(variant: Any, row: Request) -> str:
    return "\n".join([variant.subject or row.subject, variant.text, *(variant.questions or row.questions)])
