"""Writing a request, with a text for each circle of those who are asked; texts beside each other."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.exchange.actions.fields import CISNET, SPLIT
from apps.exchange.models import Request
from apps.exchange.queries import requests as queries
from apps.exchange.queries import vocabulary
from apps.exchange.rules import shared_words
from apps.exchange.rules.lines import line_of
from apps.exchange.views.lists import marking
from apps.exchange.views.requests import verbs
from apps.pages.pickers import desk_picker
from apps.pages.verb_pages import answer_form, refuse_early

PARTS = ("text", "subject", "questions", "classification", "tlp")


@require_http_methods(["GET", "POST"])
def show_new_rfi(request: Any) -> HttpResponse:
    """Begin a request."""
    refuse_early(request.actor, None, REGISTRY["rfi.draft"])
    return _form(request, "rfi.draft", None, _("New request for information"))


@require_http_methods(["GET", "POST"])
def show_rfi_change(request: Any, pk: Any) -> HttpResponse:
    """Change a request that is not sent."""
    row, spec = verbs.asked(request.actor, pk, "change")
    if request.method == "GET":
        refuse_early(request.actor, row, spec)
    return _form(request, "rfi.change", row, _("Change the request"))


def _form(request: Any, verb: str, row: Any, title: str) -> HttpResponse:
    """The form, and on POST the action; `more` adds an empty text or subject and saves nothing."""
    actor, spec = request.actor, REGISTRY[verb]
    line = line_of(row.line if row else CISNET)
    begun = _begun(actor, row) if row else {}
    posted = request.method == "POST"
    variants = _sent(request.POST, "variants", PARTS) if posted else begun.get("variants", [])
    subjects = _sent(request.POST, "subjects", ("kind", "value")) if posted else begun.get("subjects", [])
    more = request.POST.get("more", "") if posted else ""
    choices = line.choices(actor)
    context: dict[str, Any] = {
        "title": title,
        "initial": begun,
        "levels": line.levels(),
        "labels": line.labels(),
        "subject_kinds": vocabulary.choices("subject"),
        "variants": [
            {**one, "desks": desk_picker(f"variants-{one['n']}-to", choices, one["to"], key=f"v{one['n']}d")}
            for one in _rows(variants, 1 if more == "1" or not variants else 0)
        ],
        "subjects": _rows(subjects, 1 if more == "subject" or not subjects else 0),
        "cancel": reverse("exchange:request", args=[row.pk]) if row else reverse("exchange:requests"),
        "marking": marking(*([row] if row else []), least=0 if row else 1),
    }
    if more:
        context |= {"tried": False, "beside": _not_yet_wrong}
    onward = lambda done: reverse("exchange:request", args=[done.pk])  # noqa: E731
    return answer_form(request, spec, row, "exchange/edit.html", onward, **context)


def _not_yet_wrong(form: Any) -> dict[str, Any]:
    """A form that is only to have more rows shows no faults."""
    form.is_valid()
    form.errors.clear()
    return {}


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


def _rows(rows: list[dict[str, Any]], empty: int) -> list[dict[str, Any]]:
    """Rows of the form, numbered from 1, and `empty` ones after them; codes as they were ticked or typed."""
    found = []
    for n, row in enumerate([*rows, *({} for _row in range(empty))], start=1):
        codes = [word for text in row.get("to", []) for word in SPLIT.split(str(text)) if word]
        found.append({"n": n, **row, "to": codes})
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
        left, right = shared_words.pieces(whole[0], text)
        pairs.append({"it": one, "left": left, "right": right, "kept": shared_words.kept(whole[0], text)})
    context = {
        "row": row,
        "first": variants[0] if variants else None,
        "pairs": pairs,
        "marking": marking(row, *variants),
    }
    return render(request, "exchange/texts.html", context)


def _whole(variant: Any, row: Request) -> str:
    return "\n".join([variant.subject or row.subject, variant.text, *(variant.questions or row.questions)])
